// Duty: how a commitment is kept: one document with its checks, moved deadlines, files and history. What follows from its days is never stored.
import { model, Schema } from 'mongoose';
import type { Closing, CommitmentStatus, Completion, Formality } from '../../../shared/commitmentLists.ts';
import type { Budget } from '../../../shared/commitmentMoves.ts';
import type { CommitmentEvent, Titles } from '../../../shared/commitments.ts';
import type { Language, MunicipalitySlug } from '../../../shared/directory.ts';
import type { Theme } from '../../../shared/themes.ts';
import type { KeptFile } from '../../files/kept.ts';

export interface StoredCommitmentEntry {
  at: Date;
  /** User id; null for the system. */
  by: string | null;
  event: CommitmentEvent;
  from?: string | null;
  to?: string | null;
  reason?: string;
  fields?: string[];
}

export interface StoredCheck {
  id: string;
  completion: Completion;
  checkedOn: string;
  evidence: string[];
  note: string;
  at: Date;
  by: string;
}

export interface StoredSlip {
  from: string;
  to: string;
  reason: string;
  at: Date;
}

/** The days on which something is told of; `noDay` when it was told, or there is nothing to tell. */
export interface Alarms {
  due: string;
  check: string;
  stale: string;
}

export interface CommitmentFile {
  _id: string;
  version: number;
  reference: string;
  title: string;
  titles: Titles | null;
  words: string;
  summary: string;
  responsible: string[];
  language: Language;
  sourceId: string | null;
  page: string;
  /** Null only for documents that bind many. */
  institutionId: string | null;
  municipality: MunicipalitySlug | null;
  themes: Theme[];
  person: string;
  office: string;
  place: string;
  promisedOn: string | null;
  /** `noDay` when no day is named: lateness and the list's order are ranges over it. */
  dueOn: string;
  formality: Formality;
  status: CommitmentStatus;
  closedAs: Closing | null;
  closeReason: string;
  authorityReported: Completion | null;
  reportedOn: string | null;
  reportNote: string;
  verified: Completion | null;
  lookedAtOn: string;
  nextCheckOn: string;
  budget: Budget;
  deadlines: StoredSlip[];
  slips: number;
  checks: StoredCheck[];
  evidence: KeptFile[];
  campaignIds: string[];
  issueIds: string[];
  demandId: string | null;
  /** Null: a documented fact, put in by no one. */
  author: string | null;
  alarms: Alarms;
  createdAt: Date;
  changedAt: Date;
  history: StoredCommitmentEntry[];
  example: boolean;
}

export const noDay = '9999-12-31';

const text = { type: String, required: true } as const;
const words = { type: String, default: '' } as const;
const maybeText = { type: String, default: null } as const;
const mixed = { type: Schema.Types.Mixed, default: null } as const;

const commitmentSchema = new Schema<CommitmentFile>(
  {
    _id: text,
    version: { type: Number, required: true },
    reference: text,
    title: text,
    titles: mixed,
    words,
    summary: words,
    responsible: [String],
    language: text,
    sourceId: maybeText,
    page: words,
    institutionId: maybeText,
    municipality: maybeText,
    themes: [String],
    person: words,
    office: words,
    place: words,
    promisedOn: maybeText,
    dueOn: text,
    formality: text,
    status: text,
    closedAs: maybeText,
    closeReason: words,
    authorityReported: maybeText,
    reportedOn: maybeText,
    reportNote: words,
    verified: maybeText,
    lookedAtOn: text,
    nextCheckOn: text,
    budget: mixed,
    deadlines: [Schema.Types.Mixed],
    slips: { type: Number, default: 0 },
    checks: [Schema.Types.Mixed],
    evidence: [Schema.Types.Mixed],
    campaignIds: [String],
    issueIds: [String],
    demandId: maybeText,
    author: maybeText,
    alarms: mixed,
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    history: [Schema.Types.Mixed],
    example: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'commitments', minimize: false },
);
commitmentSchema.index({ reference: 1 }, { unique: true });
// The list's order within each filter; derived statuses are ranges over days and pairs of voices.
commitmentSchema.index({ status: -1, dueOn: 1, _id: 1 });
commitmentSchema.index({ status: 1, verified: 1, dueOn: 1 });
commitmentSchema.index({ status: 1, authorityReported: 1, verified: 1 });
commitmentSchema.index({ status: 1, lookedAtOn: 1 });
commitmentSchema.index({ closedAs: 1, dueOn: 1 });
commitmentSchema.index({ municipality: 1, status: -1, dueOn: 1, _id: 1 });
commitmentSchema.index({ institutionId: 1, status: -1, dueOn: 1, _id: 1 });
commitmentSchema.index({ campaignIds: 1, status: -1, dueOn: 1, _id: 1 });
commitmentSchema.index({ issueIds: 1, status: -1, dueOn: 1, _id: 1 });
commitmentSchema.index({ author: 1 });
commitmentSchema.index({ sourceId: 1 });
commitmentSchema.index({ changedAt: 1 });
commitmentSchema.index({ 'alarms.due': 1 });
commitmentSchema.index({ 'alarms.check': 1 });
commitmentSchema.index({ 'alarms.stale': 1 });

export const CommitmentModel = model<CommitmentFile>('Commitment', commitmentSchema);

/** The last number given out in each year. */
const numberSchema = new Schema<{ _id: string; last: number }>(
  { _id: text, last: { type: Number, required: true } },
  { versionKey: false, collection: 'commitmentNumbers' },
);
const NumberModel = model('CommitmentNumber', numberSchema);

/** `COM-2026-0042`; never twice. A command that fails later leaves a gap. */
export async function nextCommitmentReference(year: string): Promise<string> {
  const take = () =>
    NumberModel.findOneAndUpdate(
      { _id: year },
      { $inc: { last: 1 } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
  // Two first ones of a year may both want to make the counter.
  const counter = await take().catch(take);
  return `COM-${year}-${String(counter!.last).padStart(4, '0')}`;
}

/** Numbers up to this one are given out. */
export async function keepNumber(year: string, number: number): Promise<void> {
  await NumberModel.updateOne({ _id: year }, { $max: { last: number } }, { upsert: true });
}
