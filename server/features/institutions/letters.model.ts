// Duty: how a letter is kept: one document with its own history, the rule it was sent under, and the files that came back.
import { model, Schema } from 'mongoose';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type {
  LetterEvent,
  LetterKind,
  LetterLanguage,
  LetterStatus,
  Rung,
  SendingWay,
} from '../../../shared/letterLists.ts';
import type { ReplyRule } from '../../../shared/replyRules.ts';
import type { Theme } from '../../../shared/themes.ts';
import type { KeptFile } from '../../files/kept.ts';

export interface StoredLetterEntry {
  at: Date;
  /** Null for the clock. */
  by: string | null;
  move: LetterEvent;
  from: LetterStatus | null;
  to: LetterStatus;
  /** The day it happened, as said by a person, or that the clock found. */
  on?: string;
  note?: string;
}

/** As the rule was when the letter was sent; later changes of the rule are for later letters. */
export type SentUnder = Pick<ReplyRule, 'days' | 'dayKind' | 'extensionDays' | 'silence' | 'law' | 'checked'>;

export interface LetterFile {
  _id: string;
  version: number;
  reference: string;
  kind: LetterKind;
  rung: Rung;
  institutionId: string;
  municipality: MunicipalitySlug | null;
  theme: Theme | null;
  language: LetterLanguage;
  subject: string;
  body: string;
  status: LetterStatus;
  author: string;
  campaignId: string | null;
  demandId: string | null;
  issueId: string | null;
  caseId: string | null;
  sentOn: string | null;
  way: SendingWay | null;
  protocol: string | null;
  rule: SentUnder | null;
  extendedOn: string | null;
  /** The last day for a reply while the clock runs or has run out; `noDay` when nobody waits. Lateness and the list's order are ranges over it. */
  dueOn: string;
  /** The last day for a reply, kept when the letter has ended. */
  expectedBy: string | null;
  acknowledgedOn: string | null;
  theirProtocol: string | null;
  /** The first day of silence. An answer dated before it takes it back. */
  silentOn: string | null;
  answeredOn: string | null;
  answerProtocol: string | null;
  summary: string | null;
  files: KeptFile[];
  before: string | null;
  after: string | null;
  createdAt: Date;
  changedAt: Date;
  history: StoredLetterEntry[];
  /** Its case was anonymised: words and files are gone, and none come anew. Absent in letters older than retention. */
  wordsErasedAt?: Date | null;
  example: boolean;
}

export const noDay = '9999-12-31';

const text = { type: String, required: true } as const;
const maybeText = { type: String, default: null } as const;

const letterSchema = new Schema<LetterFile>(
  {
    _id: text,
    version: { type: Number, required: true },
    reference: text,
    kind: text,
    rung: text,
    institutionId: text,
    municipality: maybeText,
    theme: maybeText,
    language: text,
    subject: text,
    body: text,
    status: text,
    author: text,
    campaignId: maybeText,
    demandId: maybeText,
    issueId: maybeText,
    caseId: maybeText,
    sentOn: maybeText,
    way: maybeText,
    protocol: maybeText,
    rule: { type: Schema.Types.Mixed, default: null },
    extendedOn: maybeText,
    dueOn: text,
    expectedBy: maybeText,
    acknowledgedOn: maybeText,
    theirProtocol: maybeText,
    silentOn: maybeText,
    answeredOn: maybeText,
    answerProtocol: maybeText,
    summary: maybeText,
    files: [Schema.Types.Mixed],
    before: maybeText,
    after: maybeText,
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    history: [Schema.Types.Mixed],
    wordsErasedAt: { type: Date, default: null },
    example: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'letters', minimize: false },
);
letterSchema.index({ reference: 1 }, { unique: true });
letterSchema.index({ status: 1, dueOn: 1, _id: -1 });
letterSchema.index({ municipality: 1, status: 1, dueOn: 1, _id: -1 });
letterSchema.index({ campaignId: 1, status: 1, dueOn: 1, _id: -1 });
// The scorecard reads an institution's letters by year, of one municipality or of all.
letterSchema.index({ institutionId: 1, municipality: 1, sentOn: 1 });
letterSchema.index({ caseId: 1 });
letterSchema.index({ issueId: 1 });
letterSchema.index({ changedAt: 1 });

export const LetterModel = model<LetterFile>('Letter', letterSchema);

interface Counter {
  _id: string;
  last: number;
}
export const LetterCounterModel = model<Counter>(
  'LetterCounter',
  new Schema<Counter>(
    { _id: String, last: { type: Number, required: true } },
    { versionKey: false, collection: 'letterCounters' },
  ),
);
