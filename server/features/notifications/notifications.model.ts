// Duty: how a notice to one person is kept, and what each person chose. Ids, a reference, an event; no words.
import { model, Schema } from 'mongoose';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type {
  NotificationChannel,
  NotificationChoices,
  NotificationEvent,
  NotificationSubject,
} from '../../../shared/notifications.ts';

export interface NotificationFile {
  /** Made from what happened and to whom: the same notice can never be written twice. */
  _id: string;
  user: string;
  event: NotificationEvent;
  /** What happened, the same for everybody who is told of it. */
  source: string;
  reference: string;
  /** Null: of the whole country. */
  municipality: MunicipalitySlug | null;
  caseId: string | null;
  referralId: string | null;
  /** A record that is neither a case nor a referral. */
  subject: NotificationSubject | null;
  at: Date;
  readAt: Date | null;
  /** When it goes out by mail; null: it does not, or it did. */
  mailDueAt: Date | null;
  mailedAt: Date | null;
  /** Whether anybody still has to look if it was opened in time. */
  escalates: boolean;
}

const text = { type: String, required: true } as const;
const maybeText = { type: String, default: null } as const;
const maybeDate = { type: Date, default: null } as const;

const notificationSchema = new Schema<NotificationFile>(
  {
    _id: text,
    user: text,
    event: text,
    source: text,
    reference: text,
    municipality: maybeText,
    caseId: maybeText,
    referralId: maybeText,
    subject: { type: Schema.Types.Mixed, default: null },
    at: { type: Date, required: true },
    readAt: maybeDate,
    mailDueAt: maybeDate,
    mailedAt: maybeDate,
    escalates: { type: Boolean, required: true },
  },
  { versionKey: false, collection: 'notifications', minimize: false },
);
notificationSchema.index({ user: 1, at: -1, _id: -1 });
notificationSchema.index({ user: 1, readAt: 1 });
notificationSchema.index({ mailDueAt: 1 });
notificationSchema.index({ escalates: 1, at: 1 });
notificationSchema.index({ source: 1 });

export const NotificationModel = model<NotificationFile>('Notification', notificationSchema);

export interface StoredChoices {
  _id: string;
  /** Pairs: names of events hold dots, which the database reads as paths. */
  events: [NotificationEvent, NotificationChannel][];
  quiet: NotificationChoices['quiet'];
}

const choicesSchema = new Schema<StoredChoices>(
  {
    _id: text,
    events: { type: Schema.Types.Mixed, default: [] },
    quiet: { type: Schema.Types.Mixed, default: null },
  },
  { versionKey: false, collection: 'notificationChoices', minimize: false },
);
export const ChoicesModel = model<StoredChoices>('NotificationChoices', choicesSchema);
