// Duty: the choices of an equity answer and the one sum that may be read; plain data. Re-exported by equity.ts, which has the schema.

export const communities = ['roma', 'ashkali', 'egyptian', 'other', 'prefer_not_to_say'] as const;
export type Community = (typeof communities)[number];

/** Fewer than this, and a cell is withheld; counts are given in steps of `equityStep`, so that no difference shows one person. */
export const equityThreshold = 10;
export const equityStep = 5;

/** All Kosovo, all complete months together. Null: withheld. */
export interface EquitySummary {
  /** Months summed, first and last; null when there is none yet. */
  months: { from: string; to: string } | null;
  answers: number | null;
  communities: Record<Community, number | null>;
  /** Own words that at least `equityThreshold` people used. */
  ownWords: { words: string; count: number }[];
}
