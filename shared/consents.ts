// Duty: what consents and overrides take: the schemas. One consent is one purpose; nothing is bundled.
import { z } from 'zod';
import { daySchema, idSchema } from './api.ts';
import {
  type ConsentPurpose,
  consentForms,
  consentPurposes,
  givers,
  legalBases,
  longestConsentDays,
  needsRecipient,
  noticeVersions,
  overridePurposes,
  type ShareableField,
  shareableFields,
  verdicts,
} from './consentLists.ts';
import { languageSchema } from './directory.ts';

export * from './consentLists.ts';

const reasonText = z.string().trim().min(10, 'too_short').max(500, 'too_long');

const aim = {
  purpose: z.enum(consentPurposes),
  /** The organisation, for a referral; null for every other purpose. */
  recipient: idSchema.nullable(),
  /** For a referral: exactly what may be shown to that organisation. */
  fields: z.array(z.enum(shareableFields)).max(shareableFields.length),
};
type Aim = { purpose: ConsentPurpose; recipient: string | null; fields: readonly ShareableField[] };

function aimFits({ purpose, recipient, fields }: Aim, context: z.RefinementCtx): void {
  const complain = (field: string, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message });
  if (needsRecipient(purpose) && !recipient) complain('recipient', 'required');
  if (!needsRecipient(purpose) && recipient) complain('recipient', 'not_for_this_purpose');
  if (needsRecipient(purpose) && fields.length === 0) complain('fields', 'required');
  if (!needsRecipient(purpose) && fields.length > 0) complain('fields', 'not_for_this_purpose');
  if (new Set(fields).size !== fields.length) complain('fields', 'repeated');
}

export const consentGive = z
  .strictObject({
    id: idSchema,
    ...aim,
    form: z.enum(consentForms),
    /** In which the person was asked. */
    language: languageSchema,
    givenBy: z.enum(givers),
    /** Colleague who asked. */
    askedBy: idSchema,
    givenOn: daySchema,
    /** Last day on which it counts. */
    expiresOn: daySchema,
    textVersion: z.enum(noticeVersions),
    legalBasis: z.enum(legalBases),
  })
  .superRefine(aimFits)
  .superRefine(({ givenOn, expiresOn }, context) => {
    const complain = (message: string) => context.addIssue({ code: 'custom', path: ['expiresOn'], message });
    if (expiresOn <= givenOn) complain('before_given');
    else if ((Date.parse(expiresOn) - Date.parse(givenOn)) / 86_400_000 > longestConsentDays)
      complain('too_far');
  });
export type ConsentGive = z.infer<typeof consentGive>;

/** Nothing has to be said to withdraw; one consent, or all that are live when none is named. */
export const consentWithdraw = z.strictObject({ consent: idSchema.optional() });

/** Somebody's life or health is at stake and they cannot be asked. */
export const consentOverride = z
  .strictObject({ id: idSchema, ...aim, purpose: z.enum(overridePurposes), reason: reasonText })
  .superRefine(aimFits);
export type ConsentOverrideInput = z.infer<typeof consentOverride>;

export const overrideReview = z.strictObject({
  verdict: z.enum(verdicts),
  note: z.string().trim().max(500, 'too_long'),
});
export const overrideListQuery = z.strictObject({
  show: z.enum(['open', 'all']).default('open'),
});

export const withdrawalReceiptCheck = z.strictObject({
  code: z
    .string()
    .transform((code) => code.replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{16}$/, 'not_a_receipt')),
});
