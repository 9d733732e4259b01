// Duty: how a user is kept. Passwords only as argon2id hashes; links only as hashes of their tokens.
import { type HydratedDocument, type InferSchemaType, model, Schema } from 'mongoose';
import { languages, municipalitySlugs, roles } from '../../../shared/directory.ts';

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
    /** Raised to end every session. */
    sessionEpoch: { type: Number, default: 1 },
    version: { type: Number, default: 1 },
    invitedAt: { type: Date, required: true },
    joinedAt: { type: Date, default: null },
    lastSeenAt: { type: Date, default: null },
    example: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'users' },
);
userSchema.index({ email: 1 }, { unique: true });
userSchema.index({ municipality: 1, role: 1 });
userSchema.index({ organisation: 1 });

export type User = InferSchemaType<typeof userSchema>;
export type UserDocument = HydratedDocument<User>;
export const UserModel = model('User', userSchema);
