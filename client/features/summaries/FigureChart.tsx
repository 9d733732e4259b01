// Duty: a table of one indicator drawn as bars, with its twin as a table and its sense in one sentence. A withheld cell has no bar and no length.
import type { CSSProperties } from 'react';
import type { FrozenIndicator, FrozenTable } from '../../../shared/summaries.ts';
import { cellName, figureText, indicatorName } from '../../../shared/summaryWords.ts';
import bars from './bars.module.css';
import { widthOf } from './chartGeometry.ts';
import classes from './summaries.module.css';
import { FoldedTwin } from './Twin.tsx';
import { useFigureSpeech } from './useFigureSpeech.ts';

export function FigureChart({ indicator, table }: { indicator: FrozenIndicator; table: FrozenTable }) {
  const speech = useFigureSpeech();
  const { say } = speech;
  const tableName = say(`summaries.table.${table.name}`);
  const rows = table.cells.map((cell) => ({
    id: cell.id,
    name: cellName(table.name, cell.cell!, speech),
    value: cell.value,
    text: figureText(cell, indicator.unit, speech),
    withheld: cell.value === null,
  }));
  const shown = rows.flatMap((row) => (row.value === null ? [] : [{ ...row, value: row.value }]));
  return (
    <figure className={classes.figure}>
      <figcaption>{tableName}</figcaption>
      {shown.length > 0 && (
        <div
          role="img"
          aria-label={say('summaries.chart.label', {
            indicator: indicatorName(indicator, speech),
            table: tableName,
          })}
          className={`${classes.chart} ${bars.frame}`}
        >
          <Bars rows={shown} whole={indicator.unit === 'percent' ? 100 : 0} />
        </div>
      )}
      <p className={classes.summary}>{summaryOf(shown, rows.length - shown.length)}</p>
      <FoldedTwin caption={`${indicatorName(indicator, speech)}, ${tableName}`} rows={rows} />
    </figure>
  );

  function summaryOf(known: { name: string; value: number; text: string }[], withheld: number): string {
    if (known.length === 0) return say('summaries.chart.noneShown');
    const sorted = [...known].sort((a, b) => b.value - a.value);
    const said = (row: { name: string; text: string }) => `${row.name} (${row.text})`;
    return say('summaries.chart.summary', {
      most: said(sorted[0]!),
      least: said(sorted.at(-1)!),
      withheld,
    });
  }
}

/** Each value at the end of its bar; shares are of a hundred, all else of the longest. */
function Bars({
  rows,
  whole,
}: {
  rows: { id: string; name: string; value: number; text: string }[];
  whole: number;
}) {
  const most = Math.max(1, whole, ...rows.map(({ value }) => value));
  const room = Math.max(...rows.map(({ text }) => widthOf(text)));
  return (
    <div className={bars.bars} style={{ '--room': `${room}rem` } as CSSProperties}>
      {rows.map(({ id, name, value, text }) => (
        <div key={id} className={bars.row}>
          <span className={bars.name}>{name}</span>
          <span className={bars.track}>
            {value > 0 && <span className={bars.bar} style={{ '--share': value / most } as CSSProperties} />}
            <span className={bars.value}>{text}</span>
          </span>
        </div>
      ))}
    </div>
  );
}
