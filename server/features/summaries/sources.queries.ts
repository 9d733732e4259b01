// Duty: the registry of what figures are counted from, one source per kind of record; a slice that comes later adds its own. No adding up.
import type { MeasureKey } from '../../../shared/indicators.ts';
import type { FrozenCampaign, FrozenCommitment } from '../../../shared/summaries.ts';
import type { Viewer } from '../../policy.ts';
import type { Tally } from './tally.ts';

/** Months to count, and the moments around them. */
export interface Span {
  months: ReadonlySet<string>;
  from: Date;
  /** Exclusive. */
  to: Date;
}

export interface FigureSource {
  name: string;
  /** What it counts: an indicator without a source is not part of a release. */
  measures: readonly MeasureKey[];
  /** About how many records it will read, for progress. */
  size(viewer: Viewer, span: Span): Promise<number>;
  /** Streams; says now and then how many it has read, which throws when nobody wants the figures any more. */
  read(viewer: Viewer, span: Span, tally: Tally, onRead: (count: number) => Promise<void>): Promise<void>;
  /** Promises that a release shows with their public documents. */
  commitments?(viewer: Viewer, span: Span): Promise<FrozenCommitment[]>;
  /** Campaigns that a release names, at the stage of the span's last day. */
  campaigns?(viewer: Viewer, span: Span): Promise<FrozenCampaign[]>;
}

const sources = new Map<string, FigureSource>();

export function addFigureSource(source: FigureSource): void {
  sources.set(source.name, source);
}

export const figureSources = (): readonly FigureSource[] => [...sources.values()];

export const countedMeasures = (): ReadonlySet<MeasureKey> =>
  new Set(figureSources().flatMap((source) => source.measures));
