// Duty: what a release tells of all its measures, for both audiences, each number decided once and for ever. Pure; the rule itself: withholding.ts.
import { type MeasureKey, measureKeys, measures } from '../../../shared/indicators.ts';
import {
  type ReleaseAudience,
  releaseAudiences,
  smallestShown,
  type TableName,
} from '../../../shared/summaryLists.ts';
import type { MeasureCounts } from './tally.ts';
import { type Told, tellingChanges, withhold, withholdWhole } from './withholding.ts';

/**
 * A measure's numbers over a stretch of months that no release had told before. Stretches never overlap and a stretch is told
 * once: a longer period adds up what its stretches tell, a shorter one inside a stretch is refused. So releases differ by
 * nothing that was not decided within one stretch.
 */
export interface Stretch {
  measure: MeasureKey;
  formulaVersion: number;
  months: string[];
  counts: MeasureCounts;
  told: Record<ReleaseAudience, Told>;
}

export const stretchKey = ({ measure, months }: Pick<Stretch, 'measure' | 'months'>): string =>
  `${measure} ${months.join()}`;

const nothing: Told = { total: false, tables: {} };

/** A measure that is part of another or adds up over another's records follows what that one tells. */
function tell(
  measure: MeasureKey,
  counts: MeasureCounts,
  audience: ReleaseAudience,
  others: {
    toldOf(measure: MeasureKey): Told;
    countsOf(measure: MeasureKey): MeasureCounts | undefined;
    forFunders: Told;
    before?: Told | undefined;
  },
): Told {
  const { partOf, over, under, notPublic } = measures[measure];
  if (partOf && !others.toldOf(partOf.measure).tables[partOf.table]?.includes(partOf.cell)) return nothing;
  const beneath = over && others.toldOf(over.measure);
  if (beneath?.total === false) return nothing;
  const limits = {
    threshold: smallestShown[audience],
    within: others.before,
    under:
      under && Object.fromEntries(under.tables.map((table) => [table, wholeTable(under.measure, table)])),
    over: over && Object.fromEntries(over.tables.map((table) => [table, beneath?.tables[table] ?? []])),
  };
  const told =
    audience === 'funder' ? withhold(counts, limits) : withholdWhole(counts, others.forFunders, limits);
  if (!told.total) return nothing;
  const tables = { ...told.tables };
  if (audience === 'public') for (const table of notPublic ?? []) tables[table] = [];
  return { total: true, tables };

  function wholeTable(other: MeasureKey, table: TableName): Readonly<Record<string, number>> | null {
    const cells = others.countsOf(other)?.tables[table];
    const isWhole = cells && others.toldOf(other).tables[table]?.length === Object.keys(cells).length;
    return isWhole ? cells : null;
  }
}

export interface NewStretch {
  measure: MeasureKey;
  months: string[];
  counts: MeasureCounts;
  /** Of a correction: the stretch as it was told last. */
  before?: Stretch | undefined;
}

/** Parents come before what follows them in the list of measures. */
export function tellStretches(stretches: readonly NewStretch[]): Stretch[] {
  const done: Stretch[] = [];
  const ordered = stretches.toSorted(
    (a, b) => measureKeys.indexOf(a.measure) - measureKeys.indexOf(b.measure),
  );
  for (const { measure, months, counts, before } of ordered) {
    const told = {} as Record<ReleaseAudience, Told>;
    for (const audience of releaseAudiences) {
      const stretchOf = (other: MeasureKey) =>
        done.find((item) => item.measure === other && item.months.join() === months.join());
      const toldOf = (other: MeasureKey) => stretchOf(other)?.told[audience] ?? nothing;
      const countsOf = (other: MeasureKey) => stretchOf(other)?.counts;
      const forFunders = told.funder ?? nothing;
      told[audience] = tell(measure, counts, audience, {
        toldOf,
        countsOf,
        forFunders,
        before: before?.told[audience],
      });
    }
    done.push({ measure, formulaVersion: measures[measure].formulaVersion, months, counts, told });
  }
  return done;
}

/** Where a correction would tell of few persons: by audience, measure and cell. */
export function changesThatTell(
  before: Stretch,
  after: MeasureCounts,
): { audience: ReleaseAudience; measure: MeasureKey; at: string }[] {
  return releaseAudiences.flatMap((audience) =>
    tellingChanges(before.counts, before.told[audience], after, smallestShown[audience]).map((at) => ({
      audience,
      measure: before.measure,
      at,
    })),
  );
}
