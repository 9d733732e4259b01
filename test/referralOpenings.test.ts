// Duty: what a referral opens shrinks with the consent behind it: open pages hear it within a second, by ids alone; time does it once, in two processes.
import { expect } from 'chai';
import { settingsOf } from '../server/app.ts';
import { clock, dayAfter, dayOf } from '../server/clock.ts';
import { tellExpiredConsents } from '../server/features/identities/consents.commands.ts';
import { ConsentModel } from '../server/features/identities/consents.model.ts';
import { tellClosedFields } from '../server/features/referrals/openings.commands.ts';
import { allJobs } from '../server/jobs/jobs.ts';
import { runDueJobs } from '../server/jobs/runner.ts';
import { fieldsCloseAfterDays } from '../shared/referralLists.ts';
import { inDays, logged, moved, pageOf, triage } from './support/cases.ts';
import { planted } from './support/consents.ts';
import { form, photo } from './support/files.ts';
import { accept, consented, movedReferral, organisation, referralOf, referred } from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

type Heard = [name: string, change: { id: string; actor: string | null }];

describe('What a referral opens', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let partner: Person;
  let stranger: Person;
  let recipient: string;

  beforeEach(async () => {
    server = await startTestServer();
    recipient = await organisation();
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    partner = await server.as('cso_member', { organisation: recipient });
    stranger = await server.as('cso_member', { organisation: await organisation() });
  });
  afterEach(async () => {
    clock.stopAt(null);
    await server.stop();
  });

  async function acceptedReferral(fields = ['title', 'name'] as const, expiresOn?: string) {
    const caseId = await logged(activist, { title: 'Roof gone' });
    await moved(lead, caseId, triage(activist.id));
    await moved(activist, caseId, { move: 'start' });
    await consented(activist, caseId, recipient, {
      fields: [...fields, 'evidence'],
      ...(expiresOn ? { expiresOn } : {}),
    });
    await activist.put(`/api/cases/${caseId}/identity`, { version: 0, fields: { name: planted.name } });
    const id = await referred(activist, caseId, recipient, { sharedFields: [...fields, 'evidence'] });
    await movedReferral(partner, id, accept(partner));
    return { caseId, id };
  }

  async function ear(person: Person): Promise<Heard[]> {
    const heard: Heard[] = [];
    (await person.socket()).on('change', (...change) => heard.push(change as unknown as Heard));
    return heard;
  }
  const told = (heard: Heard[], id: string) =>
    heard.filter(([name, change]) => name === 'referral.fieldsChanged' && change.id === id).length;
  async function within(milliseconds: number, holds: () => boolean) {
    const end = Date.now() + milliseconds;
    while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
    return holds();
  }

  it('narrows with a narrower consent: both sides hear it within a second, a stranger nothing', async () => {
    const { caseId, id } = await acceptedReferral();
    expect((await referralOf(partner, id)).shared).to.deep.include({ title: 'Roof gone', inVault: ['name'] });
    const [atPartner, atTeam, elsewhere] = [await ear(partner), await ear(lead), await ear(stranger)];
    await consented(activist, caseId, recipient, { fields: ['title'] });
    expect(await within(1_000, () => told(atPartner, id) === 1 && told(atTeam, id) === 1)).to.equal(true);
    expect(elsewhere).to.deep.equal([]);
    expect(JSON.stringify(atPartner)).not.to.match(/Roof|FER-|title|name"/);
    const page = await referralOf(partner, id);
    expect(page.shared).to.deep.equal({ title: 'Roof gone', inVault: [], closesOn: null });
    const opened = await partner.post(`/api/referrals/${id}/identity/open`, { reason: 'visit' });
    expect(opened.status).to.equal(403);
  });

  it('closes when the case turns out to be about a child and no guardian agreed; opens again when one does', async () => {
    const { caseId, id } = await acceptedReferral();
    const [atPartner, atTeam] = [await ear(partner), await ear(lead)];
    const { version } = await pageOf(activist, caseId);
    const revised = await activist.patch(`/api/cases/${caseId}`, { version, concernsChild: true });
    expect(revised.status).to.equal(200);
    expect(await within(1_000, () => told(atPartner, id) === 1 && told(atTeam, id) === 1)).to.equal(true);
    expect((await referralOf(partner, id)).shared).to.equal(null);
    const opened = await partner.post(`/api/referrals/${id}/identity/open`, { reason: 'visit' });
    expect(opened.status).to.equal(403);
    await consented(activist, caseId, recipient, { fields: ['title'], givenBy: 'guardian' });
    expect((await referralOf(partner, id)).shared?.title).to.equal('Roof gone');
  });

  it('closes when the consent’s last day is past: told once, by whichever of two processes comes first', async () => {
    const { id, caseId } = await acceptedReferral(undefined, inDays(10));
    const lastDay = new Date(`${inDays(10)}T11:00:00Z`);
    clock.stopAt(lastDay);
    expect(await tellExpiredConsents(lastDay)).to.equal(0);
    const dayLater = new Date(`${dayAfter(dayOf(lastDay), 1)}T11:00:00Z`);
    const [atPartner, atTeam] = [await ear(partner), await ear(lead)];
    clock.stopAt(dayLater);
    const jobs = allJobs(settingsOf(server.env)).filter(({ name }) => name === 'consents.tellExpired');
    const did = await Promise.all([runDueJobs(jobs, dayLater), runDueJobs(jobs, dayLater)]);
    expect(did.flatMap((each) => Object.values(each))).to.deep.equal([1]);
    expect(await within(1_000, () => told(atPartner, id) === 1)).to.equal(true);
    expect(atTeam.some(([name]) => name === 'consent.expired')).to.equal(true);
    expect((await referralOf(partner, id)).shared).to.equal(null);
    expect(await tellExpiredConsents(dayLater)).to.equal(0);
    // A renewal opens it again, and that too is told.
    await consented(activist, caseId, recipient, {
      givenOn: dayOf(dayLater),
      expiresOn: dayAfter(dayOf(dayLater), 30),
    });
    expect(await within(1_000, () => told(atPartner, id) === 2)).to.equal(true);
    expect((await referralOf(partner, id)).shared?.title).to.equal('Roof gone');
  });

  it('when a stop comes between telling and marking, tells again rather than never', async () => {
    const { id } = await acceptedReferral(undefined, inDays(10));
    const later = new Date(`${inDays(12)}T11:00:00Z`);
    clock.stopAt(later);
    const atPartner = await ear(partner);
    expect(await tellExpiredConsents(later)).to.equal(1);
    await ConsentModel.updateMany({}, { $set: { expiryTold: false } });
    expect(await tellExpiredConsents(later)).to.equal(1);
    expect(await within(1_000, () => told(atPartner, id) === 2)).to.equal(true);
  });

  it('closes with the days after the end, and open pages are told once', async () => {
    const { id } = await acceptedReferral();
    await movedReferral(partner, id, { move: 'begin' });
    await movedReferral(partner, id, { move: 'complete', given: 'A paper', givenOn: inDays(0) });
    const atPartner = await ear(partner);
    const before = new Date(`${inDays(fieldsCloseAfterDays - 1)}T11:00:00Z`);
    clock.stopAt(before);
    expect(await tellClosedFields(before)).to.equal(0);
    expect((await referralOf(partner, id)).shared).to.not.equal(null);
    const closed = new Date(`${inDays(fieldsCloseAfterDays)}T11:00:00Z`);
    clock.stopAt(closed);
    expect([await tellClosedFields(closed), await tellClosedFields(closed)]).to.deep.equal([1, 0]);
    expect(await within(1_000, () => told(atPartner, id) === 1)).to.equal(true);
    expect((await referralOf(partner, id)).shared).to.equal(null);
  });

  it('shows small pictures of shared photos, and neither picture nor file once evidence is shared no more', async () => {
    const { caseId, id } = await acceptedReferral();
    const file = crypto.randomUUID();
    expect(
      (await activist.send('POST', `/api/cases/${caseId}/evidence?id=${file}`, form(await photo(300, 200))))
        .status,
    ).to.equal(201);
    const { shared } = await referralOf(partner, id);
    expect(shared?.evidence?.map((one) => [one.id, one.hasThumbnail])).to.deep.equal([[file, true]]);
    const small = await partner.get(`/api/referrals/${id}/evidence/${file}/thumbnail`);
    expect([small.status, small.headers.get('content-type')]).to.deep.equal([200, 'image/webp']);
    expect((await stranger.get(`/api/referrals/${id}/evidence/${file}/thumbnail`)).status).to.equal(404);
    await consented(activist, caseId, recipient, { fields: ['title'] });
    for (const path of [
      `/api/referrals/${id}/evidence/${file}`,
      `/api/referrals/${id}/evidence/${file}/thumbnail`,
    ])
      expect((await partner.get(path)).status, path).to.equal(404);
  });
});
