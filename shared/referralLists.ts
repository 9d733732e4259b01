// Duty: the closed lists of referrals and their transition table, plain data. Re-exported by referrals.ts and referralMoves.ts, which have the schemas.

export { type Service, services } from './serviceLists.ts';

/** From the inter-agency referral form; each with the days the recipient has to answer. */
export const referralUrgencies = { within_24_hours: 1, within_72_hours: 3, within_2_weeks: 14 } as const;
export type ReferralUrgency = keyof typeof referralUrgencies;

export const referralGroups = ['to_answer', 'in_work', 'to_confirm', 'ended'] as const;
export type ReferralGroup = (typeof referralGroups)[number];

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
