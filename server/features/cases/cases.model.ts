// Duty: how a case file is kept: one document with plan, notes and history inside, and the indexes that serve its questions.
import { model, Schema } from 'mongoose';
import type { CaseMoveName } from '../../../shared/caseMoves.ts';
import type {
  CaseFields,
  CaseOutcome,
  CaseStatus,
  Confirmation,
  caseSources,
  Sensitivity,
  WaitingParty,
} from '../../../shared/cases.ts';
import type { CaseEvent, NextStep } from '../../../shared/caseViews.ts';
import type { HoldReason } from '../../../shared/retention.ts';
import { retireIndexes } from '../../database/connect.ts';
import type { KeptFile } from '../../files/kept.ts';

export interface StoredStep {
  id: string;
  title: string;
  /** Of the theme's plan template; absent: somebody's own words. */
  template?: string | null;
  due: string;
  doneAt: Date | null;
  doneBy: string | null;
  /** Case version of the step's last change: a step has its own edit conflicts. */
  version: number;
}
export interface StoredNote {
  id: string;
  at: Date;
  by: string;
  text: string;
}
export interface StoredEntry {
  at: Date;
  by: string | null;
  what: CaseEvent;
  move?: CaseMoveName;
  from?: CaseStatus;
  to?: CaseStatus;
  reason?: string;
  fields?: string[];
  person?: string;
  /** Reference of the structural issue linked or taken off. */
  issue?: string;
  outcome?: CaseOutcome;
  confirmedBy?: Confirmation;
}

export interface StoredHold {
  by: string;
  reason: HoldReason;
  until: string;
  setAt: Date;
  /** Its owner was told that it has ended. */
  endTold: boolean;
}

export interface CaseFile extends CaseFields {
  _id: string;
  version: number;
  /** For each field ever changed after intake, the version that changed it last: the ground for merging edits. */
  fieldVersions: Record<string, number>;
  reference: string;
  receiptHash: string | null;
  status: CaseStatus;
  waitingOn: { party: WaitingParty; since: Date; until: string } | null;
  outcome: CaseOutcome | null;
  confirmedBy: Confirmation | null;
  confirmationDue: string | null;
  duplicateOf: string | null;
  /** The structural issue it is an example of. Absent in cases older than issues. */
  issue: string | null;
  /** Campaigns that use it, each after its do-no-harm check. Absent in cases older than campaigns. */
  campaigns: string[];
  sensitivity: Sensitivity;
  /** Position in the list of urgencies: for sorting. */
  urgencyRank: number;
  lead: string | null;
  collaborators: string[];
  /** Organisations of lead and collaborators: their members may see the case. A referral alone adds nothing here. */
  sharedWith: string[];
  plan: StoredStep[];
  nextStep: NextStep | null;
  /** Day of the next step while the case is open, else `noDay`: lateness and sorting are ranges over it. */
  nextDue: string;
  notes: StoredNote[];
  evidence: KeptFile[];
  history: StoredEntry[];
  reopenCount: number;
  source: (typeof caseSources)[number];
  loggedBy: string | null;
  loggedAt: Date;
  changedAt: Date;
  changedBy: string | null;
  triagedAt: Date | null;
  startedAt: Date | null;
  closedAt: Date | null;
  /** While it runs, nothing is erased. Absent in cases older than retention, as are the next two. */
  hold?: StoredHold | null;
  /** Words, files and the vault's record are gone. */
  anonymisedAt?: Date | null;
  /** Other records of it may still hold words: a job erases there until this is gone. */
  erasurePending?: boolean;
  example: boolean;
  /** Folded words that search finds it by; see searchTerms.ts. */
  searchTerms: string[];
}

export const noDay = '9999-12-31';

const text = { type: String, required: true } as const;
const maybeText = { type: String, default: null } as const;
const maybeDate = { type: Date, default: null } as const;
const { Mixed } = Schema.Types;

const caseSchema = new Schema<CaseFile>(
  {
    _id: text,
    version: { type: Number, required: true },
    fieldVersions: { type: Mixed, default: {} },
    reference: text,
    receiptHash: maybeText,
    kind: text,
    theme: text,
    subTheme: text,
    title: text,
    description: text,
    need: { type: String, default: '' },
    municipality: text,
    settlement: maybeText,
    precision: text,
    people: { type: Mixed, required: true },
    urgency: text,
    urgencyRank: { type: Number, required: true },
    sensitivity: text,
    concernsChild: { type: Boolean, required: true },
    guardianConsent: { type: Boolean, required: true },
    consentBasis: text,
    language: text,
    interpreterNeeded: { type: Boolean, required: true },
    status: text,
    waitingOn: { type: Mixed, default: null },
    outcome: maybeText,
    confirmedBy: maybeText,
    confirmationDue: maybeText,
    duplicateOf: maybeText,
    issue: maybeText,
    campaigns: [String],
    lead: maybeText,
    collaborators: [String],
    sharedWith: [String],
    plan: [Mixed],
    nextStep: { type: Mixed, default: null },
    nextDue: text,
    notes: [Mixed],
    evidence: [Mixed],
    history: [Mixed],
    reopenCount: { type: Number, default: 0 },
    source: text,
    loggedBy: maybeText,
    loggedAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    changedBy: maybeText,
    triagedAt: maybeDate,
    startedAt: maybeDate,
    closedAt: maybeDate,
    hold: { type: Mixed, default: null },
    anonymisedAt: maybeDate,
    erasurePending: { type: Boolean, default: undefined },
    example: { type: Boolean, default: false },
    searchTerms: [String],
  },
  { versionKey: false, collection: 'cases', minimize: false },
);
caseSchema.index({ reference: 1 }, { unique: true });
// The list by time: whole scope, then with the filters people use most. Newest first is mostly answered from memory (caseIndex.ts).
caseSchema.index({ municipality: 1, loggedAt: -1, _id: -1 });
caseSchema.index({ loggedAt: -1, _id: -1 });
caseSchema.index({ municipality: 1, status: 1, loggedAt: -1, _id: -1 });
caseSchema.index({ status: 1, loggedAt: -1, _id: -1 });
caseSchema.index({ settlement: 1, loggedAt: -1, _id: -1 });
// The pattern behind cases, and campaigns that use them: few cases have either, so only those are held.
caseSchema.index({ issue: 1, loggedAt: -1, _id: -1 }, { partialFilterExpression: { issue: { $gt: '' } } });
caseSchema.index(
  { campaigns: 1, loggedAt: -1, _id: -1 },
  { partialFilterExpression: { campaigns: { $gt: '' } } },
);
// Other orders.
caseSchema.index({ municipality: 1, changedAt: -1, _id: -1 });
caseSchema.index({ changedAt: -1, _id: -1 });
caseSchema.index({ municipality: 1, urgencyRank: 1, loggedAt: -1, _id: -1 });
caseSchema.index({ urgencyRank: 1, loggedAt: -1, _id: -1 });
caseSchema.index({ municipality: 1, nextDue: 1, _id: 1 });
caseSchema.index({ nextDue: 1, _id: 1 });
caseSchema.index({ 'waitingOn.until': 1 }, { partialFilterExpression: { status: 'waiting' } });
// What time ends: few have a hold or are being erased, and creating a case writes none of these.
caseSchema.index(
  { theme: 1, anonymisedAt: 1, closedAt: 1 },
  { partialFilterExpression: { status: 'closed' } },
);
caseSchema.index({ 'hold.until': 1 }, { partialFilterExpression: { 'hold.until': { $gt: '' } } });
caseSchema.index({ anonymisedAt: 1 }, { partialFilterExpression: { anonymisedAt: { $gt: new Date(0) } } });
caseSchema.index({ erasurePending: 1 }, { partialFilterExpression: { erasurePending: true } });
// A person's own work, a partner's scope.
caseSchema.index({ lead: 1, nextDue: 1, _id: 1 });
caseSchema.index({ collaborators: 1, nextDue: 1 });
caseSchema.index({ sharedWith: 1, loggedAt: -1, _id: -1 });

// Each entry of an index costs a create; words are found in memory (caseWords.ts).
retireIndexes('cases', [
  'municipality_1_searchTerms_1',
  'municipality_1_theme_1_status_1_loggedAt_-1__id_-1',
  'theme_1_status_1_loggedAt_-1__id_-1',
  'lead_1_loggedAt_-1__id_-1',
]);

export const CaseModel = model<CaseFile>('CaseFile', caseSchema);

interface Counter {
  _id: string;
  last: number;
}
const counterSchema = new Schema<Counter>(
  { _id: text, last: { type: Number, required: true } },
  { versionKey: false, collection: 'counters' },
);
export const CounterModel = model<Counter>('Counter', counterSchema);
