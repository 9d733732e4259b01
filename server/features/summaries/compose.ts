// Duty: put a release together for one reader from stretches, public acts and targets: the frozen document. Pure; decides nothing about withholding.
import {
  cellsOf,
  type IndicatorDefinition,
  indicators,
  type MeasureKey,
  measures,
} from '../../../shared/indicators.ts';
import { periodId } from '../../../shared/periods.ts';
import type { Target } from '../../../shared/releases.ts';
import {
  type Figure,
  type FrozenIndicator,
  type FrozenRelease,
  type FrozenTarget,
  figureId,
  figuresOf,
  type TrendPoint,
} from '../../../shared/summaries.ts';
import {
  type ReleaseAudience,
  readingOrder,
  type StoryLanguage,
  smallestBase,
  smallestShown,
  type TableName,
  type WithheldReason,
} from '../../../shared/summaryLists.ts';
import { storyParts } from './stories.ts';
import { type MeasureCounts, medianOf } from './tally.ts';
import type { Stretch } from './telling.ts';

/** Coordinators' own side: nothing is withheld. */
export type Reader = ReleaseAudience | 'coordinator';

export interface Composition {
  id: string;
  number: number;
  period: FrozenRelease['period'];
  countedTo: string;
  running: boolean;
  frozenAt: string;
  corrects: FrozenRelease['corrects'];
  example: boolean;
  /** Those that make up the period, by measure. */
  stretches: readonly Stretch[];
  /** Of measures that are not about persons, over the whole period. */
  acts: Partial<Record<MeasureKey, MeasureCounts>>;
  counted: ReadonlySet<MeasureKey>;
  targets: Partial<Record<IndicatorDefinition['key'], Target>>;
  notes: Partial<Record<IndicatorDefinition['key'], FrozenIndicator['note']>>;
  story: Partial<Record<StoryLanguage, string>>;
  campaigns: FrozenRelease['campaigns'];
  commitments: FrozenRelease['commitments'];
  /** Published releases of that reader's kind, of the same kind of period, before this one, oldest first. */
  earlier: readonly FrozenRelease[];
}

interface Number {
  value: number | null;
  withheld: WithheldReason | null;
}
const shown = (value: number): Number => ({ value, withheld: null });
const withheld = (reason: WithheldReason): Number => ({ value: null, withheld: reason });

/** One measure over the period, as that reader may know it. */
class Told {
  readonly #pieces: readonly Stretch[];
  readonly #acts: MeasureCounts | undefined;
  readonly #reader: Reader;
  readonly #isSpliced: boolean;
  constructor(measure: MeasureKey, composition: Composition, reader: Reader) {
    this.#pieces = composition.stretches.filter((stretch) => stretch.measure === measure);
    this.#acts = composition.acts[measure];
    this.#reader = reader;
    this.#isSpliced = this.#pieces.some(
      ({ formulaVersion }) => formulaVersion !== measures[measure].formulaVersion,
    );
  }

  get whole(): Number {
    return this.#sum(
      ({ told }) => told.total,
      (counts) => counts.total,
    );
  }

  cell(table: TableName, cell: string): Number {
    return this.#sum(
      ({ told }) => told.tables[table]?.includes(cell) ?? false,
      (counts) => counts.tables[table]?.[cell] ?? 0,
    );
  }

  get median(): Number {
    const { value, withheld: reason } = this.whole;
    if (reason === 'formula') return withheld(reason);
    if (value === null || !this.isBase(value)) return withheld('base');
    const days: Record<string, number> = {};
    for (const { counts } of this.#pieces)
      for (const [taken, count] of Object.entries(counts.days)) days[taken] = (days[taken] ?? 0) + count;
    const median = medianOf(days);
    return median === null ? withheld('base') : shown(median);
  }

  share(table: TableName, cell: string): Number {
    const [part, whole] = [this.cell(table, cell), this.whole];
    if (part.withheld === 'formula') return part;
    if (part.value === null || whole.value === null || !this.isBase(whole.value)) return withheld('base');
    return shown(Math.round((100 * part.value) / whole.value));
  }

  isBase(value: number): boolean {
    return value >= (this.#reader === 'coordinator' ? 1 : smallestBase[this.#reader]);
  }

  #sum(
    isTold: (piece: { told: Stretch['told'][ReleaseAudience] }) => boolean,
    of: (counts: MeasureCounts) => number,
  ): Number {
    if (this.#acts) return shown(of(this.#acts));
    if (this.#isSpliced) return withheld('formula');
    const reader = this.#reader;
    if (reader !== 'coordinator' && !this.#pieces.every(({ told }) => isTold({ told: told[reader] })))
      return withheld('protected');
    return shown(this.#pieces.reduce((sum, { counts }) => sum + of(counts), 0));
  }
}

function targetOf(target: Target | undefined, figure: Number, lessIsBetter: boolean): FrozenTarget | null {
  if (!target) return null;
  const reachedPercent =
    figure.value === null || target.target === 0 ? null : Math.round((100 * figure.value) / target.target);
  return { baseline: target.baseline, target: target.target, reachedPercent, lessIsBetter };
}

export function compose(composition: Composition, reader: Reader): FrozenRelease {
  const { earlier, running, period } = composition;
  const previous = running ? undefined : earlier.findLast((release) => !release.running);
  const before = new Map(
    (previous ? figuresOf(previous) : []).map(({ indicator, figure }) => [
      `${figure.id} ${indicator.formulaVersion}`,
      figure.value,
    ]),
  );
  const made: FrozenIndicator[] = indicators
    .filter(({ measure }) => composition.counted.has(measure))
    .map((definition) => {
      const { key, computation, measure, part, unit, lessIsBetter } = definition;
      const { formulaVersion, aboutPersons } = measures[measure];
      const told = new Told(measure, composition, reader);
      const figure = (number: Number, table?: TableName, cell?: string): Figure => {
        const id = figureId(key, table, cell);
        return { id, cell: cell ?? null, ...number, before: before.get(`${id} ${formulaVersion}`) ?? null };
      };
      const own =
        computation === 'median' ? told.median : part ? told.share(part.table, part.cell) : told.whole;
      const indicatorIn = (release: FrozenRelease) => release.indicators.find((item) => item.key === key);
      const trend: TrendPoint[] = earlier.flatMap((release) => {
        const point = indicatorIn(release);
        if (!point) return [];
        const comparable = point.formulaVersion === formulaVersion && !release.running && !running;
        const { value, withheld: reason } = point.figure;
        return [{ releaseId: release.id, period: release.period, value, withheld: reason, comparable }];
      });
      const last = earlier.length > 0 ? indicatorIn(earlier.at(-1)!) : undefined;
      return {
        key,
        computation,
        formulaVersion,
        formulaChanged: last !== undefined && last.formulaVersion !== formulaVersion,
        unit,
        aboutPersons,
        figure: figure(own),
        target: targetOf(composition.targets[key], own, lessIsBetter),
        tables: definition.tables.map((name) => ({
          name,
          cells: (readingOrder[name] ?? cellsOf(name)).map((cell) =>
            figure(told.cell(name, cell), name, cell),
          ),
        })),
        trend,
        note: composition.notes[key] ?? {},
      };
    });
  const figures = made.flatMap(({ figure, tables }) => [figure, ...tables.flatMap(({ cells }) => cells)]);
  const audience = reader === 'coordinator' ? 'funder' : reader;
  return {
    format: 1,
    id: composition.id,
    version: composition.number,
    periodId: periodId(period),
    audience,
    period,
    countedTo: composition.countedTo,
    running,
    frozenAt: composition.frozenAt,
    publishedAt: null,
    corrects: composition.corrects,
    previous: previous ? { id: previous.id, period: previous.period } : null,
    example: composition.example,
    smallestShown: reader === 'coordinator' ? 0 : smallestShown[audience],
    smallestBase: reader === 'coordinator' ? 1 : smallestBase[audience],
    counts: {
      shown: figures.filter(({ value }) => value !== null).length,
      withheld: figures.filter(({ value }) => value === null).length,
    },
    indicators: made,
    story: storyParts(composition.story),
    campaigns: composition.campaigns,
    commitments: composition.commitments,
  };
}
