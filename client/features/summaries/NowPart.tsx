// Duty: where things stand today, against targets and with a forecast, and the cases that leave the figures in doubt. Unsuppressed.

import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import type { CaseGap } from '../../../shared/caseLists.ts';
import type { FiguresNow, IndicatorNow } from '../../../shared/releases.ts';
import type { Period } from '../../../shared/summaries.ts';
import { periodName, valueText } from '../../../shared/summaryWords.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { CaseLink } from '../../ui/words.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';
import { useFiguresNow } from './useFigures.ts';

export function NowPart() {
  const { say, date } = useSpeech();
  const speech = useFigureSpeech();
  const now = useFiguresNow();
  if (!now.data)
    return now.error ? <ErrorState error={now.error} onRetry={() => void now.refetch()} /> : <LoadingState />;
  const { period, countedTo, indicators, gaps } = now.data;
  const said = (value: number | null, { unit }: IndicatorNow) =>
    value === null ? say('figures.now.none') : valueText(value, unit, speech);
  return (
    <>
      <h2 className={classes.section}>{periodName(period, speech)}</h2>
      <p className={classes.faint}>{say('figures.now.counted', { day: date(countedTo) })}</p>
      <DataTable
        caption={periodName(period, speech)}
        rows={indicators}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'name',
            head: say('summaries.made.by'),
            cell: ({ key }) => say(`summaries.indicator.${key}`),
          },
          { key: 'value', head: say('figures.now.value'), cell: (row) => said(row.value, row) },
          {
            key: 'target',
            head: say('figures.now.target'),
            cell: (row) => said(row.target?.target ?? null, row),
          },
          {
            key: 'reached',
            head: say('figures.now.reached'),
            cell: ({ reachedPercent }) =>
              reachedPercent === null
                ? say('figures.now.none')
                : say('summaries.value.percent', { value: speech.formats.number(reachedPercent) }),
          },
          { key: 'forecast', head: say('figures.now.forecast'), cell: (row) => said(row.forecast, row) },
        ]}
      />
      <Gaps gaps={gaps} period={period} />
    </>
  );
}

/** The list of exactly those that are counted. */
function listOf(gap: CaseGap, { from, to }: Period): string {
  const search = new URLSearchParams({ gap, ...(gap === 'no_age_bands' ? { from, to } : {}) });
  return `${paths.cases.href()}?${search}`;
}

function Gaps({ gaps, period }: Pick<FiguresNow, 'gaps' | 'period'>) {
  const { say, number } = useSpeech();
  const open = gaps.filter(({ count }) => count > 0);
  return (
    <section className={classes.gaps} aria-labelledby="gaps">
      <h2 id="gaps" className={classes.section}>
        {say('figures.now.gaps')}
      </h2>
      {open.length === 0 && <p className={classes.faint}>{say('figures.now.gaps.none')}</p>}
      <ul className={classes.advocacy}>
        {open.map(({ gap, count, cases }) => (
          <li key={gap}>
            <strong>{say(`figures.gap.${gap}`, { count })}</strong>
            <span className={classes.gapCases}>
              {cases.map(({ id, reference }) => (
                <CaseLink key={id} id={id} reference={reference} />
              ))}
              {count > cases.length && (
                <Anchor component={Link} inherit underline="always" to={listOf(gap, period)}>
                  {say('figures.gap.all', { number: number(count) })}
                </Anchor>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
