// Duty: what time and changes make of referrals, for who must tell people of it. No viewer: nothing here is ever an answer.
import { type ReferralFile, ReferralModel } from './referrals.model.ts';

export async function referralToTellOf(id: string): Promise<ReferralFile | null> {
  return ReferralModel.findOne({ _id: id }).lean<ReferralFile>();
}

export function referralsChangedSince(since: Date): AsyncIterable<ReferralFile> {
  return ReferralModel.collection.find<ReferralFile>({ changedAt: { $gte: since } });
}

/** Ended work that nobody has confirmed by a day between these, the last one included. */
export function referralsToConfirm(after: string, until: string): AsyncIterable<ReferralFile> {
  return ReferralModel.collection.find<ReferralFile>({
    status: { $in: ['completed', 'unsuccessful'] },
    received: null,
    dueOn: { $gt: after, $lte: until },
  });
}
