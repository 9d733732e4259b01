// Duty: pages of the list of commitments, what is due first, with how many each derived status holds.

import {
  type CommitmentFlag,
  type CommitmentListQuery,
  type CommitmentStatus,
  commitmentFlags,
  commitmentStatuses,
} from '../../../shared/commitments.ts';
import { clock, dayOf } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { cursorAt, partsOf } from '../../positions.ts';
import { type CommitmentFile, CommitmentModel } from './commitments.model.ts';
import { type CommitmentQuestion, flagQuestion, slippingParts, visible } from './commitments.queries.ts';

interface Position {
  status: CommitmentStatus;
  dueOn: string;
  id: string;
}

function positionOf(cursor: string | undefined): Position | null {
  const [status, dueOn, id] = partsOf(cursor, 3) ?? [];
  const known = commitmentStatuses.find((one) => one === status);
  return known && dueOn !== undefined && id !== undefined ? { status: known, dueOn, id } : null;
}

function questionOf(query: CommitmentListQuery): CommitmentQuestion {
  const { municipality, theme, institution, issue, campaign, status, formality } = query;
  return {
    ...(municipality ? { municipality: municipality === 'none' ? null : municipality } : {}),
    ...(theme ? { themes: theme } : {}),
    ...(institution ? { institutionId: institution } : {}),
    ...(issue ? { issueIds: issue } : {}),
    ...(campaign ? { campaignIds: campaign } : {}),
    ...(status ? { status } : {}),
    ...(formality ? { formality } : {}),
  };
}

export interface FoundCommitments {
  commitments: CommitmentFile[];
  next: string | null;
  total: number;
  flags: Record<CommitmentFlag, number>;
  proposed: number;
}

/** What is open on top and what is due first of it, what is closed last: the words of the statuses, backwards. `next` is null on the last page. */
export async function commitmentListFor(
  viewer: Viewer,
  query: CommitmentListQuery,
): Promise<FoundCommitments> {
  const today = dayOf(clock.now());
  const narrowed = questionOf(query);
  const filter: CommitmentQuestion = query.slipping
    ? { $and: [narrowed, { $or: slippingParts(today) }] }
    : narrowed;
  const wanted: CommitmentQuestion = query.flag
    ? { $and: [filter, flagQuestion(query.flag, today)] }
    : filter;
  const position = positionOf(query.cursor);
  const after: CommitmentQuestion = position
    ? {
        $or: [
          { status: { $lt: position.status } },
          { status: position.status, dueOn: { $gt: position.dueOn } },
          { status: position.status, dueOn: position.dueOn, _id: { $gt: position.id } },
        ],
      }
    : {};
  const count = (question: CommitmentQuestion) => CommitmentModel.countDocuments(visible(viewer, question));
  const [found, total, proposed, ...counts] = await Promise.all([
    CommitmentModel.find(visible(viewer, { $and: [wanted, after] }), { history: 0, evidence: 0, checks: 0 })
      .sort({ status: -1, dueOn: 1, _id: 1 })
      .limit(query.limit + 1)
      .lean<CommitmentFile[]>(),
    count(wanted),
    count({ status: 'proposed' }),
    ...commitmentFlags.map((flag) => count({ $and: [filter, flagQuestion(flag, today)] })),
  ]);
  const commitments = found.slice(0, query.limit);
  const last = commitments.at(-1);
  return {
    commitments,
    next: found.length > query.limit && last ? cursorAt(last.status, last.dueOn, last._id) : null,
    total,
    proposed,
    flags: Object.fromEntries(commitmentFlags.map((flag, at) => [flag, counts[at]!])) as Record<
      CommitmentFlag,
      number
    >,
  };
}
