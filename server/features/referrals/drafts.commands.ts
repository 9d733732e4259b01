// Duty: change a referral that is not sent yet. What may be sent is looked at when it is sent: referrals.commands.ts.
import type { ReferralRevise } from '../../../shared/referrals.ts';
import { clock } from '../../clock.ts';
import { conflict, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { sidesOfCase } from '../cases/cases.queries.ts';
import { changeReferral } from './change.ts';
import { recipientFaults } from './referrals.commands.ts';
import type { ReferralFile } from './referrals.model.ts';
import { mayMoveReferral } from './referrals.policy.ts';
import { referralFor } from './referrals.queries.ts';

/** 409 once it was sent, or when somebody else changed it meanwhile; nothing of it is shown to the recipient before. */
export async function reviseDraft(
  viewer: Viewer,
  id: string,
  { version, ...changes }: ReferralRevise,
  now = clock.now(),
): Promise<ReferralFile> {
  const referral = await referralFor(viewer, id);
  const caseFile = await sidesOfCase(referral.caseId);
  ensure(mayMoveReferral('send'), viewer, { referral, caseFile, open: false, vaultOpen: false });
  const standing = { version: referral.version, status: referral.status };
  if (version > referral.version) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
  if (referral.version !== version) throw conflict('referral.stale', standing);
  if (referral.status !== 'draft') throw conflict('referral.notFromHere', standing);
  const faults = await recipientFaults(viewer, { ...referral, ...changes });
  if (faults.length > 0) throw invalid(faults, 'referral.refused');
  return changeReferral(
    referral,
    { set: changes, to: 'draft', entry: { move: 'revise', by: viewer.id } },
    now,
  );
}
