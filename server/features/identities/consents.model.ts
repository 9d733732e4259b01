// Duty: how consents and vital-interest overrides are kept. Reasons in words are sealed like everything else about a person.
import { type InferSchemaType, model, Schema } from 'mongoose';
import {
  consentForms,
  consentPurposes,
  givers,
  legalBases,
  noticeVersions,
  overridePurposes,
  shareableFields,
  verdicts,
} from '../../../shared/consents.ts';
import { languages, municipalitySlugs } from '../../../shared/directory.ts';
import { sealedSchema } from './identities.model.ts';

const text = { type: String, required: true } as const;
const maybeText = { type: String, default: null } as const;
const fields = { type: [{ type: String, enum: shareableFields }], required: true };

const consentSchema = new Schema(
  {
    _id: text,
    caseId: text,
    /** Of the case: for rooms and lists; a case never moves. */
    municipality: { ...text, enum: municipalitySlugs },
    purpose: { ...text, enum: consentPurposes },
    recipient: maybeText,
    fields,
    form: { ...text, enum: consentForms },
    language: { ...text, enum: languages },
    givenBy: { ...text, enum: givers },
    askedBy: text,
    givenOn: text,
    expiresOn: text,
    textVersion: { ...text, enum: noticeVersions },
    legalBasis: { ...text, enum: legalBases },
    recordedAt: { type: Date, required: true },
    recordedBy: text,
    withdrawnAt: { type: Date, default: null },
    withdrawnBy: maybeText,
    /** Hash of the code on the paper that the person holds. */
    receiptHash: { type: String, default: undefined },
    /** Withdrawn, but not everybody who acts on it has been told yet. */
    cascadePending: { type: Boolean, default: undefined },
    /** Its last day is past, and the screens that showed what it opened were told. */
    expiryTold: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'consents' },
);
consentSchema.index({ caseId: 1, purpose: 1, recipient: 1, recordedAt: -1 });
consentSchema.index({ purpose: 1, withdrawnAt: 1 });
consentSchema.index({ receiptHash: 1 }, { sparse: true });
consentSchema.index({ cascadePending: 1 }, { sparse: true });
consentSchema.index({ expiryTold: 1, expiresOn: 1 });
export type Consent = InferSchemaType<typeof consentSchema>;
export const ConsentModel = model('Consent', consentSchema);

const reviewSchema = new Schema(
  {
    verdict: { ...text, enum: verdicts },
    note: { type: sealedSchema, default: null },
    by: text,
    at: { type: Date, required: true },
  },
  { _id: false },
);

const overrideSchema = new Schema(
  {
    _id: text,
    caseId: text,
    municipality: { ...text, enum: municipalitySlugs },
    purpose: { ...text, enum: overridePurposes },
    recipient: maybeText,
    fields,
    reason: { type: sealedSchema, required: true },
    by: text,
    at: { type: Date, required: true },
    until: { type: Date, required: true },
    /** The person could be asked after all and said no. */
    endedAt: { type: Date, default: null },
    review: { type: reviewSchema, default: null },
    cascadePending: { type: Boolean, default: undefined },
    expiryTold: { type: Boolean, default: false },
  },
  { versionKey: false, collection: 'consentOverrides' },
);
overrideSchema.index({ caseId: 1, at: -1 });
overrideSchema.index({ at: -1 });
overrideSchema.index({ cascadePending: 1 }, { sparse: true });
overrideSchema.index({ expiryTold: 1, until: 1 });
export type ConsentOverride = InferSchemaType<typeof overrideSchema>;
export const ConsentOverrideModel = model('ConsentOverride', overrideSchema);
