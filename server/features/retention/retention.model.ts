// Duty: how the rules of retention are kept, and what each run of the clock did: numbers and places, never a case.
import { model, Schema } from 'mongoose';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { Theme } from '../../../shared/themes.ts';

export interface StoredRule {
  _id: Theme;
  version: number;
  months: number;
  /** A shortened rule counts from this day on; before it, `earlier` does. */
  from: string | null;
  earlier: number | null;
}

const maybeNumber = { type: Number, default: null } as const;
export const RetentionRuleModel = model<StoredRule>(
  'RetentionRule',
  new Schema<StoredRule>(
    {
      _id: { type: String, required: true },
      version: { type: Number, required: true },
      months: { type: Number, required: true },
      from: { type: String, default: null },
      earlier: maybeNumber,
    },
    { versionKey: false, collection: 'retentionRules' },
  ),
);

export interface PlaceCount {
  theme: Theme;
  municipality: MunicipalitySlug;
  count: number;
}

/** `_id` is its moment, which is `anonymisedAt` of what it anonymised: a run cut short is counted by the next one. */
export interface RetentionRunFile {
  _id: string;
  at: Date;
  endedAt: Date | null;
  anonymised: PlaceCount[];
  /** Due by then, and held. */
  held: PlaceCount[];
}

const runSchema = new Schema<RetentionRunFile>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    anonymised: [Schema.Types.Mixed],
    held: [Schema.Types.Mixed],
  },
  { versionKey: false, collection: 'retentionRuns' },
);
runSchema.index({ at: -1 });
runSchema.index({ endedAt: 1 });
export const RetentionRunModel = model<RetentionRunFile>('RetentionRun', runSchema);
