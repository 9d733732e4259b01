// Duty: how referrals end or go on without anybody's move: the day passed, consent withdrawn, a transfer cut short. Safe to repeat.
import { clock, dayOf } from '../../clock.ts';
import { AppError, conflict } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { leadPasses, leadReturns, onCaseClosing } from '../cases/referred.commands.ts';
import { viewerNow } from '../directory/users.queries.ts';
import { onConsentWithdrawn, type WithdrawalListener } from '../identities/consents.commands.ts';
import { changeReferral, type ReferralEdit } from './change.ts';
import { startOpenings } from './openings.commands.ts';
import { type ReferralFile, ReferralModel } from './referrals.model.ts';
import { referralUnderWay } from './referrals.queries.ts';

const isStale = (error: unknown) => error instanceof AppError && error.code === 'referral.stale';
const mostAttempts = 8;
const mostAtOnce = 500;

/** Changes the referral as it stands when `edit` still wants to; somebody who was faster is looked at again. */
async function changeAsItStands(
  id: string,
  edit: (referral: ReferralFile) => ReferralEdit | null,
  now: Date,
): Promise<ReferralFile | null> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const referral = await ReferralModel.findOne({ _id: id }).lean<ReferralFile>();
    const wanted = referral && edit(referral);
    if (!wanted) return null;
    try {
      return await changeReferral(referral, wanted, now);
    } catch (error) {
      if (!isStale(error)) throw error;
    }
  }
  throw conflict('referral.stale');
}

/** Referrals whose day has passed unanswered end by themselves. Answers how many; safe to run twice and in two processes. */
export async function expireReferrals(now = clock.now()): Promise<number> {
  const today = dayOf(now);
  let expired = 0;
  for (;;) {
    const due = await ReferralModel.find({ status: 'pending', dueOn: { $lt: today } }, { _id: 1 })
      .limit(mostAtOnce)
      .lean<ReferralFile[]>();
    for (const { _id } of due) {
      const ended = await changeAsItStands(
        _id,
        ({ status, replyBy, link }) =>
          status === 'pending' && replyBy < today
            ? {
                set: { endedAt: now, link: link && { ...link, expiresAt: now } },
                to: 'expired',
                entry: { move: 'expire', by: null },
              }
            : null,
        now,
      );
      if (ended) expired += 1;
    }
    if (due.length < mostAtOnce) return expired;
  }
}

/** Consent ended: everything open to that organisation ends, and its screens drop it. */
export async function endReferralsWithoutConsent(
  caseId: string,
  recipient: string,
  by: string | null,
  now = clock.now(),
): Promise<number> {
  const found = await ReferralModel.find(
    {
      caseId,
      recipient,
      status: { $in: ['pending', 'accepted', 'in_progress', 'completed', 'unsuccessful'] },
    },
    { _id: 1 },
  ).lean<ReferralFile[]>();
  let ended = 0;
  for (const { _id } of found) {
    const after = await changeAsItStands(_id, (referral) => endingOf(referral, by, now), now);
    if (!after) continue;
    ended += 1;
    if (after.leadPending) await settleTransfer(after, now);
  }
  return ended;
}

/** Work that is done stays done and is still to be confirmed; only its fields close, once. */
function endingOf(referral: ReferralFile, by: string | null, now: Date): ReferralEdit | null {
  const entry = { move: 'withdraw_consent', by } as const;
  switch (referral.status) {
    case 'pending':
    case 'accepted':
    case 'in_progress': {
      const leadPending = referral.kind === 'transfer' && referral.status === 'accepted';
      return { set: { endedAt: now, link: null, leadPending }, to: 'consent_withdrawn', entry };
    }
    case 'completed':
    case 'unsuccessful':
      return referral.history.some(({ move }) => move === 'withdraw_consent')
        ? null
        : { set: {}, to: referral.status, entry };
    default:
      return null;
  }
}

/** Brings the case in step with its transfer: the lead passes on acceptance and returns on the end. */
export async function settleTransfer(
  referral: ReferralFile,
  now: Date,
  actor: Viewer | null = null,
): Promise<void> {
  const { _id, caseId, recipient, sender, worker, status } = referral;
  const last = referral.history.at(-1);
  const viewer = actor ?? (last?.by ? await viewerNow(last.by) : null);
  if (status === 'accepted' && worker) await leadPasses(viewer, caseId, worker, now);
  else await leadReturns(viewer, caseId, { organisation: recipient, sender }, now);
  await ReferralModel.updateOne({ _id, status, leadPending: true }, { $set: { leadPending: false } });
}

/** Transfers that a stop left half done. Answers how many. */
export async function completeTransfers(now = clock.now()): Promise<number> {
  const pending = await ReferralModel.find({ leadPending: true }).limit(mostAtOnce).lean<ReferralFile[]>();
  for (const referral of pending) await settleTransfer(referral, now);
  return pending.length;
}

const endWithConsent: WithdrawalListener = async ({ caseId, purpose, recipient, by }) => {
  if (purpose === 'referral' && recipient) await endReferralsWithoutConsent(caseId, recipient, by);
};

/** Joins what happens below: a withdrawn consent, a case about to be closed. Called once per app; again changes nothing. */
export function startReferrals(): void {
  onConsentWithdrawn(endWithConsent);
  onCaseClosing(refuseWhileUnderWay);
  startOpenings();
}

async function refuseWhileUnderWay({ _id }: { _id: string }): Promise<void> {
  const id = await referralUnderWay(_id);
  if (id) throw conflict('case.referralUnderWay', { referral: id });
}
