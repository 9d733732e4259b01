// Duty: what each move of a commitment must be given: the schemas. The move tables, as plain data: commitmentLists.ts.
import { z } from 'zod';
import { daySchema, idSchema, versionSchema } from './api.ts';
import { closings, completions, formalities, latestDay } from './commitmentLists.ts';

export * from './commitmentLists.ts';

const reason = z.string().trim().min(1, 'required').max(2000, 'too_long');
const maybeReason = z.string().trim().max(2000, 'too_long').optional();
const based = { version: versionSchema };
export const plannedDay = daySchema.refine(
  (day) => day >= '1990-01-01' && day <= latestDay,
  'day_out_of_range',
);

/** Whole or with cents, never negative; null: not known. */
const euros = z
  .number()
  .min(0, 'negative')
  .max(10_000_000_000, 'too_large')
  .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-4, 'too_fine')
  .nullable();
export const budgetSchema = z.strictObject({ promised: euros, approved: euros, spent: euros });
export type Budget = z.infer<typeof budgetSchema>;

export const commitmentMoveInput = z.discriminatedUnion('move', [
  z.strictObject({ move: z.literal('approve'), ...based }),
  z.strictObject({ move: z.literal('decline'), reason, ...based }),
  z.strictObject({
    move: z.literal('formality'),
    to: z.enum(formalities),
    /** Needed for everything but a step forward. */
    reason: maybeReason,
    ...based,
  }),
  z.strictObject({
    move: z.literal('report'),
    completion: z.enum(completions),
    reportedOn: daySchema,
    /** Where the authority said it; needed when it says less than before. */
    note: maybeReason,
    ...based,
  }),
  z.strictObject({
    move: z.literal('check'),
    /** Of the check; repeating it changes nothing. */
    id: idSchema,
    completion: z.enum(completions),
    checkedOn: daySchema,
    /** Files of this commitment. Only `no_evidence` may stand without one, and then says what was looked for. */
    evidence: z.array(idSchema).max(20, 'too_many'),
    note: z.string().trim().max(2000, 'too_long'),
    /** Null: none is planned. */
    nextCheckOn: plannedDay.nullable(),
    ...based,
  }),
  z.strictObject({ move: z.literal('deadline'), dueOn: plannedDay, reason, ...based }),
  z.strictObject({ move: z.literal('budget'), budget: budgetSchema, note: maybeReason, ...based }),
  z.strictObject({ move: z.literal('plan_check'), nextCheckOn: plannedDay.nullable(), ...based }),
  z.strictObject({
    move: z.literal('close'),
    closedAs: z.enum(closings),
    /** Needed for everything but `complete`. */
    reason: maybeReason,
    ...based,
  }),
  z.strictObject({ move: z.literal('reopen'), reason, ...based }),
]);
export type CommitmentMoveInput = z.infer<typeof commitmentMoveInput>;
