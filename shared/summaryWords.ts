// Duty: how a figure, a cell and a period are said, the same on the page, in the PDF and in the sheets. Pure: words and formats are given.
import type { MunicipalitySlug } from './directoryLists.ts';
import type { Formats } from './format.ts';
import type { MessageKey, Speaker } from './i18n.ts';
import type { Figure, FrozenIndicator, Period, StoryPart } from './summaries.ts';
import type { FigureUnit, TableName } from './summaryLists.ts';
import type { Theme } from './themeLists.ts';

export interface FigureSpeech {
  say: Speaker['say'];
  formats: Pick<Formats, 'number' | 'date'>;
  municipality(slug: MunicipalitySlug): string;
}

const monthsOf: Record<Exclude<Period['kind'], 'project'>, number> = { month: 1, quarter: 3, half_year: 6 };

/** "Third quarter of 2026". */
export function periodName({ kind, from, to }: Period, { say, formats }: FigureSpeech): string {
  if (kind === 'project')
    return say('summaries.period.project', { from: formats.date(from), to: formats.date(to) });
  const ordinal = Math.ceil(Number(from.slice(5, 7)) / monthsOf[kind]);
  return say(`summaries.period.${kind}`, { ordinal: String(ordinal), year: from.slice(0, 4) });
}

/** The same in two short lines, for the foot of a chart: "Q3", "2026". */
export function periodShort({ kind, from, to }: Period, { say }: FigureSpeech): [string, string] {
  const short = (of: Exclude<Period['kind'], 'project'>, day: string) =>
    say(`summaries.period.short.${of}`, {
      ordinal: String(Math.ceil(Number(day.slice(5, 7)) / monthsOf[of])),
    });
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
  if (kind !== 'project') return [short(kind, from), first];
  return [`${short('month', from)} ${first} –`, `${short('month', to)} ${last}`];
}

export const indicatorName = (indicator: FrozenIndicator, { say }: FigureSpeech): string =>
  say(`summaries.indicator.${indicator.key}`);

/** A number with its unit where the number alone would be misread: `64 %`, `12 days`, `1,204`. */
export function valueText(value: number, unit: FigureUnit, { say, formats }: FigureSpeech): string {
  const written = formats.number(value);
  if (unit === 'percent') return say('summaries.value.percent', { value: written });
  if (unit === 'days') return say('summaries.value.days', { count: value, value: written });
  return written;
}

/** The figure, or that it is withheld. */
export const figureText = (
  { value }: Pick<Figure, 'value'>,
  unit: FigureUnit,
  speech: FigureSpeech,
): string => (value === null ? speech.say('summaries.withheld') : valueText(value, unit, speech));

export function cellName(table: TableName, cell: string, { say, municipality }: FigureSpeech): string {
  if (table === 'municipality') return municipality(cell as MunicipalitySlug);
  if (table === 'theme') return say(`theme.${cell as Theme}`);
  if (table === 'ageBand') return say('summaries.cell.ageBand', { band: cell });
  return say(`summaries.cell.${table}.${cell}` as MessageKey);
}

/** How far it is from its target, in words; null where none was set. */
export function targetText({ target, figure, unit }: FrozenIndicator, speech: FigureSpeech): string | null {
  if (!target) return null;
  const { say, formats } = speech;
  const wanted = valueText(target.target, unit, speech);
  if (target.lessIsBetter) {
    if (figure.value === null) return say('summaries.target.less', { target: wanted });
    const met = figure.value <= target.target;
    return say(met ? 'summaries.target.lessMet' : 'summaries.target.lessMissed', { target: wanted });
  }
  if (target.reachedPercent === null) return say('summaries.target.withheld', { target: wanted });
  return say('summaries.target.reached', { percent: formats.number(target.reachedPercent), target: wanted });
}

/** What became of it since the release before; null where nothing can be compared. */
export function changeText({ figure, unit }: FrozenIndicator, speech: FigureSpeech): string | null {
  if (figure.value === null || figure.before === null) return null;
  const difference = figure.value - figure.before;
  if (difference === 0) return speech.say('summaries.before.same');
  const written =
    unit === 'percent'
      ? speech.say('summaries.value.points', {
          count: Math.abs(difference),
          value: speech.formats.number(Math.abs(difference)),
        })
      : valueText(Math.abs(difference), unit, speech);
  return speech.say(difference > 0 ? 'summaries.before.more' : 'summaries.before.less', {
    difference: written,
  });
}

/** The story with its figures put in; a figure that is no longer there cannot be in a frozen story. */
export function storyText(
  parts: readonly StoryPart[],
  indicators: readonly FrozenIndicator[],
  speech: FigureSpeech,
): string {
  const figures = new Map<string, string>();
  for (const { figure, tables, unit } of indicators)
    for (const one of [figure, ...tables.flatMap(({ cells }) => cells)])
      figures.set(one.id, figureText(one, unit, speech));
  return parts.map((part) => ('text' in part ? part.text : (figures.get(part.figure) ?? '…'))).join('');
}

/** Its tables by place and theme are withheld because those of logged cases are not told whole; a page that shows them says so. */
export const isWithheldUnderLogged = ({ key, figure, tables }: FrozenIndicator): boolean =>
  key === 'cases.confirmed' &&
  figure.value !== null &&
  tables.some(
    ({ name, cells }) =>
      (name === 'municipality' || name === 'theme') && cells.every(({ value }) => value === null),
  );
