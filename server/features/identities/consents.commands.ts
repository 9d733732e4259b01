// Duty: record what a person agrees to, one purpose at a time, and what they take back. Withdrawing asks for no reason and costs nothing.
import type { ConsentGive, ConsentWithdrawn } from '../../../shared/consents.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid, notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { activeOrganisationExists } from '../directory/organisations.queries.ts';
import { viewerNow } from '../directory/users.queries.ts';
import { type Consent, ConsentModel, type ConsentOverride, ConsentOverrideModel } from './consents.model.ts';
import { newestConsent, newestConsentsOf, overrideCounts, recipientScope } from './consents.queries.ts';
import { consentChanged } from './identities.live.ts';
import { type IdentitySubject, mayGiveConsent, mayWithdrawConsent } from './identities.policy.ts';
import { tellShift } from './shifts.ts';
import { withdrawalHash, withdrawalReceiptOf } from './withdrawalReceipts.ts';
import { cascade } from './withdrawals.ts';

export { onConsentShifted, type ShiftListener, tellExpiredConsents, tellShiftOfAll } from './shifts.ts';
export {
  completeWithdrawals,
  onConsentWithdrawn,
  type Withdrawal,
  type WithdrawalListener,
} from './withdrawals.ts';

const duplicateKey = 11000;

/** Repeating it with the same id changes nothing. */
export async function giveConsent(
  viewer: Viewer,
  subject: IdentitySubject,
  input: ConsentGive,
): Promise<void> {
  ensure(mayGiveConsent, viewer, subject);
  const faults = await faultsOf(subject, input);
  if (faults.length > 0) throw invalid(faults);
  const before = await newestConsent(subject.caseId, input.purpose, input.recipient);
  if (before?._id === input.id) return;
  if (before?.withdrawnAt && input.givenOn < dayOf(before.withdrawnAt))
    throw conflict('consent.withdrawnSince', { on: dayOf(before.withdrawnAt) });
  const { id, ...said } = input;
  const consent = {
    _id: id,
    caseId: subject.caseId,
    municipality: subject.municipality,
    ...said,
    recordedAt: clock.now(),
    recordedBy: viewer.id,
  };
  try {
    await ConsentModel.create(consent);
  } catch (error) {
    if ((error as { code?: number }).code !== duplicateKey) throw error;
    if (await ConsentModel.exists({ _id: id, caseId: subject.caseId })) return;
    throw conflict('consent.idTaken');
  }
  consentChanged('consent.given', consent, 1, viewer.id);
  await tellShift(consent, viewer.id);
}

/** What only the database, the calendar and the case can tell. */
async function faultsOf(subject: IdentitySubject, input: ConsentGive): Promise<FieldFault[]> {
  const today = dayOf(clock.now());
  const faults: FieldFault[] = [];
  const complain = (field: string, code: string) => faults.push({ path: [field], code });
  if (subject.concernsChild && input.givenBy !== 'guardian') complain('givenBy', 'guardian_needed');
  if (input.givenOn > today) complain('givenOn', 'in_the_future');
  if (input.expiresOn < today) complain('expiresOn', 'already_over');
  if (!(await viewerNow(input.askedBy))) complain('askedBy', 'not_found');
  if (input.recipient && !(await activeOrganisationExists(input.recipient)))
    complain('recipient', 'not_found');
  return faults;
}

/**
 * Ends one consent, or all that the viewer may hear a no to, with one receipt for them. Writes each consent by itself and is
 * safe to repeat: what was ended before is passed over.
 */
export async function withdrawConsents(
  viewer: Viewer,
  subject: IdentitySubject,
  consentId?: string,
): Promise<ConsentWithdrawn> {
  ensure(mayWithdrawConsent, viewer, subject);
  const scope = recipientScope(viewer, subject);
  const inScope = (await newestConsentsOf(subject.caseId)).filter(
    ({ recipient }) => !('recipient' in scope) || scope.recipient === recipient,
  );
  const chosen = consentId ? await lineOf(subject, consentId, inScope) : inScope;
  const standing = chosen.filter(({ withdrawnAt }) => !withdrawnAt);
  const receipt = withdrawalReceiptOf(standing.map(({ _id }) => _id));
  const ended: Consent[] = [];
  for (const consent of standing)
    if (await end(consent, viewer, withdrawalHash(receipt))) ended.push(consent);
  const overrides = await endOverrides(subject, consentId ? chosen : null, scope);
  await Promise.all([
    ...ended.map((consent) => cascade('consent', consent, viewer.id)),
    ...overrides.map((override) => cascade('override', override, viewer.id)),
  ]);
  for (const consent of [...ended, ...overrides]) consentChanged('consent.withdrawn', consent, 2, viewer.id);
  return {
    withdrawn: ended.map(({ _id }) => _id),
    receipt: ended.length > 0 ? receipt : receiptAgain(viewer, chosen),
  };
}

/** Nothing was left to end: the code of the last withdrawal once more, for who wrote it down and may never have had the answer. */
function receiptAgain(viewer: Viewer, chosen: Consent[]): string | null {
  const [last] = chosen
    .filter(({ withdrawnBy }) => withdrawnBy === viewer.id)
    .sort((a, b) => b.withdrawnAt!.getTime() - a.withdrawnAt!.getTime());
  if (!last) return null;
  const together = chosen.filter(({ receiptHash }) => receiptHash === last.receiptHash);
  const receipt = withdrawalReceiptOf(together.map(({ _id }) => _id));
  return withdrawalHash(receipt) === last.receiptHash ? receipt : null;
}

/** The newest consent of the same purpose and recipient: an older paper taken back means the same no. */
async function lineOf(subject: IdentitySubject, consentId: string, inScope: Consent[]): Promise<Consent[]> {
  const named = await ConsentModel.findOne({ _id: consentId, caseId: subject.caseId }).lean<Consent>();
  const line = inScope.filter(
    ({ purpose, recipient }) => purpose === named?.purpose && recipient === named.recipient,
  );
  if (line.length === 0) throw notFound();
  return line;
}

async function end(consent: Consent, viewer: Viewer, hash: string): Promise<boolean> {
  const written = await ConsentModel.updateOne(
    { _id: consent._id, withdrawnAt: null },
    { $set: { withdrawnAt: clock.now(), withdrawnBy: viewer.id, receiptHash: hash, cascadePending: true } },
  );
  return written.modifiedCount === 1;
}

/** A person who can say no was able to be asked: no override outlives it. */
async function endOverrides(
  subject: IdentitySubject,
  lines: Consent[] | null,
  scope: Partial<{ recipient: string | null }>,
): Promise<ConsentOverride[]> {
  const live = await ConsentOverrideModel.find({
    caseId: subject.caseId,
    ...scope,
    ...overrideCounts(),
  }).lean<ConsentOverride[]>();
  const meant = live.filter(
    (override) =>
      !lines ||
      lines.some(
        ({ purpose, recipient }) => purpose === override.purpose && recipient === override.recipient,
      ),
  );
  for (const { _id } of meant)
    await ConsentOverrideModel.updateOne(
      { _id, endedAt: null },
      { $set: { endedAt: clock.now(), cascadePending: true } },
    );
  return meant;
}
