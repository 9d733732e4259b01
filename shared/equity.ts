// Duty: what a self-declared equity answer takes: the schema. Never a field of a case, person or user.
import { z } from 'zod';
import { communities } from './equityLists.ts';

export * from './equityLists.ts';

/** Letters only: a telephone or an ID number cannot be written here. */
const ownWords = z
  .string()
  .trim()
  .max(40, 'too_long')
  .regex(/^[\p{L}\p{M}' -]*$/u, 'letters_only');

export const equityAnswer = z
  .strictObject({
    communities: z.array(z.enum(communities)).min(1, 'required').max(communities.length),
    /** In the person's own words, beside `other`. */
    ownWords: ownWords.default(''),
  })
  .superRefine((answer, context) => {
    const complain = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    if (new Set(answer.communities).size !== answer.communities.length) complain('communities', 'repeated');
    if (answer.communities.includes('prefer_not_to_say') && answer.communities.length > 1)
      complain('communities', 'not_together');
    if (answer.ownWords && !answer.communities.includes('other')) complain('ownWords', 'needs_other');
  });
export type EquityAnswerInput = z.infer<typeof equityAnswer>;
