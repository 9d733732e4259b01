// Duty: what each move of a referral must be given: the schemas. The transition table itself, as plain data: referralLists.ts.
import { z } from 'zod';
import { daySchema, idSchema, versionSchema } from './api.ts';
import { shareableFields } from './consentLists.ts';
import { declineReasons, receivedAnswers } from './referralLists.ts';

export * from './referralLists.ts';

const reason = z.string().trim().min(1, 'required').max(2000, 'too_long');
const based = { version: versionSchema };

const given = {
  decline: { move: z.literal('decline'), reasonCode: z.enum(declineReasons), reason },
  recall: { move: z.literal('recall'), reason },
  begin: { move: z.literal('begin') },
  complete: { move: z.literal('complete'), given: reason, givenOn: daySchema },
  fail: { move: z.literal('fail'), reason },
  reroute: {
    move: z.literal('reroute'),
    suggestedOrganisation: idSchema,
    reason,
    /** Where it is a decline that names who could help instead. */
    reasonCode: z.enum(declineReasons).optional(),
  },
  confirm: {
    move: z.literal('confirm'),
    received: z.enum(receivedAnswers),
    note: z.string().trim().max(2000, 'too_long').optional(),
  },
  accept: { move: z.literal('accept'), worker: idSchema, firstContactOn: daySchema },
} as const;

export const referralMoveInput = z.discriminatedUnion('move', [
  z.strictObject({ move: z.literal('send'), ...based }),
  z.strictObject({ ...given.accept, ...based }),
  z.strictObject({ ...given.decline, ...based }),
  z.strictObject({ ...given.recall, ...based }),
  z.strictObject({ ...given.begin, ...based }),
  z.strictObject({ ...given.complete, ...based }),
  z.strictObject({ ...given.fail, ...based }),
  z.strictObject({ ...given.reroute, ...based }),
  z.strictObject({ ...given.confirm, ...based }),
  z.strictObject({
    move: z.literal('resend'),
    /** Id of the new referral. */
    id: idSchema,
    /** When left out: who was asked before or, after a reroute, who was suggested. */
    recipient: idSchema.optional(),
    /** When left out: as many days from today as the urgency gives. */
    replyBy: daySchema.optional(),
    /** When left out: the fields shared before. */
    sharedFields: z.array(z.enum(shareableFields)).max(shareableFields.length).optional(),
    ...based,
  }),
]);
export type ReferralMoveInput = z.infer<typeof referralMoveInput>;

/** One move for many referrals; each is made on the referral as it stands. */
export const referralBulkInput = z.strictObject({
  ids: z.array(idSchema).min(1, 'required').max(100, 'too_many'),
  change: z.discriminatedUnion('move', [
    z.strictObject(given.accept),
    z.strictObject(given.decline),
    z.strictObject(given.recall),
    z.strictObject(given.begin),
    z.strictObject(given.complete),
    z.strictObject(given.fail),
    z.strictObject(given.confirm),
  ]),
});
export type ReferralBulkInput = z.infer<typeof referralBulkInput>;

/** What an organisation without accounts may answer through its one-time link: the same states, a worker by name. */
export const linkMoveInput = z.discriminatedUnion('move', [
  z.strictObject({
    move: z.literal('accept'),
    workerName: z.string().trim().min(1, 'required').max(80, 'too_long'),
    firstContactOn: daySchema,
    ...based,
  }),
  z.strictObject({ ...given.decline, ...based }),
  z.strictObject({ ...given.begin, ...based }),
  z.strictObject({ ...given.complete, ...based }),
  z.strictObject({ ...given.fail, ...based }),
  z.strictObject({ ...given.reroute, ...based }),
]);
export type LinkMoveInput = z.infer<typeof linkMoveInput>;
