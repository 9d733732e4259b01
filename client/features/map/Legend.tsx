// Duty: what colours and fills on the map mean, in words; the measure is chosen here. The same words go into the picture.
import { NativeSelect } from '@mantine/core';
import { type MapMeasure, mapMeasures } from '../../../shared/mapViews.ts';
import { themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import classes from './map.module.css';

interface Props {
  fill: MapMeasure | 'none';
  steps: readonly number[];
  censusYear: number | null;
  /** Each municipality's name and value: what the fills say, for who cannot see them. */
  values: readonly string[];
  attribution: string | undefined;
  /** Cases are shown one by one: a rim and a pale dot mean something. */
  dots: boolean;
  onFill: (fill: MapMeasure | 'none') => void;
}

/** `1–25`, `26–50` for whole numbers; `0–0.5` for shares. */
export function stepWords(
  steps: readonly number[],
  at: number,
  whole: boolean,
  number: (value: number) => string,
): string {
  const below = at === 0 ? 0 : steps[at - 1]!;
  const first = whole ? below + 1 : below;
  return first === steps[at] ? number(first) : `${number(first)}–${number(steps[at]!)}`;
}

export function Legend({ fill, steps, censusYear, values, attribution, dots, onFill }: Props) {
  const { say, number } = useSpeech();
  return (
    <section className={classes.legend} aria-label={say('map.legend')}>
      <ul className={classes.legendThemes}>
        {themes.map((theme) => (
          <li key={theme}>
            <ThemeMark theme={theme} />
          </li>
        ))}
      </ul>
      <NativeSelect
        size="sm"
        label={say('map.fill')}
        value={fill}
        onChange={(event) => onFill(event.currentTarget.value as Props['fill'])}
        data={[
          { value: 'none', label: say('map.fill.none') },
          ...mapMeasures.map((measure) => ({ value: measure, label: say(`map.fill.${measure}`) })),
        ]}
      />
      {fill !== 'none' && (
        <ol className={classes.steps}>
          {steps.map((bound, at) => (
            <li key={bound}>
              <span className={classes.swatch} data-step={at + 1} aria-hidden />
              {stepWords(steps, at, fill !== 'per1000', number)}
            </li>
          ))}
        </ol>
      )}
      {values.length > 0 && (
        <ul className={classes.hidden}>
          {values.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {fill === 'per1000' && (
        <p className={classes.note}>{say('map.fill.per1000.note', { year: String(censusYear ?? '') })}</p>
      )}
      {dots && <p className={classes.note}>{say('map.legend.late')}</p>}
      <p className={classes.note}>{attribution}</p>
    </section>
  );
}
