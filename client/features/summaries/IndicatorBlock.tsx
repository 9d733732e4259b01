// Duty: one indicator: its figure and target, its trend, each table as a chart with the table itself and a summary in words.
import type { FrozenIndicator, FrozenRelease } from '../../../shared/summaries.ts';
import { figureText, indicatorName, isWithheldUnderLogged } from '../../../shared/summaryWords.ts';
import { FigureChart } from './FigureChart.tsx';
import { TargetBar } from './Headline.tsx';
import classes from './summaries.module.css';
import { TrendChart } from './TrendChart.tsx';
import { useFigureSpeech } from './useFigureSpeech.ts';

export function IndicatorBlock({
  indicator,
  release,
}: {
  indicator: FrozenIndicator;
  release: FrozenRelease;
}) {
  const speech = useFigureSpeech();
  const { figure, unit, key, tables } = indicator;
  const id = `indicator-${key}`;
  return (
    <section className={classes.block} aria-labelledby={id}>
      <div className={classes.blockHead}>
        <h3 id={id}>{indicatorName(indicator, speech)}</h3>
        <p className={classes.blockFigure} data-withheld={figure.value === null || undefined}>
          {figureText(figure, unit, speech)}
        </p>
      </div>
      <p className={classes.faint}>{speech.say(`summaries.definition.${key}`)}</p>
      {isWithheldUnderLogged(indicator) && <p>{speech.say('summaries.withheld.confirmed')}</p>}
      {indicator.target && <TargetBar indicator={indicator} />}
      {indicator.target?.baseline != null && (
        <p className={classes.faint}>
          {speech.say('summaries.baseline', {
            baseline: figureText({ value: indicator.target.baseline }, unit, speech),
          })}
        </p>
      )}
      {indicator.trend.length > 0 && <TrendChart indicator={indicator} release={release} />}
      {tables
        .filter(({ name }) => name !== 'municipality')
        .map((table) => (
          <FigureChart key={table.name} indicator={indicator} table={table} />
        ))}
    </section>
  );
}
