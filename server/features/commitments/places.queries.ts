// Duty: which promises slip or are broken in which municipalities, and which were made there; for whoever sees them. For the map and its briefing.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { clock, dayOf } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { type CommitmentFile, CommitmentModel } from './commitments.model.ts';
import { seesCommitments } from './commitments.policy.ts';
import { type CommitmentQuestion, slippingParts, visible } from './commitments.queries.ts';

const told = {
  reference: 1,
  title: 1,
  titles: 1,
  institutionId: 1,
  municipality: 1,
  promisedOn: 1,
  dueOn: 1,
  status: 1,
  closedAs: 1,
  authorityReported: 1,
  verified: 1,
  lookedAtOn: 1,
  slips: 1,
  changedAt: 1,
} as const;
export type PromiseHere = Pick<CommitmentFile, '_id' | keyof typeof told>;

const most = 2_000;

const find = (viewer: Viewer, question: CommitmentQuestion): Promise<PromiseHere[]> =>
  CommitmentModel.find(visible(viewer, question), told)
    .sort({ status: -1, dueOn: 1, _id: 1 })
    .limit(most)
    .lean<PromiseHere[]>();

/** Overdue ones, what is late longest first, then those that were closed as broken. Null: of no municipality. */
export async function slippingPromisesIn(
  viewer: Viewer,
  municipalities: readonly (MunicipalitySlug | null)[],
): Promise<PromiseHere[]> {
  if (!seesCommitments(viewer)) return [];
  const here = { municipality: { $in: [...municipalities] } };
  const found = await Promise.all(
    slippingParts(dayOf(clock.now())).map((part) => find(viewer, { ...here, ...part })),
  );
  return found.flat();
}

/** Approved ones of that municipality: open, what is due first; then closed ones, the newest first. */
export async function promisesMadeIn(viewer: Viewer, municipality: MunicipalitySlug): Promise<PromiseHere[]> {
  if (!seesCommitments(viewer)) return [];
  const [open, closed] = await Promise.all([
    find(viewer, { municipality, status: 'open' }),
    find(viewer, { municipality, status: 'closed' }),
  ]);
  return [...open, ...closed.sort((a, b) => b.changedAt.getTime() - a.changedAt.getTime())];
}
