// Duty: what of referrals belongs in a person's week beyond the inbox: those they sent and that wait for an answer.
import { emptyPart, mostWeekItems, type WeekAsked, type WeekPart, weekItem } from '../../../shared/week.ts';
import type { Viewer } from '../../policy.ts';
import { organisationNamesByIds } from '../directory/organisations.queries.ts';
import { type ReferralFile, ReferralModel } from './referrals.model.ts';
import { seesReferrals } from './referrals.policy.ts';
import { referralsVisibleTo } from './referrals.queries.ts';

export async function referralWeek(viewer: Viewer, { today }: WeekAsked): Promise<WeekPart> {
  if (!seesReferrals(viewer)) return emptyPart();
  const pending = await ReferralModel.find({
    $and: [referralsVisibleTo(viewer), { status: 'pending', sender: viewer.id }],
  })
    .sort({ dueOn: 1, _id: 1 })
    .limit(mostWeekItems)
    .lean<ReferralFile[]>();
  const names = await organisationNamesByIds(pending.map(({ recipient }) => recipient));
  return {
    ...emptyPart(),
    waiting: pending.map(({ _id, reference, recipient, dueOn }) =>
      weekItem({
        key: `referral ${_id}`,
        place: 'referral',
        id: _id,
        verb: 'referral.pending',
        reference,
        title: names.get(recipient)?.name ?? null,
        due: dueOn,
        late: dueOn < today,
      }),
    ),
  };
}
