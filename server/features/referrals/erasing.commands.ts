// Duty: the words of a case's referrals go with the case; services, days and outcomes stay, for figures count them.

import { referralChanged } from './referrals.live.ts';
import { noDay, type ReferralFile, ReferralModel, type StoredReferralEntry } from './referrals.model.ts';

const withoutWords = ({ reason: _, ...entry }: StoredReferralEntry): StoredReferralEntry => entry;

/** Safe to repeat; one that moves meanwhile is looked at again. What both sides wrote, who worked without an account, and the link. */
export async function eraseReferralWordsOf(caseId: string, now: Date): Promise<void> {
  for (const { _id } of await ReferralModel.find({ caseId, wordsErasedAt: null }, { _id: 1 }).lean<
    ReferralFile[]
  >()) {
    for (;;) {
      const before = await ReferralModel.findOne({ _id }).lean<ReferralFile>();
      if (!before || before.wordsErasedAt) break;
      const set: Partial<ReferralFile> = {
        message: '',
        given: null,
        workerName: null,
        link: null,
        // Nobody is reminded of what can no longer be answered.
        dueOn: noDay,
        history: before.history.map(withoutWords),
        wordsErasedAt: now,
        version: before.version + 1,
        changedAt: now,
      };
      const written = await ReferralModel.updateOne({ _id, version: before.version }, { $set: set });
      if (written.matchedCount === 0) continue;
      referralChanged({ ...before, ...set }, null);
      break;
    }
  }
}
