// Duty: how a browser that may be pushed to is kept.
import { model, Schema } from 'mongoose';

export interface PushSubscriptionFile {
  /** The endpoint's hash: one browser is one record, whoever signs in there. */
  _id: string;
  user: string;
  endpoint: string;
  keys: { p256dh: string; auth: string };
  since: Date;
}

const text = { type: String, required: true } as const;

const subscriptionSchema = new Schema<PushSubscriptionFile>(
  {
    _id: text,
    user: text,
    endpoint: text,
    keys: { type: Schema.Types.Mixed, required: true },
    since: { type: Date, required: true },
  },
  { versionKey: false, collection: 'pushSubscriptions', minimize: false },
);
subscriptionSchema.index({ user: 1 });

export const PushSubscriptionModel = model<PushSubscriptionFile>('PushSubscription', subscriptionSchema);

/** One record: the pair of keys that every push is signed with. */
export const PushKeysModel = model<{ _id: string; sealed: string }>(
  'PushKeys',
  new Schema({ _id: text, sealed: text }, { versionKey: false, collection: 'pushKeys' }),
);
