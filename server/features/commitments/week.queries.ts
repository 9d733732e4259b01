// Duty: what of promises belongs in a person's week: to approve, to check, overdue, expected, changed by others.
import {
  emptyPart,
  mostWeekItems,
  type WeekAsked,
  type WeekItem,
  type WeekPart,
  weekItem,
} from '../../../shared/week.ts';
import type { Viewer } from '../../policy.ts';
import { campaignsOfPartner } from '../campaigns/campaigns.queries.ts';
import { institutionNames } from '../institutions/institutions.queries.ts';
import { type CommitmentFile, CommitmentModel } from './commitments.model.ts';
import { mayMoveCommitment, seesCommitments } from './commitments.policy.ts';
import { type CommitmentQuestion, dayOrNull, visible } from './commitments.queries.ts';

/** Everybody sees every promise; somebody's own are those of their place, their campaigns, or that they brought. */
async function concerning(viewer: Viewer): Promise<CommitmentQuestion> {
  if (viewer.role === 'coordinator') return {};
  const brought = { author: viewer.id };
  if (viewer.municipality) return { $or: [brought, { municipality: viewer.municipality }] };
  const campaigns = viewer.organisation ? await campaignsOfPartner(viewer.organisation) : [];
  return { $or: [brought, { campaignIds: { $in: campaigns.map(({ _id }) => _id) } }] };
}

export async function commitmentWeek(viewer: Viewer, { today, until, since }: WeekAsked): Promise<WeekPart> {
  if (!seesCommitments(viewer)) return emptyPart();
  const own = await concerning(viewer);
  const find = (question: CommitmentQuestion, order: Record<string, 1 | -1>) =>
    CommitmentModel.find(visible(viewer, { $and: [own, question] }), { evidence: 0, checks: 0 })
      .sort(order)
      .limit(mostWeekItems)
      .lean<CommitmentFile[]>();
  const isOpen = { status: 'open' as const };
  const [proposed, toCheck, overdue, expected, changed, names] = await Promise.all([
    find({ status: 'proposed' }, { createdAt: 1 }),
    find({ ...isOpen, nextCheckOn: { $lte: until } }, { nextCheckOn: 1 }),
    find({ ...isOpen, dueOn: { $lt: today } }, { dueOn: 1 }),
    find({ ...isOpen, dueOn: { $gte: today, $lte: until } }, { dueOn: 1 }),
    since ? find({ changedAt: { $gt: since }, status: { $ne: 'proposed' } }, { changedAt: -1 }) : [],
    institutionNames(),
  ]);
  const item = (file: CommitmentFile, verb: WeekItem['verb'], more: Partial<WeekItem> = {}) =>
    weekItem({
      key: `${verb} ${file._id}`,
      place: 'commitment',
      id: file._id,
      verb,
      reference: file.reference,
      title: file.titles ?? file.title,
      institution: (file.institutionId && names.get(file.institutionId)?.names) || null,
      ...more,
    });
  const decides = (file: CommitmentFile) => mayMoveCommitment('approve')(viewer, file);
  const checks = (file: CommitmentFile) => mayMoveCommitment('check')(viewer, file);
  const answers = (file: CommitmentFile) => mayMoveCommitment('close')(viewer, file);
  return {
    toDo: [
      ...proposed.filter(decides).map((file) => item(file, 'commitment.approve')),
      ...overdue
        .filter(answers)
        .map((file) => item(file, 'commitment.overdue', { due: file.dueOn, late: true })),
      ...toCheck
        .filter(checks)
        .map((file) =>
          item(file, 'commitment.check', { due: file.nextCheckOn, late: file.nextCheckOn < today }),
        ),
    ],
    waiting: [
      ...proposed
        .filter((file) => file.author === viewer.id && !decides(file))
        .map((file) => item(file, 'commitment.waits')),
      ...[...overdue.filter((file) => !answers(file)), ...expected].map((file) =>
        item(file, 'commitment.due', { due: dayOrNull(file.dueOn), late: file.dueOn < today }),
      ),
    ],
    fresh: changed
      .filter(({ history }) => history.at(-1)?.by !== viewer.id)
      .map((file) => item(file, 'commitment.changed', { at: file.changedAt.toISOString() })),
  };
}
