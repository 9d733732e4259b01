// Duty: self-declared equity answers: the choices, the schema, and the one sum that may be read. Never a field of a case, person or user.
import { z } from 'zod';

export const communities = ['roma', 'ashkali', 'egyptian', 'other', 'prefer_not_to_say'] as const;
export type Community = (typeof communities)[number];

/** Fewer than this, and a cell is withheld; counts are given in steps of `equityStep`, so that no difference shows one person. */
export const equityThreshold = 10;
export const equityStep = 5;

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

/** All Kosovo, all complete months together. Null: withheld. */
export interface EquitySummary {
  /** Months summed, first and last; null when there is none yet. */
  months: { from: string; to: string } | null;
  answers: number | null;
  communities: Record<Community, number | null>;
  /** Own words that at least `equityThreshold` people used. */
  ownWords: { words: string; count: number }[];
}
