// Duty: how an organisation is kept.
import { type InferSchemaType, model, Schema } from 'mongoose';
import { municipalitySlugs, organisationKinds } from '../../../shared/directory.ts';
import { services } from '../../../shared/services.ts';
import { themes } from '../../../shared/themes.ts';

const organisationSchema = new Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    shortName: { type: String, required: true },
    kind: { type: String, enum: organisationKinds, required: true },
    themes: { type: [{ type: String, enum: themes, required: true }], default: [] },
    services: { type: [{ type: String, enum: services, required: true }], default: [] },
    municipalities: { type: [{ type: String, enum: municipalitySlugs, required: true }], default: [] },
    capacity: { type: Number, default: null },
    contact: { type: String, default: '' },
    active: { type: Boolean, default: true },
    evidence: { type: String, default: null },
    version: { type: Number, default: 1 },
    /** Version at which each field last changed, to tell a stale field from a stale record. */
    fieldVersions: { type: Schema.Types.Mixed, default: {} },
  },
  { versionKey: false, collection: 'organisations', minimize: false },
);
organisationSchema.index({ active: 1, kind: 1 });

export type OrganisationEntry = InferSchemaType<typeof organisationSchema>;
export const OrganisationModel = model('Organisation', organisationSchema);
