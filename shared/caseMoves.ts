// Duty: the transition table of a case as data, used by the server to decide and by the client to offer. No rules about persons here.
import { z } from 'zod';
import { daySchema, idSchema, versionSchema } from './api.ts';
import {
  type CaseStatus,
  confirmations,
  limits,
  resolvedOutcomes,
  urgencies,
  waitingParties,
} from './cases.ts';

export const caseMoveNames = [
  'triage',
  'dismiss',
  'start',
  'wait',
  'resume',
  'resolve',
  'close',
  'reopen',
  'withdraw',
] as const;
export type CaseMoveName = (typeof caseMoveNames)[number];

/** Who may, in terms of the viewer's relation to the case; the policy gives these their meaning. */
export type MoveActor = 'triager' | 'coordinator' | 'lead' | 'activist';

export interface CaseMove {
  from: readonly CaseStatus[];
  to: CaseStatus;
  who: readonly MoveActor[];
}

export const caseMoves: Record<CaseMoveName, CaseMove> = {
  triage: { from: ['new'], to: 'triaged', who: ['triager', 'coordinator'] },
  dismiss: { from: ['new', 'triaged'], to: 'closed', who: ['coordinator'] },
  start: { from: ['triaged'], to: 'in_progress', who: ['lead'] },
  wait: { from: ['in_progress'], to: 'waiting', who: ['lead'] },
  resume: { from: ['waiting'], to: 'in_progress', who: ['lead'] },
  resolve: { from: ['in_progress', 'waiting'], to: 'resolved', who: ['lead'] },
  close: { from: ['resolved'], to: 'closed', who: ['lead', 'coordinator'] },
  reopen: { from: ['resolved', 'closed'], to: 'in_progress', who: ['activist', 'coordinator'] },
  withdraw: { from: ['new', 'triaged', 'in_progress', 'waiting'], to: 'closed', who: ['lead'] },
};

const reason = z.string().trim().min(1, 'required').max(limits.note, 'too_long');
const based = { version: versionSchema };

/** What each move must be given. */
export const caseMoveInput = z.discriminatedUnion('move', [
  z.strictObject({
    move: z.literal('triage'),
    urgency: z.enum(urgencies),
    lead: idSchema,
    inScope: z.literal(true),
    ...based,
  }),
  z
    .strictObject({
      move: z.literal('dismiss'),
      outcome: z.enum(['out_of_scope', 'duplicate']),
      /** Id of the case this one repeats. */
      duplicateOf: idSchema.optional(),
      /** Where else the person was told to go. */
      reason,
      ...based,
    })
    .refine((input) => input.outcome !== 'duplicate' || input.duplicateOf, {
      path: ['duplicateOf'],
      message: 'required',
    }),
  z.strictObject({
    move: z.literal('start'),
    /** First step of the plan; may be left out when the plan already has an open one. */
    step: z
      .strictObject({
        title: z.string().trim().min(1, 'required').max(limits.step, 'too_long'),
        due: daySchema,
      })
      .optional(),
    ...based,
  }),
  z.strictObject({ move: z.literal('wait'), party: z.enum(waitingParties), until: daySchema, ...based }),
  z.strictObject({ move: z.literal('resume'), ...based }),
  z.strictObject({
    move: z.literal('resolve'),
    outcome: z.enum(resolvedOutcomes as [(typeof resolvedOutcomes)[number], ...typeof resolvedOutcomes]),
    /** What shows it; may be left out when the case has evidence. */
    note: z.string().trim().max(limits.note, 'too_long').optional(),
    ...based,
  }),
  z.strictObject({ move: z.literal('close'), confirmedBy: z.enum(confirmations), ...based }),
  z.strictObject({ move: z.literal('reopen'), reason, ...based }),
  z.strictObject({ move: z.literal('withdraw'), ...based }),
]);
export type CaseMoveInput = z.infer<typeof caseMoveInput>;
