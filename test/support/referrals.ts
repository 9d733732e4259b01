// Duty: take a case to an organisation for tests: consents and referrals through the API; a shared case behind its back where only that is the ground.

import { catchUpCaseIndex } from '../../server/features/cases/caseIndexFeed.ts';
import { CaseModel } from '../../server/features/cases/cases.model.ts';
import { OrganisationModel } from '../../server/features/directory/organisations.model.ts';
import { newId } from '../../shared/api.ts';
import type { ConsentGive } from '../../shared/consents.ts';
import type { ReferralCreate, ReferralPage } from '../../shared/referrals.ts';
import { inDays } from './cases.ts';
import { consentInput } from './consents.ts';
import type { Person } from './server.ts';

/** An organisation that serves housing in Ferizaj, with legal aid. */
export async function organisation(changes: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  await OrganisationModel.create({
    _id: id,
    name: `Organisation ${id.slice(-4)}`,
    shortName: id.slice(-4),
    kind: 'partner',
    themes: ['housing'],
    services: ['legal_aid', 'housing_support'],
    municipalities: ['ferizaj'],
    ...changes,
  });
  return id;
}

export async function consented(
  by: Person,
  caseId: string,
  recipient: string,
  changes: Partial<ConsentGive> = {},
): Promise<string> {
  const input = consentInput(by.id, {
    purpose: 'referral',
    recipient,
    fields: ['title', 'description', 'name', 'phone'],
    ...changes,
  });
  const answer = await by.post(`/api/cases/${caseId}/consents`, input);
  if (answer.status >= 300) throw new Error(`A test's consent failed: ${answer.status} ${answer.text}`);
  return input.id;
}

export function referralInput(recipient: string, changes: Partial<ReferralCreate> = {}): ReferralCreate {
  return {
    id: newId(),
    kind: 'referral',
    recipient,
    service: 'legal_aid',
    sharedFields: ['title', 'name'],
    urgency: 'within_72_hours',
    replyBy: inDays(3),
    message: 'Please look at the papers.',
    send: true,
    ...changes,
  };
}

/** Sent, or throws. */
export async function referred(
  by: Person,
  caseId: string,
  recipient: string,
  changes: Partial<ReferralCreate> = {},
): Promise<string> {
  const input = referralInput(recipient, changes);
  const answer = await by.post(`/api/cases/${caseId}/referrals`, input);
  if (answer.status !== 201) throw new Error(`A test's referral failed: ${answer.status} ${answer.text}`);
  return input.id;
}

export async function referralOf(by: Person, id: string): Promise<ReferralPage> {
  const answer = await by.get(`/api/referrals/${id}`);
  if (answer.status !== 200)
    throw new Error(`Opening a test's referral failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

/** Makes the move on the referral as it stands for whoever moves it. */
export async function moveReferral(by: Person, id: string, input: Record<string, unknown>) {
  const version = input.version ?? (await referralOf(by, id)).version;
  return by.post(`/api/referrals/${id}/moves`, { ...input, version });
}

export async function movedReferral(
  by: Person,
  id: string,
  input: Record<string, unknown>,
): Promise<ReferralPage> {
  const answer = await moveReferral(by, id, input);
  if (answer.status !== 200) throw new Error(`A test's move failed: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

export const accept = (worker: Person, firstContactOn = inDays(1)) => ({
  move: 'accept',
  worker: worker.id,
  firstContactOn,
});

/** As a case stands after a transfer, for tests whose subject is something else: the partner works on it and sees it. */
export async function sharedWithPartner(
  caseId: string,
  partner: Person,
  organisationId: string,
): Promise<void> {
  await CaseModel.updateOne(
    { _id: caseId },
    {
      $set: { collaborators: [partner.id], sharedWith: [organisationId], changedAt: new Date() },
      $inc: { version: 1 },
    },
  );
  await catchUpCaseIndex();
}
