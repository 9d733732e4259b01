// Duty: where things stand today, for coordinators alone: live and unsuppressed figures against targets, a forecast, and what leaves them in doubt.
import { indicators, measures } from '../../../shared/indicators.ts';
import { monthAfter, monthOf, monthsOf, periodFrom, periodId } from '../../../shared/periods.ts';
import { type FiguresNow, type IndicatorNow, periodSchema } from '../../../shared/releases.ts';
import type { Period } from '../../../shared/summaries.ts';
import { clock, dayOf, startOfDay } from '../../clock.ts';
import { invalid } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { caseGapsFor } from '../cases/figures.queries.ts';
import { type Composition, compose } from './compose.ts';
import { countMonths } from './freeze.commands.ts';
import { writtenToIndicators } from './indicators.queries.ts';
import { countedMeasures, figureSources } from './sources.queries.ts';
import { ensureMakesFigures } from './summaries.policy.ts';

const dayMilliseconds = 86_400_000;
/** Fewer days of a period tell nothing of the rest. */
const fewestDays = 7;
const daysOf = (from: string, to: string) =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMilliseconds) + 1;

function periodAsked(
  query: { kind?: Period['kind'] | undefined; from?: string | undefined; to?: string | undefined },
  today: string,
): Period {
  if (!query.kind && !query.from && !query.to) {
    const month = monthOf(today);
    return periodFrom('quarter', monthAfter(month, -((Number(month.slice(5)) - 1) % 3)));
  }
  const asked = periodSchema.safeParse(query);
  if (!asked.success) throw invalid([{ path: ['to'], code: 'not_a_period' }]);
  if (asked.data.from > today) throw invalid([{ path: ['from'], code: 'in_the_future' }]);
  return asked.data;
}

/** One count at a time, and not again within some seconds: it reads every case that changed in the period. */
let last: { key: string; at: number; answer: Promise<FiguresNow> } | null = null;
const keptMilliseconds = 5_000;

export async function figuresNowFor(
  viewer: Viewer,
  query: { kind?: Period['kind'] | undefined; from?: string | undefined; to?: string | undefined },
): Promise<FiguresNow> {
  ensureMakesFigures(viewer);
  const today = dayOf(clock.now());
  const period = periodAsked(query, today);
  const key = `${periodId(period)} ${today}`;
  if (last?.key === key && performance.now() - last.at < keptMilliseconds) return last.answer;
  const answer = countNow(viewer, period, today);
  last = { key, at: performance.now(), answer };
  answer.catch(() => {
    last = null;
  });
  return answer;
}

async function countNow(viewer: Viewer, period: Period, today: string): Promise<FiguresNow> {
  const months = monthsOf(period);
  const countedTo = period.to < today ? period.to : today;
  const [tally, { targets }, found] = [
    await countMonths(viewer, { months }, figureSources(), async () => {}),
    await writtenToIndicators(period),
    await caseGapsFor(viewer, startOfDay(period.from), startOfDay(`${monthAfter(monthOf(period.to), 1)}-01`)),
  ];
  const open = { total: true, tables: {} };
  const counted = countedMeasures();
  const composition: Composition = {
    id: '',
    number: 0,
    period,
    countedTo,
    running: true,
    frozenAt: clock.now().toISOString(),
    corrects: null,
    example: viewer.example,
    stretches: [...counted].map((measure) => ({
      measure,
      formulaVersion: measures[measure].formulaVersion,
      months,
      counts: tally.countsOf(measure, months),
      told: { funder: open, public: open },
    })),
    acts: {},
    counted,
    targets,
    notes: {},
    story: {},
    campaigns: [],
    commitments: [],
    earlier: [],
  };
  const [passed, all] = [daysOf(period.from, countedTo), daysOf(period.from, period.to)];
  const now: IndicatorNow[] = compose(composition, 'coordinator').indicators.map((indicator) => {
    const { key, unit, figure, target, computation } = indicator;
    const grows = (computation === 'count' || computation === 'sum') && indicator.aboutPersons;
    return {
      key,
      unit,
      value: figure.value,
      target: targets[key] ?? null,
      reachedPercent: target?.reachedPercent ?? null,
      forecast:
        grows && passed >= fewestDays && figure.value !== null
          ? Math.round((figure.value * all) / passed)
          : null,
    };
  });
  return {
    period,
    countedTo,
    indicators: indicators.flatMap(({ key }) => now.find((item) => item.key === key) ?? []),
    gaps: [
      { gap: 'no_next_step', ...found.noNextStep },
      { gap: 'not_confirmed', ...found.notConfirmed },
      { gap: 'no_age_bands', ...found.noAgeBands },
    ],
  };
}
