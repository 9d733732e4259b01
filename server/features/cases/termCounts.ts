// Duty: about how many cases have a word beginning so, so that a search begins with the rarest. Estimates, never shown to anybody.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { CaseModel } from './cases.model.ts';

/** Beyond this a word is simply frequent. */
const mostCounted = 400;
const freshMilliseconds = 60_000;
const mostRemembered = 20_000;
const remembered = new Map<string, { count: number; until: number }>();

async function countOf(word: string, municipalities: readonly MunicipalitySlug[]): Promise<number> {
  const key = `${municipalities.length === 1 ? municipalities[0] : ''} ${word}`;
  const known = remembered.get(key);
  if (known && known.until > Date.now()) return known.count;
  const count = await CaseModel.countDocuments(
    { municipality: { $in: [...municipalities] }, searchTerms: { $regex: new RegExp(`^${word}`) } },
    { limit: mostCounted },
  );
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, { count, until: Date.now() + freshMilliseconds });
  return count;
}

/** The same words, the rarest first, and whether that one is rare enough to begin with. */
export async function rarestFirst(
  words: readonly string[],
  municipalities: readonly MunicipalitySlug[],
): Promise<{ words: string[]; rare: boolean }> {
  const counted = await Promise.all(
    words.map(async (word) => ({ word, count: await countOf(word, municipalities) })),
  );
  counted.sort((a, b) => a.count - b.count);
  return { words: counted.map(({ word }) => word), rare: (counted[0]?.count ?? 0) < mostCounted };
}
