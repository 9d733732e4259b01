// Duty: how a release, the ledger of publications and what coordinators write to an indicator are kept. Nothing unsuppressed leaves but to coordinators.
import { model, Schema } from 'mongoose';
import type { MeasureKey } from '../../../shared/indicators.ts';
import type { Target } from '../../../shared/releases.ts';
import type { FrozenRelease, Period } from '../../../shared/summaries.ts';
import type {
  IndicatorKey,
  ReleaseAudience,
  ReleaseStatus,
  StoryLanguage,
} from '../../../shared/summaryLists.ts';
import type { MeasureCounts } from './tally.ts';
import type { Stretch } from './telling.ts';

export interface TellingChange {
  audience: ReleaseAudience;
  measure: MeasureKey;
  at: string;
}

export interface ReleaseFile {
  _id: string;
  /** For edits at the same time; the version that people speak of is `number`. */
  version: number;
  number: number;
  periodId: string;
  period: Period;
  months: string[];
  countedTo: string;
  running: boolean;
  status: ReleaseStatus;
  progress: { done: number; total: number };
  /** Which process counts, and until when it is believed to: one that dies holds it no longer. */
  holder: string | null;
  heldUntil: Date | null;
  createdBy: string;
  createdAt: Date;
  frozenAt: Date | null;
  publishedAt: Date | null;
  /** Place in the order of publications. */
  sequence: number | null;
  /** The last publication that this one's numbers were decided beside. */
  basedOn: number;
  /** The place it is about to take; while it stands nothing of it changes. */
  publishing: number | null;
  corrects: { id: string; version: number; reason: string } | null;
  /** Months told here for the first time, or corrected here. Unsuppressed. */
  stretches: Stretch[];
  acts: Partial<Record<MeasureKey, MeasureCounts>>;
  /** Approved promises as they stood when it was frozen. */
  commitments: FrozenRelease['commitments'];
  campaigns: FrozenRelease['campaigns'];
  telling: TellingChange[];
  story: Partial<Record<StoryLanguage, string>>;
  whole: FrozenRelease | null;
  told: Record<ReleaseAudience, FrozenRelease> | null;
  /** What is answered for ever, byte for byte; made when it is published. */
  bytes: Record<ReleaseAudience, string> | null;
  history: { at: Date; by: string | null; what: string }[];
  example: boolean;
}

const text = { type: String, required: true } as const;
const maybeText = { type: String, default: null } as const;
const maybeDate = { type: Date, default: null } as const;
const number = { type: Number, required: true } as const;
const maybeNumber = { type: Number, default: null } as const;
const { Mixed } = Schema.Types;

const releaseSchema = new Schema<ReleaseFile>(
  {
    _id: text,
    version: number,
    number,
    periodId: text,
    period: { type: Mixed, required: true },
    months: [String],
    countedTo: text,
    running: { type: Boolean, required: true },
    status: text,
    progress: { type: Mixed, required: true },
    holder: maybeText,
    heldUntil: maybeDate,
    createdBy: text,
    createdAt: { type: Date, required: true },
    frozenAt: maybeDate,
    publishedAt: maybeDate,
    sequence: maybeNumber,
    basedOn: { type: Number, default: 0 },
    publishing: maybeNumber,
    corrects: { type: Mixed, default: null },
    stretches: [Mixed],
    acts: { type: Mixed, default: {} },
    commitments: [Mixed],
    campaigns: [Mixed],
    telling: [Mixed],
    story: { type: Mixed, default: {} },
    whole: { type: Mixed, default: null },
    told: { type: Mixed, default: null },
    bytes: { type: Mixed, default: null },
    history: [Mixed],
    example: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'releases', minimize: false },
);
releaseSchema.index({ status: 1, sequence: 1 });
releaseSchema.index({ createdAt: -1, _id: -1 });
export const ReleaseModel = model<ReleaseFile>('Release', releaseSchema);

/** One document: whoever raises the sequence publishes, so two publications can never overlook each other. */
export interface Ledger {
  _id: string;
  sequence: number;
  last: string | null;
}
const ledgerSchema = new Schema<Ledger>(
  { _id: text, sequence: number, last: maybeText },
  { versionKey: false, collection: 'releaseLedger' },
);
export const LedgerModel = model<Ledger>('ReleaseLedger', ledgerSchema);

export interface IndicatorFile {
  _id: IndicatorKey;
  version: number;
  owner: string;
  note: Partial<Record<StoryLanguage, string>>;
  targets: Target[];
}
const indicatorSchema = new Schema<IndicatorFile>(
  {
    _id: text,
    version: number,
    owner: { type: String, default: '' },
    note: { type: Mixed, default: {} },
    targets: [Mixed],
  },
  { versionKey: false, collection: 'indicators', minimize: false },
);
export const IndicatorModel = model<IndicatorFile>('Indicator', indicatorSchema);
