// Duty: cases that look alike, for whoever gathers a pattern: same themes and places, like words, behind no issue yet. From memory.
import type { CaseRow } from '../../../shared/caseViews.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { SubTheme, Theme } from '../../../shared/themes.ts';
import type { Viewer } from '../../policy.ts';
import { indexQuestionOf } from './caseCounts.queries.ts';
import { caseIndexNow } from './caseIndexFeed.ts';
import { caseRowsFor } from './caseList.queries.ts';
import { wordsOf } from './searchTerms.ts';

export interface Pattern {
  themes: Theme[];
  /** Empty: all of the themes. */
  subThemes: SubTheme[];
  municipalities: MunicipalitySlug[];
  text: string;
}

/** Shorter words say little about what a case is. */
const shortestTelling = 4;
const mostTelling = 60;
const mostLookedAt = 200;
/** Shares of likeness. */
const weights = { words: 0.6, subTheme: 0.4 };
const leastLike = 0.25;

/** Only cases the viewer sees, the likest first. For teams and coordinators: guests of a case gather no patterns. */
export async function casesAlike(
  viewer: Viewer,
  { themes, subThemes, municipalities, text }: Pattern,
  limit: number,
): Promise<(CaseRow & { likeness: number })[]> {
  const index = await caseIndexNow();
  if (!index || viewer.role === 'cso_member') return [];
  const filter = { theme: themes, municipality: municipalities };
  const question = indexQuestionOf(viewer, filter);
  const words = wordsOf(text)
    .filter((word) => word.length >= shortestTelling)
    .slice(0, mostTelling);
  const ofSubThemes = subThemes.length > 0 ? { ...filter, subTheme: subThemes } : null;
  const found = new Map([
    ...(ofSubThemes ? index.alike(indexQuestionOf(viewer, ofSubThemes), words, mostLookedAt) : []).map(
      ({ id, likeness }) => [id, weights.subTheme + weights.words * likeness] as const,
    ),
  ]);
  for (const { id, likeness } of index.alike(question, words, mostLookedAt))
    if (!found.has(id)) found.set(id, (ofSubThemes ? 0 : weights.subTheme) + weights.words * likeness);
  const likest = [...found]
    .filter(([, likeness]) => likeness >= leastLike)
    .sort(([, a], [, b]) => b - a)
    .slice(0, limit);
  const rows = await caseRowsFor(viewer, { _id: { $in: likest.map(([id]) => id) } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return likest.flatMap(([id, likeness]) => {
    const row = byId.get(id);
    return row ? [{ ...row, likeness: Math.round(likeness * 100) / 100 }] : [];
  });
}
