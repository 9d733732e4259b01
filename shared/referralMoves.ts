// Duty: the transition table of a referral as data, for server and client alike. Who a person is to a referral: the policy.
import { z } from 'zod';
import { daySchema, idSchema, versionSchema } from './api.ts';
import { shareableFields } from './consentLists.ts';

export const referralStatuses = [
  'draft',
  'pending',
  'accepted',
  'in_progress',
  'completed',
  'unsuccessful',
  'declined',
  'recalled',
  'expired',
  'rerouted',
  'consent_withdrawn',
] as const;
export type ReferralStatus = (typeof referralStatuses)[number];
/** The recipient sees the shared fields in these; after the work has ended only for some days more. */
export const sharedWhile: readonly ReferralStatus[] = [
  'accepted',
  'in_progress',
  'completed',
  'unsuccessful',
];
export const fieldsCloseAfterDays = 14;
/** After the work has ended the sender asks the person within so many days whether it reached them. */
export const confirmWithinDays = 14;
export const longestReplyDays = 60;
/** A one-time link ends so many days after the reply-by day: the time to do the work. */
export const linkWorkDays = 60;

export const referralMoveNames = [
  'send',
  'accept',
  'decline',
  'recall',
  'begin',
  'complete',
  'fail',
  'reroute',
  'confirm',
  'resend',
] as const;
export type ReferralMoveName = (typeof referralMoveNames)[number];

/** `referral`: the lead stays. `transfer`: the lead passes to the worker who accepts. */
export const referralKinds = ['referral', 'transfer'] as const;
export type ReferralKind = (typeof referralKinds)[number];

export type ReferralSide = 'sender' | 'recipient';

export interface ReferralMove {
  from: readonly ReferralStatus[];
  /** Null: the status stays (a confirmation) or a new referral is made (a resend). */
  to: ReferralStatus | null;
  side: ReferralSide;
  /** A transfer ends with its acceptance: what comes after is the case's own lifecycle. */
  ofTransfers: boolean;
}

export const referralMoves: Record<ReferralMoveName, ReferralMove> = {
  send: { from: ['draft'], to: 'pending', side: 'sender', ofTransfers: true },
  accept: { from: ['pending'], to: 'accepted', side: 'recipient', ofTransfers: true },
  decline: { from: ['pending'], to: 'declined', side: 'recipient', ofTransfers: true },
  recall: { from: ['draft', 'pending', 'accepted'], to: 'recalled', side: 'sender', ofTransfers: true },
  begin: { from: ['accepted'], to: 'in_progress', side: 'recipient', ofTransfers: false },
  complete: { from: ['in_progress'], to: 'completed', side: 'recipient', ofTransfers: false },
  fail: { from: ['in_progress'], to: 'unsuccessful', side: 'recipient', ofTransfers: false },
  reroute: {
    from: ['pending', 'accepted', 'in_progress'],
    to: 'rerouted',
    side: 'recipient',
    ofTransfers: false,
  },
  confirm: { from: ['completed', 'unsuccessful'], to: null, side: 'sender', ofTransfers: false },
  resend: { from: ['expired', 'declined', 'rerouted'], to: null, side: 'sender', ofTransfers: true },
};

/** Under way elsewhere: the case is not closed meanwhile. An accepted transfer is the new lead's own case. */
export const isUnderWay = ({ status, kind }: { status: ReferralStatus; kind: ReferralKind }): boolean =>
  status === 'pending' || (kind === 'referral' && (status === 'accepted' || status === 'in_progress'));

export const declineReasons = [
  'no_capacity',
  'not_our_service',
  'not_our_area',
  'person_already_helped',
  'not_enough_information',
  'other',
] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** "Did the person receive it?" Only `yes` counts as a successful referral. */
export const receivedAnswers = ['yes', 'partly', 'no'] as const;
export type ReceivedAnswer = (typeof receivedAnswers)[number];

const reason = z.string().trim().min(1, 'required').max(2000, 'too_long');
const based = { version: versionSchema };

const given = {
  decline: { move: z.literal('decline'), reasonCode: z.enum(declineReasons), reason },
  recall: { move: z.literal('recall'), reason },
  begin: { move: z.literal('begin') },
  complete: { move: z.literal('complete'), given: reason, givenOn: daySchema },
  fail: { move: z.literal('fail'), reason },
  reroute: { move: z.literal('reroute'), suggestedOrganisation: idSchema, reason },
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
