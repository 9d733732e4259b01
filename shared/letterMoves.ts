// Duty: what each move of a letter must be given: the schemas. The transition table itself, as plain data: letterLists.ts.
import { z } from 'zod';
import { daySchema, idSchema, versionSchema } from './api.ts';
import { letterLimits, sendingWays } from './letterLists.ts';

export * from './letterLists.ts';

const based = { version: versionSchema };
const reason = z.string().trim().min(1, 'required').max(letterLimits.summary, 'too_long');
const protocol = z.string().trim().max(letterLimits.protocol, 'too_long').optional();

export const letterMoveInput = z.discriminatedUnion('move', [
  z.strictObject({
    move: z.literal('send'),
    on: daySchema,
    way: z.enum(sendingWays),
    /** The number our letter was entered under, where it was handed in. */
    protocol,
    /** Where no reply rule is set for this kind: the day by which a reply is expected. */
    replyBy: daySchema.optional(),
    ...based,
  }),
  z.strictObject({
    move: z.literal('acknowledge'),
    on: daySchema,
    protocol: reason.max(letterLimits.protocol, 'too_long'),
    ...based,
  }),
  z.strictObject({ move: z.literal('extend'), on: daySchema, reason: reason.optional(), ...based }),
  z.strictObject({ move: z.literal('answer'), on: daySchema, summary: reason, protocol, ...based }),
  z.strictObject({ move: z.literal('refuse'), on: daySchema, summary: reason, protocol, ...based }),
  z.strictObject({
    move: z.literal('escalate'),
    /** Id of the draft on the next rung. */
    id: idSchema,
    ...based,
  }),
  z.strictObject({ move: z.literal('withdraw'), reason, ...based }),
]);
export type LetterMoveInput = z.infer<typeof letterMoveInput>;
