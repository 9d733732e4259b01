// Duty: the one sum over equity answers: all Kosovo, whole months, small and tell-tale cells withheld. Takes no filter at all.
import {
  type Community,
  communities,
  type EquitySummary,
  equityStep,
  equityThreshold,
} from '../../../shared/equity.ts';
import { clock, dayOf } from '../../clock.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { type EquityMonth, EquityMonthModel, type KeptAnswer } from './equity.model.ts';
import { mayReadEquity } from './identities.policy.ts';

/** The month under way is left out: watching a sum grow by one would show whose answer it was. */
export async function equitySummaryFor(viewer: Viewer): Promise<EquitySummary> {
  ensure(mayReadEquity, viewer, null);
  const thisMonth = dayOf(clock.now()).slice(0, 7);
  const months = await EquityMonthModel.find({ _id: { $lt: thisMonth } })
    .sort({ _id: 1 })
    .lean<EquityMonth[]>();
  const answers = months.flatMap((month) => month.answers);
  return {
    months: months.length > 0 ? { from: months[0]!._id, to: months.at(-1)!._id } : null,
    ...sumOf(answers),
  };
}

export function sumOf(answers: KeptAnswer[]): Omit<EquitySummary, 'months'> {
  const counts = new Map<Community, number>(communities.map((community) => [community, 0]));
  const words = new Map<string, number>();
  for (const answer of answers) {
    for (const community of answer.communities) counts.set(community, (counts.get(community) ?? 0) + 1);
    if (answer.ownWords) words.set(answer.ownWords, (words.get(answer.ownWords) ?? 0) + 1);
  }
  const withheld = withheldOf(counts);
  const enough = answers.length >= equityThreshold;
  return {
    answers: enough ? stepped(answers.length) : null,
    communities: Object.fromEntries(
      communities.map((community) => [
        community,
        enough && !withheld.has(community) ? stepped(counts.get(community) ?? 0) : null,
      ]),
    ) as Record<Community, number | null>,
    ownWords: [...words]
      .filter(([, count]) => count >= equityThreshold)
      .map(([kept, count]) => ({ words: kept, count: stepped(count) }))
      .sort((a, b) => b.count - a.count || a.words.localeCompare(b.words)),
  };
}

/** One hidden cell could be worked out from the total: then the next smallest is hidden with it. */
function withheldOf(counts: ReadonlyMap<Community, number>): Set<Community> {
  const bySize = [...counts].sort((a, b) => a[1] - b[1]).map(([community]) => community);
  const withheld = new Set(bySize.filter((community) => (counts.get(community) ?? 0) < equityThreshold));
  const next = bySize.find((community) => !withheld.has(community));
  if (withheld.size === 1 && next) withheld.add(next);
  return withheld;
}

const stepped = (count: number) => Math.floor(count / equityStep) * equityStep;
