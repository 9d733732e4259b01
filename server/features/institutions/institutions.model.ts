// Duty: how a duty bearer is kept.
import { type InferSchemaType, model, Schema } from 'mongoose';
import { institutionLevels } from '../../../shared/institutions.ts';
import { themes } from '../../../shared/themes.ts';

const institutionSchema = new Schema(
  {
    _id: { type: String, required: true },
    level: { type: String, enum: institutionLevels, required: true },
    hasLocalOffices: { type: Boolean, default: false },
    themes: { type: [{ type: String, enum: themes, required: true }], required: true },
    names: {
      type: { _id: false, sq: String, sr: String, en: String },
      required: true,
    },
    role: { type: String, required: true },
    verification: { type: String, required: true },
  },
  { versionKey: false, collection: 'institutions' },
);

export type InstitutionEntry = InferSchemaType<typeof institutionSchema>;
export const InstitutionModel = model('Institution', institutionSchema);
