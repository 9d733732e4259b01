// Duty: an indicator over its releases as a line that breaks where counting changed or a figure is withheld, with its table and a sentence.
import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import type { FrozenIndicator, FrozenRelease } from '../../../shared/summaries.ts';
import { figureText, indicatorName, periodName, valueText } from '../../../shared/summaryWords.ts';
import classes from './summaries.module.css';
import { FoldedTwin } from './Twin.tsx';
import { useFigureSpeech } from './useFigureSpeech.ts';

export function TrendChart({ indicator, release }: { indicator: FrozenIndicator; release: FrozenRelease }) {
  const speech = useFigureSpeech();
  const { say } = speech;
  const { unit } = indicator;
  const name = indicatorName(indicator, speech);
  const points = [
    ...indicator.trend,
    { releaseId: release.id, period: release.period, value: indicator.figure.value, comparable: true },
  ].map((point) => ({ ...point, name: periodName(point.period, speech) }));
  const joined = points.filter((point) => point.comparable && point.value !== null);
  const [first, last] = [joined[0], joined.at(-1)];
  return (
    <figure className={classes.figure}>
      <figcaption>{say('summaries.trend')}</figcaption>
      {joined.length > 1 && (
        <div
          role="img"
          aria-label={say('summaries.trend.label', { indicator: name })}
          className={classes.chart}
        >
          <LineChart
            h={200}
            data={points.map((point) => ({
              name: point.name,
              value: point.comparable ? point.value : null,
            }))}
            dataKey="name"
            series={[{ name: 'value', label: name, color: 'var(--accent)' }]}
            valueFormatter={(value) => valueText(value, unit, speech)}
            connectNulls={false}
            curveType="linear"
            lineProps={{ isAnimationActive: false }}
            xAxisProps={{
              tick: { fontSize: 14, fill: 'var(--mantine-color-text)' },
              interval: 'preserveStartEnd',
            }}
            yAxisProps={{ allowDecimals: false, tick: { fontSize: 14, fill: 'var(--mantine-color-text)' } }}
            tickLine="none"
          />
        </div>
      )}
      {first && last && first !== last && (
        <p className={classes.summary}>
          {say('summaries.trend.summary', {
            first: figureText(first, unit, speech),
            firstPeriod: first.name,
            last: figureText(last, unit, speech),
            lastPeriod: last.name,
          })}
        </p>
      )}
      <FoldedTwin
        caption={`${name}, ${say('summaries.trend')}`}
        rows={points.map((point) => ({
          id: point.releaseId,
          name: point.name,
          text: `${figureText(point, unit, speech)}${point.comparable ? '' : ` (${say('summaries.trend.notComparable')})`}`,
          withheld: point.value === null,
        }))}
      />
    </figure>
  );
}
