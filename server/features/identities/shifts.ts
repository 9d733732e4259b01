// Duty: tell every slice that shows what consent opens when that is different now: another consent replaced it, or its time ran out. Withdrawals: withdrawals.ts.
import type { ConsentPurpose } from '../../../shared/consents.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { clock, dayOf } from '../../clock.ts';
import { report } from '../../log.ts';
import { type Consent, ConsentModel, type ConsentOverride, ConsentOverrideModel } from './consents.model.ts';
import { newestConsent, newestConsentsOf } from './consents.queries.ts';
import { consentChanged } from './identities.live.ts';

/** Ask `liveConsentFor` what holds now; nothing has ended by this that it would still answer with. */
export interface Shift {
  caseId: string;
  municipality: MunicipalitySlug;
  purpose: ConsentPurpose;
  recipient: string | null;
  /** Colleague who wrote it down; null: time did it. */
  by: string | null;
}
export type ShiftListener = (shift: Shift) => Promise<void>;

const listeners = new Set<ShiftListener>();

/** Later slices join here; the answer leaves again. Telling screens is all it is for: what is open is asked anew at every use. */
export function onConsentShifted(listener: ShiftListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

type Shifted = Pick<Consent | ConsentOverride, '_id' | 'caseId' | 'municipality' | 'purpose'> & {
  recipient?: string | null;
};

export async function tellShift(consent: Shifted, by: string | null): Promise<void> {
  const { _id, caseId, municipality, purpose, recipient = null } = consent;
  for (const listener of listeners)
    await listener({ caseId, municipality, purpose, recipient, by }).catch((error: unknown) =>
      report(error, { where: 'consent.shifted', consent: _id }),
    );
}

/** What may be done with the case at all is different now, for every purpose: it is about a child, or is not. */
export async function tellShiftOfAll(caseId: string, by: string | null): Promise<void> {
  for (const consent of await newestConsentsOf(caseId)) {
    consentChanged('consent.given', consent, 1, by);
    await tellShift(consent, by);
  }
}

const mostAtOnce = 500;

/**
 * Consents and overrides whose time ran out close by themselves; this tells the screens that still show what they opened.
 * Told first and marked after, so that a stop in between tells twice and never not at all. Answers how many.
 */
export async function tellExpiredConsents(now = clock.now()): Promise<number> {
  let told = 0;
  for (;;) {
    const consents = await ConsentModel.find({ expiryTold: false, expiresOn: { $lt: dayOf(now) } })
      .limit(mostAtOnce)
      .lean<Consent[]>();
    for (const consent of consents) {
      const newest = await newestConsent(consent.caseId, consent.purpose, consent.recipient ?? null);
      if (!consent.withdrawnAt && newest?._id === consent._id) {
        await tellExpiry(consent);
        told += 1;
      }
      await ConsentModel.updateOne({ _id: consent._id }, { $set: { expiryTold: true } });
    }
    const overrides = await ConsentOverrideModel.find({ expiryTold: false, until: { $lte: now } })
      .limit(mostAtOnce)
      .lean<ConsentOverride[]>();
    for (const override of overrides) {
      if (!override.endedAt) {
        await tellExpiry(override);
        told += 1;
      }
      await ConsentOverrideModel.updateOne({ _id: override._id }, { $set: { expiryTold: true } });
    }
    if (consents.length < mostAtOnce && overrides.length < mostAtOnce) return told;
  }
}

async function tellExpiry(consent: Shifted): Promise<void> {
  consentChanged('consent.expired', consent, 2, null);
  await tellShift(consent, null);
}
