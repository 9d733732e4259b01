// Duty: an indicator over its releases as a line that breaks where counting changed or a figure is withheld, with its table and a sentence.
import type { CSSProperties } from 'react';
import type { FrozenIndicator, FrozenRelease } from '../../../shared/summaries.ts';
import {
  type FigureSpeech,
  figureText,
  indicatorName,
  periodName,
  periodShort,
  valueText,
} from '../../../shared/summaryWords.ts';
import {
  acrossOf,
  asideOf,
  edge,
  placeNames,
  placeValues,
  plotHeight,
  runsOf,
  type Side,
  tellingOf,
  ticksUpTo,
  widthOf,
  wordsInRooms,
} from './chartGeometry.ts';
import classes from './summaries.module.css';
import { FoldedTwin } from './Twin.tsx';
import trend from './trend.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';

export function TrendChart({ indicator, release }: { indicator: FrozenIndicator; release: FrozenRelease }) {
  const speech = useFigureSpeech();
  const { say } = speech;
  const { unit } = indicator;
  const name = indicatorName(indicator, speech);
  const points = [
    ...indicator.trend,
    { releaseId: release.id, period: release.period, value: indicator.figure.value, comparable: true },
  ].map((point) => ({
    ...point,
    name: periodName(point.period, speech),
    text: `${figureText(point, unit, speech)}${point.comparable ? '' : ` (${say('summaries.trend.notComparable')})`}`,
  }));
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
          <Drawing points={points} unit={unit} speech={speech} />
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
          text: point.text,
          withheld: point.value === null,
        }))}
      />
    </figure>
  );
}

interface Point
  extends Pick<FrozenIndicator['trend'][number], 'releaseId' | 'period' | 'value' | 'comparable'> {
  name: string;
  text: string;
}

/** With more points than this a line of dots would hide the line. */
const dotted = 16;
const percent = (share: number) => `${Math.round(share * 1e4) / 100}%`;
const sizes = { '--edge': `${edge}rem`, '--plot': `${plotHeight}rem` } as CSSProperties;
const outside = 'calc(-1 * var(--edge))';
const middle: Side = { level: 'below', shift: 0 };

function Drawing(props: { points: readonly Point[]; unit: FrozenIndicator['unit']; speech: FigureSpeech }) {
  const { points, unit, speech } = props;
  const values = points.map(({ comparable, value }) => (comparable ? value : null));
  const ticks = ticksUpTo(Math.max(...values.map((value) => value ?? 0)));
  const most = ticks.at(-1)!;
  const texts = values.map((value) => (value === null ? '' : valueText(value, unit, speech)));
  const names = points.map(({ period }) => periodShort(period, speech));
  const widest = names.map(([above, below]) => (above.length > below.length ? above : below));
  const newest = points.length - 1;
  const x = (at: number) => percent(acrossOf(at, points.length));
  const y = (at: number) => percent(1 - values[at]! / most);
  const runs = runsOf(values);
  const dots = new Set(
    values.length <= dotted
      ? runs.flat()
      : [...tellingOf(values), ...runs.filter((run) => run.length === 1).flat()],
  );
  const wordStyle = (at: number, text: string, side: Side) =>
    ({
      '--half': `${widthOf(text) / 2}rem`,
      '--middle': `calc(${x(at)} + ${asideOf(text, side)}rem)`,
    }) as CSSProperties;
  return (
    <div className={trend.chart} style={sizes}>
      <div className={trend.ticks}>
        {ticks.map((tick) => (
          <span key={tick}>
            {unit === 'percent' ? valueText(tick, unit, speech) : speech.formats.number(tick)}
          </span>
        ))}
      </div>
      <div className={trend.plot}>
        {ticks.map((tick) => (
          <span key={tick} className={trend.grid} style={{ top: percent(1 - tick / most) }} />
        ))}
        <svg className={trend.lines} aria-hidden="true">
          {runs.flatMap((run) =>
            run
              .slice(1)
              .map((at) => (
                <line key={at} className={trend.line} x1={x(at - 1)} y1={y(at - 1)} x2={x(at)} y2={y(at)} />
              )),
          )}
          {[...dots].map((at) => (
            <circle key={at} className={trend.dot} cx={x(at)} cy={y(at)} />
          ))}
        </svg>
        {wordsInRooms((from, to) => placeValues({ values, most, texts }, from, to)).map(
          ({ at, rooms, ...side }) => (
            <span
              key={`${at} ${side.level} ${side.shift}`}
              className={`${trend.word} ${trend.value}`}
              data-rooms={rooms.join(' ')}
              data-level={side.level}
              style={{ ...wordStyle(at, texts[at]!, side), top: y(at) }}
            >
              {texts[at]}
            </span>
          ),
        )}
        {wordsInRooms((width) => placeNames(widest, width).map((at) => [at, middle] as const)).map(
          ({ at, rooms }) => (
            <span
              key={points[at]!.releaseId}
              className={`${trend.word} ${trend.name}`}
              data-rooms={rooms.join(' ')}
              style={wordStyle(at, widest[at]!, middle)}
            >
              {names[at]![0]}
              <br />
              {names[at]![1]}
            </span>
          ),
        )}
        {points.map(({ releaseId, name, text }, at) => (
          <span
            key={releaseId}
            className={trend.column}
            style={{
              left: at > 0 ? x(at - 0.5) : outside,
              right: at < newest ? percent(1 - acrossOf(at + 0.5, points.length)) : outside,
            }}
            title={`${name}: ${text}`}
          />
        ))}
      </div>
    </div>
  );
}
