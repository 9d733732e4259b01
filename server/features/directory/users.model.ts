// Duty: how a user is kept. Passwords only as argon2id hashes; links only as hashes of their tokens.
import { type InferSchemaType, model, Schema } from 'mongoose';
import { languages, municipalitySlugs, roles } from '../../../shared/directory.ts';
import { factorResetReasons } from '../../../shared/secondFactor.ts';

/** A one-time link: what is kept of it signs nobody in. */
const linkSchema = new Schema(
  {
    hash: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { _id: false },
);

const sealedSchema = new Schema(
  { key: { type: String, required: true }, box: { type: String, required: true } },
  { _id: false },
);

const factorSchema = new Schema(
  {
    since: { type: Date, required: true },
    secret: { type: sealedSchema, required: true },
    /** The last time step whose code was taken: none is taken twice. */
    lastStep: { type: Number, required: true },
    /** Hashes of the recovery codes that are left. */
    recovery: { type: [String], required: true },
  },
  { _id: false },
);

/** A key that somebody was shown and has not confirmed yet. */
const factorDraftSchema = new Schema(
  { secret: { type: sealedSchema, required: true }, begun: { type: Date, required: true } },
  { _id: false },
);

const factorResetSchema = new Schema(
  {
    at: { type: Date, required: true },
    /** Null: whoever runs the server. */
    by: { type: String, default: null },
    reason: { type: String, enum: factorResetReasons, required: true },
  },
  { _id: false },
);

const userSchema = new Schema(
  {
    _id: { type: String, required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, enum: roles, required: true },
    municipality: { type: String, enum: [...municipalitySlugs, null], default: null },
    organisation: { type: String, default: null },
    language: { type: String, enum: languages, required: true },
    active: { type: Boolean, default: true },
    passwordHash: { type: String, default: null },
    secondFactor: { type: factorSchema, default: null },
    secondFactorDraft: { type: factorDraftSchema, default: null },
    secondFactorReset: { type: factorResetSchema, default: null },
    /** Raised to end every session. */
    sessionEpoch: { type: Number, default: 1 },
    version: { type: Number, default: 1 },
    /** Version at which each field last changed, to tell a stale field from a stale record. */
    fieldVersions: { type: Schema.Types.Mixed, default: {} },
    invitation: { type: linkSchema, default: null },
    reset: { type: linkSchema, default: null },
    invitedAt: { type: Date, required: true },
    joinedAt: { type: Date, default: null },
    lastSeenAt: { type: Date, default: null },
    /** Made with the server; gives their own name and e-mail on accepting. */
    firstAdministrator: { type: Boolean, default: false },
    example: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'users', minimize: false },
);
userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ municipality: 1, role: 1 });
userSchema.index({ organisation: 1 });
userSchema.index({ 'invitation.hash': 1 });
userSchema.index({ 'reset.hash': 1 });

export type User = InferSchemaType<typeof userSchema>;
export const UserModel = model('User', userSchema);
