// Duty: what of releases belongs in the week of who reads them: those that came out since the last visit.
import { releaseReference } from '../../../shared/periods.ts';
import { emptyPart, mostWeekItems, type WeekAsked, type WeekPart, weekItem } from '../../../shared/week.ts';
import type { Viewer } from '../../policy.ts';
import { type ReleaseFile, ReleaseModel } from './releases.model.ts';
import { readsProgress } from './summaries.policy.ts';

export async function releaseWeek(viewer: Viewer, { since }: WeekAsked): Promise<WeekPart> {
  if (!readsProgress(viewer)) return emptyPart();
  const out = await ReleaseModel.find(
    { status: 'published', ...(since ? { publishedAt: { $gt: since } } : {}) },
    { period: 1, number: 1, publishedAt: 1 },
  )
    .sort({ publishedAt: -1 })
    .limit(mostWeekItems)
    .lean<Pick<ReleaseFile, '_id' | 'period' | 'number' | 'publishedAt'>[]>();
  return {
    ...emptyPart(),
    fresh: out.map(({ _id, period, number, publishedAt }) =>
      weekItem({
        key: `release ${_id}`,
        place: 'progress',
        id: null,
        verb: 'release.published',
        reference: releaseReference(period, number),
        at: publishedAt?.toISOString() ?? null,
      }),
    ),
  };
}
