// Duty: cases that a new one may repeat: near, of the same theme, recent, in like words, and only what the viewer may see anyway.
import type { z } from 'zod';
import type { similarQuery } from '../../../shared/cases.ts';
import type { SimilarCase } from '../../../shared/caseViews.ts';
import { clock } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';
import { visible } from './cases.queries.ts';
import { wordsOf } from './searchTerms.ts';

export { queryWords, wordsOf } from './searchTerms.ts';

const recentDays = 365;
const mostLookedAt = 150;
const mostShown = 5;
const dayMilliseconds = 86_400_000;
/** Shorter words say little about what a case is. */
const shortestTelling = 4;

/** Shares of likeness: what is said, where, when. */
const weights = { words: 0.5, place: 0.3, age: 0.2 };
const leastLike = 0.4;

const lookedAt = {
  reference: 1,
  title: 1,
  status: 1,
  settlement: 1,
  precision: 1,
  loggedAt: 1,
  searchTerms: 1,
} as const;
type Candidate = Pick<CaseFile, '_id' | keyof typeof lookedAt>;

export async function similarCases(
  viewer: Viewer,
  asked: z.infer<typeof similarQuery>,
): Promise<SimilarCase[]> {
  const now = clock.now().getTime();
  const candidates = await CaseModel.find(
    visible(viewer, {
      municipality: asked.municipality,
      theme: asked.theme,
      loggedAt: { $gte: new Date(now - recentDays * dayMilliseconds) },
    }),
    lookedAt,
  )
    .sort({ loggedAt: -1, _id: -1 })
    .limit(mostLookedAt)
    .lean<Candidate[]>();
  const words = new Set(wordsOf(asked.text ?? '').filter((word) => word.length >= shortestTelling));
  return candidates
    .map((candidate) => ({ candidate, likeness: likenessOf(candidate, asked, words, now) }))
    .filter(({ likeness }) => likeness >= leastLike)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, mostShown)
    .map(({ candidate, likeness }) => ({
      id: candidate._id,
      reference: candidate.reference,
      title: candidate.title,
      status: candidate.status,
      loggedAt: candidate.loggedAt.toISOString(),
      likeness: Math.round(likeness * 100) / 100,
    }));
}

function likenessOf(
  candidate: Candidate,
  asked: z.infer<typeof similarQuery>,
  words: ReadonlySet<string>,
  now: number,
): number {
  const shared = candidate.searchTerms.filter((term) => words.has(term)).length;
  const saidAlike = words.size === 0 ? 0 : Math.min(1, shared / Math.min(words.size, 8));
  const samePlace = asked.settlement !== undefined && candidate.settlement === asked.settlement ? 1 : 0.4;
  const days = (now - candidate.loggedAt.getTime()) / dayMilliseconds;
  return (
    weights.words * saidAlike + weights.place * samePlace + weights.age * Math.max(0, 1 - days / recentDays)
  );
}
