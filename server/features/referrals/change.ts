// Duty: how one command changes one referral: write if nobody was faster, else say so with the present state; then tell both sides.
import { confirmWithinDays, type ReferralStatus } from '../../../shared/referralMoves.ts';
import { dayAfter, dayOf } from '../../clock.ts';
import { conflict } from '../../errors.ts';
import { referralChanged } from './referrals.live.ts';
import { noDay, type ReferralFile, ReferralModel, type StoredReferralEntry } from './referrals.model.ts';

export interface ReferralEdit {
  set: Partial<ReferralFile>;
  to: ReferralStatus;
  entry: Pick<StoredReferralEntry, 'move' | 'by'> & Partial<StoredReferralEntry>;
}

/** The referral after the change. Throws 409 `referral.stale` when it moved on meanwhile: a second worker accepts nothing. */
export async function changeReferral(
  before: ReferralFile,
  edit: ReferralEdit,
  now: Date,
): Promise<ReferralFile> {
  if (before.wordsErasedAt && (edit.entry.by !== null || edit.entry.byLink))
    throw conflict('case.anonymised', { version: before.version });
  const entry: StoredReferralEntry = { at: now, from: before.status, to: edit.to, ...edit.entry };
  const set: Partial<ReferralFile> = {
    ...edit.set,
    status: edit.to,
    version: before.version + 1,
    changedAt: now,
  };
  set.dueOn = dueOn({ ...before, ...set });
  const written = await ReferralModel.updateOne(
    { _id: before._id, version: before.version },
    { $set: set, $push: { history: entry } },
  );
  if (written.matchedCount === 0) throw await stale(before._id);
  const after = { ...before, ...set, history: [...before.history, entry] };
  referralChanged(after, edit.entry.by);
  return after;
}

export async function stale(id: string) {
  const present = await ReferralModel.findOne({ _id: id }, { version: 1, status: 1 }).lean<ReferralFile>();
  return conflict('referral.stale', { version: present?.version, status: present?.status });
}

/** The answer, the first contact, the confirmation: the day by which it is owed. */
export function dueOn(
  referral: Pick<ReferralFile, 'kind' | 'status' | 'replyBy' | 'firstContactOn' | 'endedAt' | 'received'>,
): string {
  const { status, replyBy, firstContactOn, endedAt, received } = referral;
  if (status === 'pending') return replyBy;
  if (status === 'accepted' && referral.kind === 'referral') return firstContactOn ?? noDay;
  if ((status === 'completed' || status === 'unsuccessful') && received === null && endedAt)
    return dayAfter(dayOf(endedAt), confirmWithinDays);
  return noDay;
}
