// Duty: how an institution answers and keeps its word: three large numbers, then a line per year. Numbers alone, no verdict.
import type { Scorecard, ScorecardYear } from '../../../shared/institutions.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import classes from './institutions.module.css';

export function ScorecardView({ scorecard }: { scorecard: Scorecard }) {
  const { say, number, percent } = useSpeech();
  const { total, years } = scorecard;
  const share = (value: number | null) => (value === null ? say('institutions.unknown') : percent(value));
  const median = (value: number | null) =>
    value === null ? say('institutions.unknown') : number(Math.round(value * 10) / 10);
  const figures: [string, string][] = [
    [number(total.lettersSent), say('institutions.scorecard.letters')],
    [median(total.medianDays), say('institutions.scorecard.median')],
    [share(total.silentShare), say('institutions.scorecard.silent')],
    [number(total.kept), say('institutions.scorecard.kept')],
    [number(total.broken), say('institutions.scorecard.broken')],
  ];
  const columns: Column<ScorecardYear>[] = [
    { key: 'year', head: say('institutions.scorecard.year'), cell: (row) => String(row.year) },
    { key: 'letters', head: say('institutions.scorecard.letters'), cell: (row) => number(row.lettersSent) },
    { key: 'answered', head: say('institutions.scorecard.answered'), cell: (row) => number(row.answered) },
    { key: 'median', head: say('institutions.scorecard.median'), cell: (row) => median(row.medianDays) },
    { key: 'silent', head: say('institutions.scorecard.silent'), cell: (row) => share(row.silentShare) },
    {
      key: 'promises',
      head: say('institutions.scorecard.promises'),
      cell: (row) => <Strip kept={row.kept} late={row.late} broken={row.broken} />,
    },
  ];
  return (
    <section className={classes.box} aria-label={say('institutions.scorecard')}>
      <h2 className={classes.boxTitle}>{say('institutions.scorecard')}</h2>
      {years.length === 0 ? (
        <p className={classes.faint}>{say('institutions.scorecard.none')}</p>
      ) : (
        <>
          <dl className={classes.figures}>
            {figures.map(([value, label]) => (
              <div key={label}>
                <dd>{value}</dd>
                <dt>{label}</dt>
              </div>
            ))}
          </dl>
          <DataTable
            caption={say('institutions.scorecard')}
            columns={columns}
            rows={years}
            rowKey={(row) => String(row.year)}
          />
        </>
      )}
      <p className={classes.faint}>{say('institutions.scorecard.about')}</p>
    </section>
  );
}

/** Promises as small blocks, each with its word for who does not see them. */
function Strip({ kept, late, broken }: { kept: number; late: number; broken: number }) {
  const { say, number } = useSpeech();
  const parts = [
    ['kept', kept, say('institutions.scorecard.keptShort')],
    ['late', late, say('institutions.scorecard.late')],
    ['broken', broken, say('institutions.scorecard.brokenShort')],
  ] as const;
  const told = parts.filter(([, count]) => count > 0);
  if (told.length === 0) return <span className={classes.faint}>0</span>;
  return (
    <span className={classes.strip}>
      {told.map(([kind, count, word]) => (
        <span key={kind} data-kind={kind}>
          {number(count)} {word}
        </span>
      ))}
    </span>
  );
}
