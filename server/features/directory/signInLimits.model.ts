// Duty: how failed attempts and trusted places are counted, so that several processes agree. Hashes only, gone after a while.
import { model, Schema } from 'mongoose';

export interface Attempts {
  _id: string;
  /** Hash of the e-mail, known or not; null for a count over many accounts. */
  account: string | null;
  failures: number;
  /** Before this nobody may try again under this key. */
  blockedUntil: Date | null;
  /** For an address: hashes of the distinct accounts that failed from it. */
  accounts: string[];
  expiresAt: Date;
}
export const AttemptsModel = model<Attempts>(
  'Attempts',
  new Schema<Attempts>(
    {
      _id: String,
      account: { type: String, default: null },
      failures: { type: Number, default: 0 },
      blockedUntil: { type: Date, default: null },
      accounts: { type: [String], default: [] },
      expiresAt: Date,
    },
    { versionKey: false, collection: 'signInAttempts' },
  )
    .index({ expiresAt: 1 }, { expireAfterSeconds: 0 })
    .index({ account: 1 }),
);

/** A device or address from which this account was signed in to before. */
export interface TrustedPlace {
  _id: string;
  account: string;
  expiresAt: Date;
}
export const TrustedPlaceModel = model<TrustedPlace>(
  'TrustedPlace',
  new Schema<TrustedPlace>(
    { _id: String, account: String, expiresAt: Date },
    { versionKey: false, collection: 'trustedPlaces' },
  )
    .index({ expiresAt: 1 }, { expireAfterSeconds: 0 })
    .index({ account: 1 }),
);
