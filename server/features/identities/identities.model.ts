// Duty: how the vault is kept: sealed values, check values of keys, and the log of readings that nothing changes afterwards.
import { type InferSchemaType, model, Schema } from 'mongoose';
import { roles } from '../../../shared/directory.ts';
import {
  changeReasons,
  type IdentityField,
  identityFields,
  openReasons,
  readingKinds,
} from '../../../shared/identities.ts';
import type { Sealed } from './sealing.ts';

/** A sealed value, with its blind match value where the field has one. */
export interface KeptField extends Sealed {
  match?: string;
}

export const sealedSchema = new Schema<KeptField>(
  { key: { type: String, required: true }, box: { type: String, required: true }, match: String },
  { _id: false },
);

export interface IdentityRecord {
  /** The case's id: one record per case. */
  _id: string;
  version: number;
  fields: Partial<Record<IdentityField, KeptField | null>>;
  changedAt: Date;
}

const identitySchema = new Schema<IdentityRecord>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    fields: Object.fromEntries(
      identityFields.map((field) => [field, { type: sealedSchema, default: undefined }]),
    ),
    changedAt: { type: Date, required: true },
  },
  { versionKey: false, collection: 'identities', minimize: false },
);
identitySchema.index({ 'fields.phone.match': 1 }, { sparse: true });
identitySchema.index({ 'fields.idNumber.match': 1 }, { sparse: true });
export const IdentityModel = model('Identity', identitySchema);

/** One per key in use: opens only under that key. `_id` is the key's id. */
const checkSchema = new Schema<{ _id: string } & Sealed>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    box: { type: String, required: true },
  },
  { versionKey: false, collection: 'vaultChecks' },
);
export const VaultCheckModel = model('VaultCheck', checkSchema);

const readingSchema = new Schema(
  {
    _id: { type: String, required: true },
    caseId: { type: String, required: true },
    at: { type: Date, required: true },
    kind: { type: String, enum: readingKinds, required: true },
    by: { type: String, required: true },
    /** Null: nobody; time itself did it. */
    role: { type: String, enum: [...roles, null], default: null },
    reason: { type: String, enum: [...openReasons, ...changeReasons, null], default: null },
    fields: { type: [{ type: String, enum: identityFields }], required: true },
  },
  { versionKey: false, collection: 'vaultReadings' },
);
readingSchema.index({ caseId: 1, at: -1 });
readingSchema.index({ by: 1, at: -1 });
readingSchema.index({ at: 1 });

/** A log that can be tidied is no log: whoever tries through the model is told so. */
function neverChanged(): never {
  throw new Error('Readings of the vault are only ever added');
}
readingSchema.pre(
  [
    'updateOne',
    'updateMany',
    'findOneAndUpdate',
    'findOneAndReplace',
    'replaceOne',
    'deleteOne',
    'deleteMany',
    'findOneAndDelete',
  ],
  neverChanged,
);
readingSchema.pre('save', function refuseRewriting() {
  if (!this.isNew) neverChanged();
});
export type VaultReading = InferSchemaType<typeof readingSchema>;
export const VaultReadingModel = model('VaultReading', readingSchema);
