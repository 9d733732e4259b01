// Duty: how a link to a release is kept: by the hash of its token, with its recipient, its end and how often it was opened.
import { model, Schema } from 'mongoose';

export interface ShareFile {
  _id: string;
  releaseId: string;
  hash: string;
  recipient: string;
  once: boolean;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  opened: number;
  /** Of a link that opens once: until when its downloads work, and for whom. */
  passHash: string | null;
  passUntil: Date | null;
}

const text = { type: String, required: true } as const;
const maybeDate = { type: Date, default: null } as const;

const shareSchema = new Schema<ShareFile>(
  {
    _id: text,
    releaseId: text,
    hash: text,
    recipient: text,
    once: { type: Boolean, required: true },
    createdBy: text,
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    revokedAt: maybeDate,
    opened: { type: Number, default: 0 },
    passHash: { type: String, default: null },
    passUntil: maybeDate,
  },
  { versionKey: false, collection: 'releaseShares' },
);
shareSchema.index({ hash: 1 }, { unique: true });
shareSchema.index({ releaseId: 1, createdAt: -1 });
export const ShareModel = model<ShareFile>('ReleaseShare', shareSchema);
