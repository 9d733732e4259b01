// Duty: the one scope of commitments (who may see which), one of them through it, and how the derived statuses are asked of the database.
import type { QueryFilter } from 'mongoose';
import { dayPlus } from '../../../shared/commitmentFlags.ts';
import {
  approvedStatuses,
  type CommitmentFlag,
  completions,
  dueSoonDays,
  staleAfterDays,
  unkept,
} from '../../../shared/commitmentLists.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { type CommitmentFile, CommitmentModel, noDay } from './commitments.model.ts';
import { seesCommitments } from './commitments.policy.ts';

export type { CommitmentFile } from './commitments.model.ts';

export type CommitmentQuestion = QueryFilter<CommitmentFile>;

const nothing: CommitmentQuestion = { _id: { $in: [] } };
const approved: CommitmentQuestion = { status: { $in: [...approvedStatuses] } };

/** Fails closed: a role that is not named here sees nothing. Its rooms are in commitments.live.ts; keep both in step. */
function commitmentsVisibleTo(viewer: Viewer): CommitmentQuestion {
  if (!seesCommitments(viewer)) return nothing;
  return viewer.role === 'coordinator' ? {} : { $or: [approved, { author: viewer.id }] };
}

export const visible = (viewer: Viewer, question: CommitmentQuestion): CommitmentQuestion => ({
  $and: [commitmentsVisibleTo(viewer), question],
});

/** The commitment, or 404 when it is not there for this viewer. */
export async function commitmentFor(viewer: Viewer, id: string): Promise<CommitmentFile> {
  const found = await CommitmentModel.findOne(visible(viewer, { _id: id })).lean<CommitmentFile>();
  if (!found) throw notFound();
  return found;
}

/** The rules of shared/commitmentFlags.ts as ranges over indexed days and voices; a test holds both to the same answers. */
export function flagQuestion(flag: CommitmentFlag, today: string): CommitmentQuestion {
  const overdue = { status: 'open' as const, dueOn: { $lt: today } };
  switch (flag) {
    case 'overdue':
      return overdue;
    case 'due_soon':
      return { status: 'open', dueOn: { $gte: today, $lte: dayPlus(today, dueSoonDays) } };
    case 'stale':
      return { status: 'open', lookedAtOn: { $lt: dayPlus(today, -staleAfterDays) } };
    case 'broken':
      return { $or: [{ closedAs: 'broken' }, { ...overdue, verified: { $in: [...unkept] } }] };
    case 'disputed':
      return {
        $or: completions.map((said) => ({
          ...approved,
          authorityReported: said,
          verified: { $in: completions.filter((found) => found !== said) },
        })),
      };
    case 'kept':
      return { closedAs: 'complete' };
  }
}

/** Overdue ones, and those that were closed as broken: what slips, in two parts that share none. */
export const slippingParts = (today: string): CommitmentQuestion[] => [
  flagQuestion('overdue', today),
  { status: 'closed', closedAs: 'broken' },
];

export const dayOrNull = (day: string): string | null => (day === noDay ? null : day);

/** As the derived statuses look at it. */
export const standingOf = <File extends Pick<CommitmentFile, 'dueOn'>>(file: File) => ({
  ...file,
  dueOn: dayOrNull(file.dueOn),
});
