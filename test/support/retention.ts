// Duty: a case with words in every record that can hold some, closed, and the moments of its clock. No expectations here.
import { dayAfter, dayOf, monthsAfter } from '../../server/clock.ts';
import { newId } from '../../shared/api.ts';
import type { CaseCreate } from '../../shared/cases.ts';
import { activeCampaign, added, checkInput } from './campaigns.ts';
import { inDays, logged, moved, triage } from './cases.ts';
import { consentInput, planted } from './consents.ts';
import { form, photo } from './files.ts';
import { keep } from './identities.ts';
import { drafted, movedLetter } from './letters.ts';
import { accept, consented, movedReferral, referred } from './referrals.ts';
import type { Person } from './server.ts';

/** In every free text about the case, and nowhere else. */
export const whisper = 'Oldcasewhisper';
const told = (where: string) => `${whisper} ${where}`;

/** Noon in Kosovo, so many days after the last day of so many months from today. */
export const momentAfter = (months: number, days = 0): Date =>
  new Date(`${dayAfter(monthsAfter(dayOf(new Date()), months), days)}T11:00:00Z`);

export async function closedCase(lead: Person, changes: Partial<CaseCreate> = {}): Promise<string> {
  const id = await logged(lead, changes);
  await moved(lead, id, triage(lead.id));
  await moved(lead, id, { move: 'start', step: { title: told('step'), due: inDays(3) } });
  await moved(lead, id, { move: 'resolve', outcome: 'achieved', note: told('reason') });
  await moved(lead, id, { move: 'close', confirmedBy: 'person' });
  return id;
}

export interface Told {
  caseId: string;
  referralId: string;
  letterId: string;
  campaignId: string;
}

const ok = async (answer: Promise<{ status: number; text: string; body: any }>) => {
  const { status, text, body } = await answer;
  if (status >= 300) throw new Error(`A case to forget could not be made: ${status} ${text}`);
  return body;
};

/** With vault, consents, override, notes, plan, photo, referral, letter, campaign and a reopening. */
export async function closedCaseWithEverything(people: {
  lead: Person;
  coordinator: Person;
  partner: Person;
  recipient: string;
}): Promise<Told> {
  const { lead, coordinator, partner, recipient } = people;
  const { data: municipalities } = await ok(lead.get('/api/municipalities'));
  const [settlement] = municipalities.find(({ slug }: { slug: string }) => slug === 'ferizaj').settlements;
  const input = {
    title: told('title'),
    description: told('story'),
    need: told('need'),
    settlement: settlement.id as string,
    consentBasis: 'consented' as const,
    language: 'rom' as const,
  };
  const caseId = await logged(lead, input);
  await ok(keep(lead, caseId, planted));
  await ok(lead.post(`/api/cases/${caseId}/notes`, { id: newId(), text: told('note') }));
  await moved(lead, caseId, triage(lead.id));
  await ok(lead.post(`/api/cases/${caseId}/steps`, { id: newId(), title: told('own step'), due: inDays(2) }));
  await moved(lead, caseId, { move: 'start' });
  await ok(lead.send('POST', `/api/cases/${caseId}/evidence?id=${newId()}`, form(await photo(60, 40))));
  await ok(
    coordinator.post(`/api/cases/${caseId}/consent-overrides`, {
      id: newId(),
      purpose: 'referral',
      recipient,
      fields: ['phone'],
      reason: told('override, in the hospital tonight'),
    }),
  );
  await consented(lead, caseId, recipient);
  const referralId = await referred(lead, caseId, recipient, { message: told('message') });
  await movedReferral(partner, referralId, accept(partner));
  await movedReferral(partner, referralId, { move: 'begin' });
  await movedReferral(partner, referralId, { move: 'complete', given: told('given'), givenOn: inDays(0) });
  await movedReferral(lead, referralId, { move: 'confirm', received: 'yes', note: told('confirmed') });
  await moved(lead, caseId, { move: 'wait', party: 'authority', until: inDays(9) });
  const letterId = await drafted(lead, { caseId, ask: told('ask') });
  await movedLetter(lead, letterId, { move: 'send', on: inDays(0), way: 'post', protocol: told('07/1') });
  await movedLetter(lead, letterId, { move: 'answer', on: inDays(0), summary: told('answer') });
  const campaignId = await activeCampaign(coordinator, { municipalities: ['ferizaj'] });
  await ok(
    lead.post(`/api/cases/${caseId}/consents`, consentInput(lead.id, { purpose: 'advocacy_example' })),
  );
  await added(coordinator, `/api/campaigns/${campaignId}/uses`, { caseIds: [caseId] });
  const words = { byWhom: told('by whom'), harm: told('harm'), awareHow: told('aware') };
  await added(coordinator, `/api/campaigns/${campaignId}/uses/${caseId}/check`, checkInput(words));
  await moved(lead, caseId, { move: 'resolve', outcome: 'achieved', note: told('resolved') });
  await moved(lead, caseId, { move: 'reopen', reason: told('reopened') });
  await moved(lead, caseId, { move: 'resolve', outcome: 'partly_achieved', note: told('resolved again') });
  await moved(lead, caseId, { move: 'close', confirmedBy: 'person' });
  return { caseId, referralId, letterId, campaignId };
}
