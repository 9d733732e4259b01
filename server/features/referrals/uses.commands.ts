// Duty: what a recipient does with an accepted referral beside moving it: open the shared identity, say the case's outcome; many at once.
import type { BulkResult } from '../../../shared/cases.ts';
import type { IdentityOpen, OpenedIdentity } from '../../../shared/identities.ts';
import type { ReferralBulkInput, ReferralMoveInput } from '../../../shared/referralMoves.ts';
import type { CaseOutcomeInput } from '../../../shared/referrals.ts';
import { clock } from '../../clock.ts';
import { AppError, conflict, notAllowed, notFound } from '../../errors.ts';
import { report } from '../../log.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { caseBehindReferral, identitySubjectOf, sidesOfCase } from '../cases/cases.queries.ts';
import { resolveReferredCase } from '../cases/referred.commands.ts';
import { openIdentity } from '../identities/identities.commands.ts';
import { changeReferral } from './change.ts';
import { openFieldsOf } from './openFields.queries.ts';
import { moveReferral } from './referralMoves.commands.ts';
import type { ReferralFile } from './referrals.model.ts';
import { mayOpenShared, mayResolveCase } from './referrals.policy.ts';
import { referralFor } from './referrals.queries.ts';

async function subjectOf(referral: ReferralFile) {
  return { referral, caseFile: await sidesOfCase(referral.caseId), open: false, vaultOpen: false };
}

/** Only what is shared, consented and in time at this very moment; refusals too are in the log of readings. */
export async function openSharedIdentity(
  viewer: Viewer,
  id: string,
  input: IdentityOpen,
  now = clock.now(),
): Promise<OpenedIdentity> {
  const referral = await referralFor(viewer, id);
  ensure(mayOpenShared, viewer, await subjectOf(referral), 'identity.notYours');
  const open = await openFieldsOf(referral, now);
  const subject = identitySubjectOf(await caseBehindReferral(referral.caseId));
  // Neither leads nor logged it as far as this door goes: what opens here is what the referral shares.
  return openIdentity(
    viewer,
    { ...subject, lead: null, loggedBy: null, sharedFields: open?.vault ?? [] },
    input,
  );
}

/** The file, while `evidence` is shared and open; 404 as if it were not there in every other case. */
export async function sharedEvidence(referral: ReferralFile, evidenceId: string, now = clock.now()) {
  const open = await openFieldsOf(referral, now);
  if (!open?.fields.includes('evidence')) throw notFound();
  const { evidence } = await caseBehindReferral(referral.caseId);
  const found = evidence.find(({ id }) => id === evidenceId);
  if (!found) throw notFound();
  return found;
}

/**
 * The case first, then the referral's line of history: two documents. Repeated after a stop it says 409 for the case, which
 * is resolved as it should be; only the line is missing.
 */
export async function sayCaseOutcome(
  viewer: Viewer,
  id: string,
  input: CaseOutcomeInput,
  now = clock.now(),
): Promise<ReferralFile> {
  const referral = await referralFor(viewer, id);
  ensure(mayResolveCase, viewer, await subjectOf(referral));
  if (referral.status === 'pending') throw conflict('referral.notFromHere', { status: referral.status });
  if (!(await openFieldsOf(referral, now))) throw notAllowed('referral.closed');
  await resolveReferredCase(viewer, referral.caseId, input, now);
  return changeReferral(
    referral,
    { set: {}, to: referral.status, entry: { move: 'resolve_case', by: viewer.id } },
    now,
  );
}

/** Each referral by itself, as it stands; one that fails does not stop the others. Safe to repeat. */
export async function moveMany(viewer: Viewer, { ids, change }: ReferralBulkInput): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  for (const id of new Set(ids)) {
    let reference: string | null = null;
    try {
      const referral = await referralFor(viewer, id);
      reference = referral.reference;
      await moveReferral(viewer, id, { ...change, version: referral.version } as ReferralMoveInput);
      results.push({ id, reference, ok: true, code: null });
    } catch (error) {
      results.push({ id, reference, ok: false, code: codeOf(error) });
    }
  }
  return results;
}

function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.details.faults?.[0]?.code ?? error.code;
  report(error, { where: 'referrals.bulk' });
  return 'internal';
}
