// Duty: a withdrawn consent ends at once what rested on it: the recipient's open page hears it within a second, its next request is 404.
import { expect } from 'chai';
import { completeWithdrawals, onConsentWithdrawn } from '../server/features/identities/consents.commands.ts';
import { ReferralModel } from '../server/features/referrals/referrals.model.ts';
import { inDays, logged, move, moved, pageOf, triage } from './support/cases.ts';
import { planted } from './support/consents.ts';
import {
  accept,
  consented,
  movedReferral,
  moveReferral,
  organisation,
  referralOf,
  referred,
} from './support/referrals.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

type Heard = [name: string, change: { id: string; version: number; caseId?: string }];

describe('Withdrawal of consent', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let partner: Person;
  let stranger: Person;
  let recipient: string;

  before(async () => {
    server = await startTestServer();
    recipient = await organisation();
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    partner = await server.as('cso_member', { organisation: recipient });
    stranger = await server.as('cso_member', { organisation: await organisation() });
  });
  after(() => server.stop());

  async function caseInWork() {
    const id = await logged(activist, { title: 'Roof gone' });
    await moved(lead, id, triage(activist.id));
    await moved(activist, id, { move: 'start' });
    await consented(activist, id, recipient);
    await activist.put(`/api/cases/${id}/identity`, { version: 0, fields: { name: planted.name } });
    return id;
  }

  async function ear(person: Person): Promise<Heard[]> {
    const heard: Heard[] = [];
    (await person.socket()).on('change', (...change) => heard.push(change as Heard));
    return heard;
  }

  const until = async (holds: () => boolean, milliseconds: number) => {
    const end = Date.now() + milliseconds;
    while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
    return holds();
  };

  it('empties the recipient’s open page within a second and closes every door to it', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient);
    await movedReferral(partner, id, accept(partner));
    const [atPartner, atTeam, elsewhere] = [await ear(partner), await ear(activist), await ear(stranger)];
    const begun = Date.now();
    expect((await activist.post(`/api/cases/${caseId}/consents/withdraw`, {})).status).to.equal(200);
    const heard = (from: Heard[], name: string) =>
      from.some(([what, { id: of }]) => what === name && of === id);
    expect(await until(() => heard(atPartner, 'referral.withdrawn'), 1_000)).to.equal(true);
    expect(Date.now() - begun).to.be.lessThan(1_000);
    for (const answer of [
      await partner.get(`/api/referrals/${id}`),
      await partner.post(`/api/referrals/${id}/identity/open`, { reason: 'visit' }),
      await moveReferral(partner, id, { move: 'begin', version: 3 }),
      await partner.post(`/api/referrals/${id}/case-outcome`, { outcome: 'achieved', note: 'x' }),
    ])
      expect(answer.status).to.equal(404);
    expect((await partner.get('/api/referrals')).text).not.to.include(id);
    expect(await until(() => heard(atTeam, 'referral.changed'), 1_000)).to.equal(true);
    expect((await referralOf(activist, id)).status).to.equal('consent_withdrawn');
    expect(elsewhere).to.deep.equal([]);
    expect(JSON.stringify(atPartner)).not.to.match(/Roof|FER-/);
  });

  it('leaves done work done, closes its fields, and is told once', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient);
    await movedReferral(partner, id, accept(partner));
    await movedReferral(partner, id, { move: 'begin' });
    await movedReferral(partner, id, { move: 'complete', given: 'A paper', givenOn: inDays(0) });
    await activist.post(`/api/cases/${caseId}/consents/withdraw`, {});
    const page = await referralOf(partner, id);
    expect(page).to.include({ status: 'completed', shared: null, message: '' });
    await completeWithdrawals();
    expect((await referralOf(partner, id)).version).to.equal(page.version);
    await movedReferral(activist, id, { move: 'confirm', received: 'yes' });
  });

  it('takes a transferred case back from who leads it', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient, { kind: 'transfer' });
    await movedReferral(partner, id, accept(partner));
    expect((await pageOf(partner, caseId)).lead?.id).to.equal(partner.id);
    const atPartner = await ear(partner);
    await lead.post(`/api/cases/${caseId}/consents/withdraw`, {});
    expect(await until(() => atPartner.some(([name]) => name === 'case.withdrawn'), 1_000)).to.equal(true);
    expect((await partner.get(`/api/cases/${caseId}`)).status).to.equal(404);
    expect((await pageOf(activist, caseId)).lead?.id).to.equal(activist.id);
  });

  it('ends referrals when the person withdraws from the case itself', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient);
    expect((await move(activist, caseId, { move: 'withdraw' })).status).to.equal(200);
    expect((await partner.get(`/api/referrals/${id}`)).status).to.equal(404);
    expect((await referralOf(activist, id)).status).to.equal('consent_withdrawn');
  });

  it('when a stop cuts the cascade short, finishes it later, once', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient);
    let fails = true;
    const leave = onConsentWithdrawn(async () => {
      if (fails) throw new Error('cut short');
    });
    await activist.post(`/api/cases/${caseId}/consents/withdraw`, {});
    await ReferralModel.updateOne({ _id: id }, { $set: { status: 'accepted' } });
    fails = false;
    expect(await completeWithdrawals()).to.equal(1);
    leave();
    expect((await ReferralModel.findOne({ _id: id }).lean())!.status).to.equal('consent_withdrawn');
    expect(await completeWithdrawals()).to.equal(0);
  });
});
