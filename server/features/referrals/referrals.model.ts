// Duty: how a referral is kept: one document with its own history. Nothing of the person is copied into it.
import { model, Schema } from 'mongoose';
import type { ShareableField } from '../../../shared/consents.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type {
  DeclineReason,
  ReceivedAnswer,
  ReferralKind,
  ReferralStatus,
} from '../../../shared/referralMoves.ts';
import type { ReferralEvent, ReferralUrgency, Service } from '../../../shared/referrals.ts';
import type { SubTheme, Theme } from '../../../shared/themes.ts';
import type { KeptLink } from '../../oneTimeLinks.ts';

export interface StoredReferralEntry {
  at: Date;
  /** User id; null for the system and for who answered through a one-time link. */
  by: string | null;
  /** Answered through the recipient's one-time link. */
  byLink?: boolean;
  move: ReferralEvent;
  from: ReferralStatus | null;
  to: ReferralStatus;
  reason?: string;
}

export interface ReferralFile {
  _id: string;
  version: number;
  kind: ReferralKind;
  caseId: string;
  reference: string;
  theme: Theme;
  subTheme: SubTheme;
  municipality: MunicipalitySlug;
  sender: string;
  /** Where the sender is of an organisation: a partner that leads a case refers onwards. */
  senderOrganisation: string | null;
  recipient: string;
  service: Service;
  sharedFields: ShareableField[];
  urgency: ReferralUrgency;
  replyBy: string;
  message: string;
  status: ReferralStatus;
  /** The day by which somebody owes the next thing; `noDay` when nobody does. Lateness and the inbox's order are ranges over it. */
  dueOn: string;
  worker: string | null;
  /** In place of `worker`, of an organisation without accounts. */
  workerName: string | null;
  firstContactOn: string | null;
  given: string | null;
  givenOn: string | null;
  declineReason: DeclineReason | null;
  suggestedOrganisation: string | null;
  before: string | null;
  after: string | null;
  received: ReceivedAnswer | null;
  confirmedAt: Date | null;
  sentAt: Date | null;
  /** When the work ended, well or not: the day the shared fields begin to close. */
  endedAt: Date | null;
  createdAt: Date;
  changedAt: Date;
  history: StoredReferralEntry[];
  /** Of a recipient without accounts; only the token's hash is kept. */
  link: KeptLink | null;
  /** A transfer was accepted or ended, and the case has not heard of it yet: a job makes up for a stop in between. */
  leadPending: boolean;
  /** The shared fields are closed since the days after the end are over, and open pages were told. */
  closingTold: boolean;
  /** Its case was anonymised: words are gone, and none come anew. Absent in referrals older than retention. */
  wordsErasedAt?: Date | null;
  example: boolean;
}

export const noDay = '9999-12-31';

const text = { type: String, required: true } as const;
const maybeText = { type: String, default: null } as const;
const maybeDate = { type: Date, default: null } as const;

const referralSchema = new Schema<ReferralFile>(
  {
    _id: text,
    version: { type: Number, required: true },
    kind: text,
    caseId: text,
    reference: text,
    theme: text,
    subTheme: text,
    municipality: text,
    sender: text,
    senderOrganisation: maybeText,
    recipient: text,
    service: text,
    sharedFields: [String],
    urgency: text,
    replyBy: text,
    message: { type: String, default: '' },
    status: text,
    worker: maybeText,
    workerName: maybeText,
    dueOn: text,
    firstContactOn: maybeText,
    given: maybeText,
    givenOn: maybeText,
    declineReason: maybeText,
    suggestedOrganisation: maybeText,
    before: maybeText,
    after: maybeText,
    received: maybeText,
    confirmedAt: maybeDate,
    sentAt: maybeDate,
    endedAt: maybeDate,
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    history: [Schema.Types.Mixed],
    link: { type: Schema.Types.Mixed, default: null },
    leadPending: { type: Boolean, default: false },
    closingTold: { type: Boolean, default: false },
    wordsErasedAt: maybeDate,
    example: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'referrals', minimize: false },
);
referralSchema.index({ caseId: 1, createdAt: 1 });
// The inbox: by organisation, what must be answered first; and the senders' side by municipality.
referralSchema.index({ recipient: 1, status: 1, dueOn: 1, _id: -1 });
referralSchema.index({ senderOrganisation: 1, status: 1, dueOn: 1, _id: -1 });
referralSchema.index({ municipality: 1, status: 1, dueOn: 1, _id: -1 });
referralSchema.index({ status: 1, dueOn: 1, _id: -1 });
referralSchema.index({ changedAt: 1 });
referralSchema.index({ 'link.hash': 1 });
referralSchema.index({ leadPending: 1 });
referralSchema.index({ closingTold: 1, endedAt: 1 });

export const ReferralModel = model<ReferralFile>('Referral', referralSchema);
