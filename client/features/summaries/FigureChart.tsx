// Duty: a table of one indicator drawn as bars, with its twin as a table and its sense in one sentence. A withheld cell has no bar and no length.
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import type { FrozenIndicator, FrozenTable } from '../../../shared/summaries.ts';
import { cellName, figureText, indicatorName, valueText } from '../../../shared/summaryWords.ts';
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
          className={classes.chart}
        >
          <BarChart
            h={36 * shown.length + 40}
            data={shown}
            dataKey="name"
            orientation="vertical"
            series={[{ name: 'value', label: indicatorName(indicator, speech), color: 'var(--accent)' }]}
            valueFormatter={(value) => valueText(value, indicator.unit, speech)}
            yAxisProps={{ width: 130, tick: { fontSize: 14, fill: 'var(--mantine-color-text)' } }}
            xAxisProps={{ allowDecimals: false, tick: { fontSize: 14, fill: 'var(--mantine-color-text)' } }}
            barProps={{ isAnimationActive: false, radius: 3 }}
            maxBarWidth={22}
            gridAxis="x"
            tickLine="none"
          />
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
