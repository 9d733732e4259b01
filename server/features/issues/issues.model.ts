// Duty: how a structural issue is kept: one document with its own history. Its cases carry the link; nothing of them is copied here.
import { model, Schema } from 'mongoose';
import type { IssueEvent, IssueMoveName, IssueStatus } from '../../../shared/issueLists.ts';
import type { IssueFields } from '../../../shared/issues.ts';

export interface StoredIssueEntry {
  at: Date;
  /** Null: the system. */
  by: string | null;
  what: IssueEvent;
  move?: IssueMoveName;
  reason?: string;
  fields?: string[];
  other?: string;
}

export interface IssueFile extends IssueFields {
  _id: string;
  version: number;
  /** For each field ever changed, the version that changed it last. */
  fieldVersions: Record<string, number>;
  reference: string;
  status: IssueStatus;
  mergedInto: string | null;
  mergedAt: Date | null;
  /** Decided, and not everything has moved to the successor yet: a job makes up for a stop in between. */
  mergePending: boolean;
  /** Issues that are about to become part of this one: until they are, this one stays where it is, so that no circle closes. */
  receiving: { from: string; since: Date }[];
  splitFrom: string | null;
  /** Cases of the issue it was split from that have not come over yet. */
  pendingCases: string[];
  createdBy: string;
  createdAt: Date;
  changedAt: Date;
  changedBy: string | null;
  history: StoredIssueEntry[];
  /** Folded words it is found by. */
  searchTerms: string[];
  example: boolean;
}

const text = { type: String, required: true } as const;
const maybeText = { type: String, default: null } as const;
const { Mixed } = Schema.Types;

const issueSchema = new Schema<IssueFile>(
  {
    _id: text,
    version: { type: Number, required: true },
    fieldVersions: { type: Mixed, default: {} },
    reference: text,
    title: text,
    statement: text,
    themes: [String],
    subThemes: [String],
    municipalities: [String],
    status: text,
    mergedInto: maybeText,
    mergedAt: { type: Date, default: null },
    mergePending: { type: Boolean, default: false },
    receiving: [Mixed],
    splitFrom: maybeText,
    pendingCases: [String],
    createdBy: text,
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    changedBy: maybeText,
    history: [Mixed],
    searchTerms: [String],
    example: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'issues', minimize: false },
);
issueSchema.index({ reference: 1 }, { unique: true });
issueSchema.index({ createdAt: -1, _id: -1 });
issueSchema.index({ municipalities: 1, createdAt: -1, _id: -1 });
issueSchema.index({ mergedInto: 1 });
issueSchema.index({ mergePending: 1, mergedAt: 1 });
issueSchema.index({ changedAt: 1 });

export const IssueModel = model<IssueFile>('Issue', issueSchema);

const counterSchema = new Schema<{ _id: string; last: number }>(
  { _id: text, last: { type: Number, required: true } },
  { versionKey: false, collection: 'counters' },
);
const CounterModel = model('IssueCounter', counterSchema);

/** Never twice: a command that fails later leaves a gap. */
export async function nextIssueReference(year: number): Promise<string> {
  const series = `ISS-${year}`;
  const take = () =>
    CounterModel.findOneAndUpdate(
      { _id: series },
      { $inc: { last: 1 } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
  // Two first ones of a year may both want to make the counter.
  const counter = await take().catch(take);
  return `${series}-${String(counter!.last).padStart(4, '0')}`;
}
