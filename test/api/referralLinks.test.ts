// Duty: an organisation without accounts answers through its one-time link: the same states, the referred fields alone, one life.
import { expect } from 'chai';
import { OrganisationModel } from '../../server/features/directory/organisations.model.ts';
import { VaultReadingModel } from '../../server/features/identities/identities.model.ts';
import { ReferralModel } from '../../server/features/referrals/referrals.model.ts';
import { inDays, logged, moved, triage } from '../support/cases.ts';
import { planted } from '../support/consents.ts';
import { emptyOutbox, mailTo, readOutbox } from '../support/outbox.ts';
import { consented, movedReferral, organisation, referralInput, referralOf } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Referrals through a one-time link', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let anybody: Person;
  let recipient: string;
  let other: string;
  let caseId: string;

  before(async () => {
    server = await startTestServer();
    emptyOutbox(server.env.DATA_DIR);
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    anybody = server.stranger();
    other = await organisation();
  });
  after(() => server.stop());

  async function sent(contact = ''): Promise<{ id: string; token: string }> {
    recipient = await organisation({ contact });
    caseId = await logged(activist, { title: 'Linkwhisper', description: 'Not shared at all' });
    await moved(lead, caseId, triage(activist.id));
    await consented(activist, caseId, recipient);
    await activist.put(`/api/cases/${caseId}/identity`, {
      version: 0,
      fields: { name: planted.name, phone: planted.phone },
    });
    const input = referralInput(recipient);
    const { status, body } = await activist.post(`/api/cases/${caseId}/referrals`, input);
    expect(status).to.equal(201);
    const url: string = body.link.url ?? readOutbox(server.env.DATA_DIR).at(-1)!.text;
    return { id: input.id, token: /\/answer\/([\w-]{43})/.exec(url)![1]! };
  }

  const read = (token: string) => anybody.get(`/api/answers/${token}`);
  async function answer(token: string, input: Record<string, unknown>) {
    const version = (await read(token)).body?.data?.version ?? 1;
    return anybody.post(`/api/answers/${token}/moves`, { version, ...input });
  }
  const accepted = { move: 'accept', workerName: 'A worker there', firstContactOn: inDays(1) };

  it('goes from the link to the confirmation, showing what is shared from acceptance on', async () => {
    const { id, token } = await sent();
    const before = await read(token);
    expect(before.status).to.equal(200);
    expect(before.body.data.shared).to.equal(null);
    expect(before.text).not.to.include('Linkwhisper');
    expect(before.text).not.to.include(caseId);
    expect((await anybody.post(`/api/answers/${token}/identity/open`, {})).status).to.equal(403);
    const during = await answer(token, accepted);
    expect(during.status, during.text).to.equal(200);
    expect(during.body.data.shared).to.deep.equal({
      inVault: ['name'],
      closesOn: null,
      title: 'Linkwhisper',
    });
    const opened = await anybody.post(`/api/answers/${token}/identity/open`, {});
    expect(opened.body.data.values).to.deep.equal({ name: planted.name });
    const [reading] = await VaultReadingModel.find({ caseId, kind: 'opened' }).lean();
    expect(reading).to.include({ by: recipient, reason: 'refer' });
    expect((await answer(token, { move: 'begin' })).status).to.equal(200);
    const done = await answer(token, { move: 'complete', given: 'A paper', givenOn: inDays(0) });
    expect(done.status).to.equal(200);
    expect(done.body.data.shared).to.equal(null);
    expect((await read(token)).status, 'used up').to.equal(410);
    const page = await referralOf(activist, id);
    expect(page).to.include({ status: 'completed', workerName: 'A worker there', given: 'A paper' });
    expect(page.history.filter(({ byLink }) => byLink)).to.have.length(3);
    await movedReferral(activist, id, { move: 'confirm', received: 'yes' });
  });

  it('mails the link to the organisation’s contact, with the reference and a verb and nothing else', async () => {
    emptyOutbox(server.env.DATA_DIR);
    const { token } = await sent('Office, desk@partner.example, 1st floor');
    const mail = await mailTo(server.env.DATA_DIR, 'desk@partner.example');
    expect(mail!.text).to.include(token);
    for (const secret of ['Linkwhisper', planted.name, planted.phone, 'Please look'])
      expect(mail!.text + mail!.subject).not.to.include(secret);
  });

  it('keeps only the token’s hash, and refuses an altered, an unknown, a replaced and an old link', async () => {
    const { id, token } = await sent();
    expect(JSON.stringify(await ReferralModel.findOne({ _id: id }).lean())).not.to.include(token);
    const altered = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [altered, 'x'.repeat(43)]) expect((await read(wrong)).status).to.equal(404);
    expect((await anybody.get('/api/answers/short')).status).to.equal(404);
    const renewed = await activist.post(`/api/referrals/${id}/link`);
    expect(renewed.status).to.equal(200);
    expect((await read(token)).status).to.equal(404);
    const fresh = /\/answer\/([\w-]{43})/.exec(renewed.body.link.url)![1]!;
    expect((await read(fresh)).status).to.equal(200);
    await ReferralModel.updateOne({ _id: id }, { $set: { 'link.expiresAt': new Date(Date.now() - 1) } });
    expect((await read(fresh)).status).to.equal(410);
    expect((await answer(fresh, accepted)).body.error.code).to.equal('link.expired');
    expect((await referralOf(activist, id)).status).to.equal('pending');
  });

  it('ends with a recall, a withdrawal, and a refusal', async () => {
    const recalled = await sent();
    await movedReferral(activist, recalled.id, { move: 'recall', reason: 'A mistake' });
    expect((await read(recalled.token)).status).to.equal(404);
    const withdrawn = await sent();
    expect((await answer(withdrawn.token, accepted)).status).to.equal(200);
    await activist.post(`/api/cases/${caseId}/consents/withdraw`, {});
    expect((await read(withdrawn.token)).status).to.equal(404);
    expect((await anybody.post(`/api/answers/${withdrawn.token}/identity/open`, {})).status).to.equal(404);
    const declined = await sent();
    const said = await answer(declined.token, { move: 'decline', reasonCode: 'no_capacity', reason: 'Full' });
    expect(said.status).to.equal(200);
    expect((await read(declined.token)).status).to.equal(410);
  });

  it('reroutes to another organisation, and gives no link where there are accounts', async () => {
    const { id, token } = await sent();
    const said = await answer(token, { move: 'reroute', suggestedOrganisation: other, reason: 'They can' });
    expect(said.status).to.equal(200);
    expect((await referralOf(activist, id)).suggestedOrganisation?.id).to.equal(other);
    const { id: next } = await sent();
    await server.as('cso_member', { organisation: recipient });
    const refused = await activist.post(`/api/referrals/${next}/link`);
    expect(refused.body.error.code).to.equal('referral.hasAccounts');
    expect(await OrganisationModel.countDocuments({ _id: recipient })).to.equal(1);
  });

  it('refuses a file that is not shared', async () => {
    const { token } = await sent();
    await answer(token, accepted);
    expect((await anybody.get(`/api/answers/${token}/evidence/${caseId}`)).status).to.equal(404);
  });
});
