// Duty: a frozen release as every rendering reads it (page, PDF, sheet, CSV, JSON): whole numbers, nothing computes with it again. Inputs: releases.ts.
import type { MunicipalitySlug } from './directoryLists.ts';
import type {
  Computation,
  FigureUnit,
  IndicatorKey,
  PeriodKind,
  ReleaseAudience,
  StoryLanguage,
  TableName,
  WithheldReason,
} from './summaryLists.ts';

/** Calendar days in Kosovo, both inclusive. */
export interface Period {
  kind: PeriodKind;
  from: string;
  to: string;
}

/**
 * One number. `value` and `withheld` are never both null and never both set. A rendering writes `value` with the unit of its
 * indicator and rounds nothing: days and percents are whole already.
 */
export interface Figure {
  /**
   * The same in every rendering: `cases.logged` for an indicator's own figure, `cases.logged/municipality/ferizaj` for a
   * cell. It is the key of a sheet's row, a CSV's row and a token of the story (`{{cases.logged}}`).
   */
  id: string;
  /** Of a table: what the cell is, e.g. `ferizaj`, `housing`, `18-29`; null for the indicator's own figure. Words: `summaries.cell.…`. */
  cell: string | null;
  value: number | null;
  withheld: WithheldReason | null;
  /** The same figure in the release before, of the same formula and as long a period; null when there is none or it was withheld. */
  before: number | null;
}

export interface FrozenTable {
  /** By what; words: `summaries.table.<name>`. Cells come in the order in which people read them. */
  name: TableName;
  cells: Figure[];
}

export interface FrozenTarget {
  /** Null where nothing was known at the beginning. */
  baseline: number | null;
  target: number;
  /** Whole percent of the target; null when the figure is withheld or the target is nought. */
  reachedPercent: number | null;
  /** True where less is better (days). */
  lessIsBetter: boolean;
}

/** A point of the trend: an earlier release of the same kind of period. */
export interface TrendPoint {
  releaseId: string;
  period: Period;
  value: number | null;
  withheld: WithheldReason | null;
  /** False: made by another formula or over a period cut short. Show it apart, never joined by a line. */
  comparable: boolean;
}

export interface FrozenIndicator {
  /** Words: `summaries.indicator.<key>` and `summaries.definition.<key>`. */
  key: IndicatorKey;
  computation: Computation;
  /** Rises whenever what is counted changes; figures of two versions are two series. */
  formulaVersion: number;
  /** True when the release before had another version: say so. */
  formulaChanged: boolean;
  unit: FigureUnit;
  /** False for public acts (campaigns, commitments): nothing about persons, so nothing is withheld. */
  aboutPersons: boolean;
  figure: Figure;
  target: FrozenTarget | null;
  tables: FrozenTable[];
  /** Oldest first, this release not included. */
  trend: TrendPoint[];
  /** What to know before trusting it, as coordinators wrote it. */
  note: Partial<Record<StoryLanguage, string>>;
}

/** A piece of the story: words, or a figure by its id. */
export type StoryPart = { text: string } | { figure: string };

/** What has been asked of institutions, and so is known to them: proposals and plans are not here. */
export interface FrozenCampaign {
  id: string;
  /** As its team calls it, in one language. */
  title: string;
  stage: string;
  result: string | null;
  municipalities: MunicipalitySlug[];
}
export interface FrozenCommitment {
  id: string;
  /** The exact words and their language. */
  words: string;
  language: string;
  institution: { sq: string; sr: string; en: string };
  municipality: MunicipalitySlug | null;
  dueOn: string | null;
  /** In two voices. */
  authorityReported: string | null;
  verified: string | null;
  movedInPeriod: boolean;
  /** Sources that anybody may open. */
  evidence: { title: string; url: string | null; on: string | null }[];
}

/** A release for one audience, as it was published: immutable, complete, answered byte for byte. */
export interface FrozenRelease {
  /** Shape of this document; rises when fields change their meaning. */
  format: 1;
  id: string;
  /** 1, and one more for every correction; all versions of a period share `periodId`. */
  version: number;
  periodId: string;
  audience: ReleaseAudience;
  period: Period;
  /** The last day that was counted: before `period.to` while the period still runs. */
  countedTo: string;
  /** True: say so beside every figure, chart and download. */
  running: boolean;
  frozenAt: string;
  /** Null in a draft that coordinators look at. */
  publishedAt: string | null;
  /** The version this one corrects, and why, in coordinators' words. */
  corrects: { id: string; version: number; reason: string } | null;
  /** The release that `before` figures are from. */
  previous: { id: string; period: Period } | null;
  /** Example data: say so. */
  example: boolean;
  /** Counts under this are withheld; shares and medians need the base. */
  smallestShown: number;
  smallestBase: number;
  counts: { shown: number; withheld: number };
  indicators: FrozenIndicator[];
  story: Partial<Record<StoryLanguage, StoryPart[]>>;
  campaigns: FrozenCampaign[];
  commitments: FrozenCommitment[];
}

/** A row of the list of releases that are out. Newest first. */
export interface ReleaseRow {
  id: string;
  periodId: string;
  version: number;
  period: Period;
  countedTo: string;
  running: boolean;
  publishedAt: string;
  /** A newer version of the same period is out. */
  superseded: boolean;
  example: boolean;
}

/** `GET /api/progress`. */
export interface Progress {
  data: { newest: FrozenRelease | null; releases: ReleaseRow[] };
}

/** Every figure of a release in reading order, each with its indicator: what sheets and CSV are made of. */
export function figuresOf(
  release: FrozenRelease,
): { indicator: FrozenIndicator; table: TableName | null; figure: Figure }[] {
  return release.indicators.flatMap((indicator) => [
    { indicator, table: null, figure: indicator.figure },
    ...indicator.tables.flatMap(({ name, cells }) =>
      cells.map((figure) => ({ indicator, table: name, figure })),
    ),
  ]);
}

export const figureId = (indicator: IndicatorKey, table?: TableName, cell?: string): string =>
  table && cell ? `${indicator}/${table}/${cell}` : indicator;
