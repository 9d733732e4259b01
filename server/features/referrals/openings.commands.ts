// Duty: tell both sides when what a referral opens is different although nobody moved it: consent narrowed, renewed or run out, the days after the end over.
import { fieldsCloseAfterDays, sharedWhile } from '../../../shared/referralMoves.ts';
import { clock, dayAfter, dayOf, startOfDay } from '../../clock.ts';
import { onConsentShifted, type ShiftListener } from '../identities/consents.commands.ts';
import { sharedFieldsChanged } from './referrals.live.ts';
import { type ReferralFile, ReferralModel } from './referrals.model.ts';

const mostAtOnce = 500;

const tellWithConsent: ShiftListener = async ({ caseId, purpose, recipient, by }) => {
  if (purpose !== 'referral' || !recipient) return;
  const open = await ReferralModel.find({ caseId, recipient, status: { $in: [...sharedWhile] } }).lean<
    ReferralFile[]
  >();
  for (const referral of open) sharedFieldsChanged(referral, by);
};

/** Called once per app; again changes nothing. */
export function startOpenings(): void {
  onConsentShifted(tellWithConsent);
}

/** Referrals whose fields have closed with the days after their end. Told first and marked after; answers how many. */
export async function tellClosedFields(now = clock.now()): Promise<number> {
  const closedSince = startOfDay(dayAfter(dayOf(now), 1 - fieldsCloseAfterDays));
  let told = 0;
  for (;;) {
    const closed = await ReferralModel.find({ closingTold: false, endedAt: { $lt: closedSince } })
      .limit(mostAtOnce)
      .lean<ReferralFile[]>();
    for (const referral of closed) {
      if (sharedWhile.includes(referral.status)) {
        sharedFieldsChanged(referral, null);
        told += 1;
      }
      await ReferralModel.updateOne({ _id: referral._id }, { $set: { closingTold: true } });
    }
    if (closed.length < mostAtOnce) return told;
  }
}
