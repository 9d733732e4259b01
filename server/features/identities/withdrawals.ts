// Duty: tell every slice that acts on consent when one is withdrawn, until all have heard. Which consents end is decided elsewhere.
import type { ConsentPurpose } from '../../../shared/consents.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { report } from '../../log.ts';
import { type Consent, ConsentModel, type ConsentOverride, ConsentOverrideModel } from './consents.model.ts';

/** What has ended. From this moment `liveConsentFor` no longer answers with it. */
export interface Withdrawal {
  /** The consent's id, or the override's. */
  id: string;
  caseId: string;
  municipality: MunicipalitySlug;
  purpose: ConsentPurpose;
  recipient: string | null;
  /** Colleague who wrote it down. */
  by: string | null;
}

/** Ends what rests on the consent. May be called again for the same withdrawal: it must be safe to repeat. */
export type WithdrawalListener = (withdrawal: Withdrawal) => Promise<void>;

const listeners = new Set<WithdrawalListener>();

/** Later slices (referrals, campaigns, notifications) join here; the answer leaves again. */
export function onConsentWithdrawn(listener: WithdrawalListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

type Ended = Pick<Consent | ConsentOverride, '_id' | 'caseId' | 'municipality' | 'purpose'> & {
  recipient?: string | null;
};

/** Calls every listener; what one of them fails at stays pending and is repeated. The withdrawal itself stands either way. */
export async function cascade(kind: 'consent' | 'override', ended: Ended, by: string | null): Promise<void> {
  const { _id, caseId, municipality, purpose } = ended;
  const withdrawal: Withdrawal = {
    id: _id,
    caseId,
    municipality,
    purpose,
    recipient: ended.recipient ?? null,
    by,
  };
  let failed = false;
  for (const listener of listeners) {
    try {
      await listener(withdrawal);
    } catch (error) {
      failed = true;
      report(error, { where: 'consent.withdrawn', consent: _id });
    }
  }
  if (failed) return;
  const told = { $unset: { cascadePending: 1 } } as const;
  if (kind === 'consent') await ConsentModel.updateOne({ _id }, told);
  else await ConsentOverrideModel.updateOne({ _id }, told);
}

/** Finishes what a stop or a fault cut short; for the start and for a job. Answers how many were pending. */
export async function completeWithdrawals(): Promise<number> {
  const consents = await ConsentModel.find({ cascadePending: true }).lean<Consent[]>();
  for (const consent of consents) await cascade('consent', consent, consent.withdrawnBy ?? null);
  const overrides = await ConsentOverrideModel.find({ cascadePending: true }).lean<ConsentOverride[]>();
  for (const override of overrides) await cascade('override', override, override.review?.by ?? null);
  return consents.length + overrides.length;
}
