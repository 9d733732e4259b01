// Duty: what figures are counted from: referrals without words, names or sides, streamed. Nothing is added up here.
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { type ReferralFile, ReferralModel } from './referrals.model.ts';
import { referralsVisibleTo } from './referrals.queries.ts';

const fields = {
  _id: 0,
  caseId: 1,
  kind: 1,
  status: 1,
  replyBy: 1,
  sentAt: 1,
  endedAt: 1,
  received: 1,
  history: 1,
} as const;

export type ReferralForFigures = Pick<
  ReferralFile,
  'caseId' | 'kind' | 'status' | 'replyBy' | 'sentAt' | 'endedAt' | 'received'
> & { history: { move: string; at: Date }[] };

/** Sent ones that changed since then. An answer or its lack, at the latest on the day of reply, changes a referral. */
export function referralsForFigures(viewer: Viewer, from: Date): AsyncIterable<ReferralForFigures> {
  if (viewer.role !== 'coordinator') throw notFound();
  return ReferralModel.collection.find<ReferralForFigures>(
    { $and: [referralsVisibleTo(viewer), { changedAt: { $gte: from } }] } as never,
    { projection: fields, batchSize: 1_000 },
  );
}

export async function referralCountForFigures(viewer: Viewer, from: Date): Promise<number> {
  if (viewer.role !== 'coordinator') throw notFound();
  return ReferralModel.collection.countDocuments({
    $and: [referralsVisibleTo(viewer), { changedAt: { $gte: from } }],
  } as never);
}
