// Duty: choose a period that there is: its kind, then which one, or a project's first and last month. Always answers a whole period.
import { NativeSelect } from '@mantine/core';
import { firstDay, lastDay, monthAfter, periodFrom } from '../../../shared/periods.ts';
import type { Period } from '../../../shared/summaries.ts';
import { type PeriodKind, periodKinds } from '../../../shared/summaryLists.ts';
import { periodName } from '../../../shared/summaryWords.ts';
import { useSay } from '../../lib/i18n.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';

const monthsIn: Record<Exclude<PeriodKind, 'project'>, number> = { month: 1, quarter: 3, half_year: 6 };
/** How far back, and for targets ahead, there is something to choose. */
const reach = { month: 18, quarter: 12, half_year: 8 };
const ahead = { month: 12, quarter: 4, half_year: 2 };

/** Month in which the period of that kind that holds today begins. */
function beginning(kind: Exclude<PeriodKind, 'project'>, today: string): string {
  const month = today.slice(0, 7);
  return monthAfter(month, -((Number(month.slice(5)) - 1) % monthsIn[kind]));
}

export function periodsOf(
  kind: Exclude<PeriodKind, 'project'>,
  { future, today }: { future: boolean; today: string },
): Period[] {
  const first = beginning(kind, today);
  const found: Period[] = [];
  for (let step = future ? ahead[kind] : 0; step > -reach[kind]; step -= 1)
    found.push(periodFrom(kind, monthAfter(first, step * monthsIn[kind])));
  return found;
}

interface Props {
  value: Period;
  onChange: (period: Period) => void;
  /** Targets are set ahead; figures are not. */
  future?: boolean;
  today: string;
  error?: string | undefined;
}

export function PeriodFields({ value, onChange, future = false, today, error }: Props) {
  const say = useSay();
  const speech = useFigureSpeech();
  const { kind } = value;
  const changeKind = (next: PeriodKind) => {
    if (next === 'project')
      onChange({ kind: next, from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` });
    else onChange(periodsOf(next, { future: false, today })[1]!);
  };
  return (
    <div className={classes.periodFields}>
      <NativeSelect
        label={say('figures.period.kind')}
        value={kind}
        onChange={(event) => changeKind(event.currentTarget.value as PeriodKind)}
        data={periodKinds.map((one) => ({ value: one, label: say(`figures.period.kind.${one}`) }))}
      />
      {kind === 'project' ? (
        <>
          <MonthSelect
            label={say('figures.period.firstMonth')}
            value={value.from.slice(0, 7)}
            today={today}
            onChange={(month) => onChange({ ...value, from: firstDay(month) })}
          />
          <MonthSelect
            label={say('figures.period.lastMonth')}
            value={value.to.slice(0, 7)}
            today={today}
            error={error}
            onChange={(month) => onChange({ ...value, to: lastDay(month) })}
          />
        </>
      ) : (
        <NativeSelect
          label={say('figures.period.which')}
          value={value.from}
          error={error}
          onChange={(event) => onChange(periodFrom(kind, event.currentTarget.value.slice(0, 7)))}
          data={periodsOf(kind, { future, today }).map((period) => ({
            value: period.from,
            label: periodName(period, speech),
          }))}
        />
      )}
    </div>
  );
}

function MonthSelect(props: {
  label: string;
  value: string;
  today: string;
  error?: string | undefined;
  onChange: (month: string) => void;
}) {
  const speech = useFigureSpeech();
  const newest = monthAfter(props.today.slice(0, 7), 36);
  const months = Array.from({ length: 120 }, (_, step) => monthAfter(newest, -step));
  return (
    <NativeSelect
      label={props.label}
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      data={months.map((month) => ({ value: month, label: periodName(periodFrom('month', month), speech) }))}
    />
  );
}
