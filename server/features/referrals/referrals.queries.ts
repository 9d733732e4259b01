// Duty: the one scope of referrals (who may see which) and what is read through it. What of the case is open: openFields.queries.ts.
import type { QueryFilter } from 'mongoose';
import { type ReferralGroup, type ReferralListQuery, referralGroups } from '../../../shared/referrals.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { cursorAt, dayAndIdOf } from '../../positions.ts';
import { type ReferralFile, ReferralModel } from './referrals.model.ts';
import { hiddenFromRecipient } from './referrals.policy.ts';

export type { ReferralFile } from './referrals.model.ts';

export type ReferralQuestion = QueryFilter<ReferralFile>;

const nothing: ReferralQuestion = { _id: { $in: [] } };

/** Fails closed: a role that is not named here sees nothing. Its rooms are in referrals.live.ts; keep both in step. */
export function referralsVisibleTo(viewer: Viewer): ReferralQuestion {
  switch (viewer.role) {
    case 'activist':
    case 'team_lead':
      return viewer.municipality ? { municipality: viewer.municipality } : nothing;
    case 'coordinator':
      return {};
    case 'cso_member':
      return viewer.organisation
        ? {
            $or: [
              { recipient: viewer.organisation, status: { $nin: [...hiddenFromRecipient] } },
              { senderOrganisation: viewer.organisation },
            ],
          }
        : nothing;
    default:
      return nothing;
  }
}

const visible = (viewer: Viewer, question: ReferralQuestion): ReferralQuestion => ({
  $and: [referralsVisibleTo(viewer), question],
});

/** The referral, or 404 when it is not there for this viewer. */
export async function referralFor(viewer: Viewer, id: string): Promise<ReferralFile> {
  const referral = await ReferralModel.findOne(visible(viewer, { _id: id })).lean<ReferralFile>();
  if (!referral) throw notFound();
  return referral;
}

/** The chain of one case, oldest first. */
export async function referralsOfCase(viewer: Viewer, caseId: string): Promise<ReferralFile[]> {
  return ReferralModel.find(visible(viewer, { caseId }))
    .sort({ createdAt: 1, _id: 1 })
    .lean<ReferralFile[]>();
}

const groups: Record<ReferralGroup, ReferralQuestion> = {
  to_answer: { status: 'pending' },
  in_work: { kind: 'referral', status: { $in: ['accepted', 'in_progress'] } },
  to_confirm: { status: { $in: ['completed', 'unsuccessful'] }, received: null },
  ended: {
    $or: [
      { status: { $in: ['declined', 'recalled', 'expired', 'rerouted', 'consent_withdrawn'] } },
      { status: { $in: ['completed', 'unsuccessful'] }, received: { $ne: null } },
      { kind: 'transfer', status: 'accepted' },
    ],
  },
};

/** One group of the inbox, what is late on top, then what is due next; `next` is null on the last page. */
export async function inboxFor(
  viewer: Viewer,
  query: ReferralListQuery,
): Promise<{
  referrals: ReferralFile[];
  next: string | null;
  total: number;
  groups: Record<ReferralGroup, number>;
}> {
  const wanted = query.group ? groups[query.group] : {};
  const position = dayAndIdOf(query.cursor);
  const after: ReferralQuestion = position
    ? {
        $or: [{ dueOn: { $gt: position.dueOn } }, { dueOn: position.dueOn, _id: { $lt: position.id } }],
      }
    : {};
  const count = (question: ReferralQuestion) => ReferralModel.countDocuments(visible(viewer, question));
  const [found, total, ...counts] = await Promise.all([
    ReferralModel.find(visible(viewer, { $and: [wanted, after] }))
      .sort({ dueOn: 1, _id: -1 })
      .limit(query.limit + 1)
      .lean<ReferralFile[]>(),
    count(wanted),
    ...referralGroups.map((group) => count(groups[group])),
  ]);
  const referrals = found.slice(0, query.limit);
  const last = referrals.at(-1);
  return {
    referrals,
    next: found.length > query.limit && last ? cursorAt(last.dueOn, last._id) : null,
    total,
    groups: Object.fromEntries(referralGroups.map((group, at) => [group, counts[at]!])) as Record<
      ReferralGroup,
      number
    >,
  };
}

const exported: ReferralQuestion = { status: { $ne: 'draft' } };

/** How many rows the export would have. */
export const countExportedFor = (viewer: Viewer): Promise<number> =>
  ReferralModel.countDocuments(visible(viewer, exported));

/** All that the viewer may see, one after the other, oldest first: for the export. */
export function everyReferralFor(viewer: Viewer): AsyncIterable<ReferralFile> {
  return ReferralModel.find(visible(viewer, exported))
    .sort({ sentAt: 1, _id: 1 })
    .lean<ReferralFile[]>()
    .cursor() as AsyncIterable<ReferralFile>;
}

/** Whether anything about the case is still under way elsewhere: such a case is not closed. */
export async function referralUnderWay(caseId: string): Promise<string | null> {
  const found = await ReferralModel.findOne(
    {
      caseId,
      $or: [{ status: 'pending' }, { kind: 'referral', status: { $in: ['accepted', 'in_progress'] } }],
    },
    { _id: 1 },
  ).lean<ReferralFile>();
  return found?._id ?? null;
}
