// Duty: hold referrals to their promises: what is refused, what a recipient sees before, during and after, transfers, closing, withdrawal.
import { expect } from 'chai';
import { dayAfter, dayOf } from '../../server/clock.ts';
import { csvCell } from '../../server/exports/tables.ts';
import { UserModel } from '../../server/features/directory/users.model.ts';
import { ReferralModel } from '../../server/features/referrals/referrals.model.ts';
import { newId } from '../../shared/api.ts';
import { inDays, logged, move, moved, pageOf, triage } from '../support/cases.ts';
import { planted } from '../support/consents.ts';
import { order } from '../support/exports.ts';
import {
  accept,
  consented,
  movedReferral,
  moveReferral,
  organisation,
  referralInput,
  referralOf,
  referred,
} from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Referrals', () => {
  let server: TestServer;
  let activist: Person;
  let lead: Person;
  let coordinator: Person;
  let partner: Person;
  let colleague: Person;
  let stranger: Person;
  let recipient: string;
  let other: string;

  before(async () => {
    server = await startTestServer();
    recipient = await organisation();
    other = await organisation({
      themes: ['employment'],
      services: ['vocational_training'],
      municipalities: ['peja'],
      capacity: 0,
    });
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    coordinator = await server.as('coordinator');
    partner = await server.as('cso_member', { organisation: recipient });
    colleague = await server.as('cso_member', { organisation: recipient });
    stranger = await server.as('cso_member', { organisation: other });
  });
  after(() => server.stop());

  /** A case in work with a live consent to the recipient. */
  async function caseInWork(): Promise<string> {
    const id = await logged(activist, { title: 'Roof gone' });
    await moved(lead, id, triage(activist.id));
    await moved(activist, id, { move: 'start' });
    await consented(activist, id, recipient);
    const vault = await activist.put(`/api/cases/${id}/identity`, {
      version: 0,
      fields: { name: planted.name, phone: planted.phone },
    });
    expect(vault.status).to.equal(200);
    return id;
  }

  const refusal = async (answer: Promise<{ status: number; body: any }>) => {
    const { status, body } = await answer;
    return [status, body?.error?.code, ...(body?.error?.faults ?? []).map((fault: any) => fault.code)];
  };

  describe('POST /api/cases/:id/referrals', () => {
    it('sends, tells both sides, and does it once however often it is repeated', async () => {
      const id = await caseInWork();
      const input = referralInput(recipient);
      const first = await activist.post(`/api/cases/${id}/referrals`, input);
      expect(first.status).to.equal(201);
      expect(first.body.data.status).to.equal('pending');
      expect(first.body).not.to.have.property('link');
      expect((await activist.post(`/api/cases/${id}/referrals`, input)).status).to.equal(200);
      expect((await lead.post(`/api/cases/${id}/referrals`, input)).body.error.code).to.equal('id.taken');
      const chain = await activist.get(`/api/cases/${id}/referrals`);
      expect(chain.body.data.map((row: any) => row.id)).to.deep.equal([input.id]);
      const inbox = await partner.get('/api/referrals?group=to_answer');
      expect(inbox.body.data.map((row: any) => row.id)).to.include(input.id);
      expect((await stranger.get('/api/referrals')).text).not.to.include(input.id);
    });

    it('when consent is missing, withdrawn or narrower, answers 422 and saves nothing', async () => {
      const id = await logged(activist);
      const post = (changes = {}) =>
        activist.post(`/api/cases/${id}/referrals`, referralInput(recipient, changes));
      expect(await refusal(post())).to.deep.equal([422, 'referral.refused', 'no_live_consent']);
      await consented(activist, id, recipient, { fields: ['title'] });
      expect(await refusal(post())).to.deep.equal([422, 'referral.refused', 'not_consented']);
      expect((await activist.post(`/api/cases/${id}/consents/withdraw`, {})).status).to.equal(200);
      expect(await refusal(post({ sharedFields: ['title'] }))).to.include('no_live_consent');
      expect(await ReferralModel.countDocuments({ caseId: id })).to.equal(0);
    });

    it('refuses days that do not fit, an unknown organisation, oneself, and the same twice', async () => {
      const id = await caseInWork();
      const post = (changes = {}) =>
        activist.post(`/api/cases/${id}/referrals`, referralInput(recipient, changes));
      expect(await refusal(post({ replyBy: inDays(-2) }))).to.include('in_the_past');
      expect(await refusal(post({ replyBy: inDays(90) }))).to.include('reply_too_far');
      expect(await refusal(post({ recipient: newId() }))).to.include('not_found');
      expect((await post()).status).to.equal(201);
      expect(await refusal(post())).to.deep.equal([409, 'referral.underWay']);
      expect((await post({ service: 'housing_support' })).status).to.equal(201);
    });

    it('warns of an organisation that does not serve the place or the theme, and sends all the same', async () => {
      const id = await caseInWork();
      await consented(activist, id, other);
      const { status, body } = await activist.post(`/api/cases/${id}/referrals`, referralInput(other));
      expect(status).to.equal(201);
      expect(body.warnings.map(({ code }: any) => code)).to.deep.equal([
        'not_their_theme',
        'not_their_service',
        'not_their_municipality',
        'over_capacity',
      ]);
    });

    it('is for the lead, the team lead and coordinators', async () => {
      const id = await caseInWork();
      const teamMate = await server.as('activist');
      const elsewhere = await server.as('activist', { municipality: 'prizren' });
      const post = (by: Person) => by.post(`/api/cases/${id}/referrals`, referralInput(recipient));
      expect((await post(teamMate)).status).to.equal(403);
      for (const person of [elsewhere, partner, await server.as('funder'), await server.as('administrator')])
        expect((await post(person)).status).to.equal(404);
      expect((await post(coordinator)).status).to.equal(201);
    });
  });

  it('shows the recipient nothing before acceptance, the ticked fields during, and never the case', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient);
    const before = await partner.get(`/api/referrals/${id}`);
    expect(before.body.data.shared).to.equal(null);
    expect(before.text).not.to.include('Roof gone');
    expect(before.body.abilities).to.include({ accept: true, decline: true, send: false, recall: false });
    expect((await partner.post(`/api/referrals/${id}/identity/open`, { reason: 'visit' })).status).to.equal(
      403,
    );
    await movedReferral(partner, id, accept(partner));
    const during = await partner.get(`/api/referrals/${id}`);
    expect(during.body.data.shared).to.deep.equal({ inVault: ['name'], closesOn: null, title: 'Roof gone' });
    const opened = await partner.post(`/api/referrals/${id}/identity/open`, { reason: 'visit' });
    expect(opened.body.data.values).to.deep.equal({ name: planted.name });
    const more = await partner.post(`/api/referrals/${id}/identity/open`, {
      reason: 'visit',
      fields: ['phone'],
    });
    expect(more.status).to.equal(403);
    expect((await partner.get(`/api/cases/${caseId}`)).status).to.equal(404);
    expect((await partner.get(`/api/cases/${caseId}/referrals`)).status).to.equal(404);
    expect((await stranger.get(`/api/referrals/${id}`)).status).to.equal(404);
  });

  it('lets one of two workers accept', async () => {
    const id = await referred(activist, await caseInWork(), recipient);
    const { version } = await referralOf(partner, id);
    const answers = await Promise.all([
      moveReferral(partner, id, { ...accept(partner), version }),
      moveReferral(colleague, id, { ...accept(colleague), version }),
    ]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    const late = answers.find(({ status }) => status === 409)!;
    expect(late.body.error.code).to.equal('referral.stale');
  });

  it('keeps a case from being closed while a referral is under way, until it is recalled', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient);
    await moved(activist, caseId, { move: 'resolve', outcome: 'achieved', note: 'Done' });
    const close = () => move(activist, caseId, { move: 'close', confirmedBy: 'person' });
    expect(await refusal(close())).to.deep.equal([409, 'case.referralUnderWay']);
    await movedReferral(activist, id, { move: 'recall', reason: 'Solved already' });
    expect((await partner.get(`/api/referrals/${id}`)).status).to.equal(404);
    expect((await close()).status).to.equal(200);
    expect(
      await refusal(activist.post(`/api/cases/${caseId}/referrals`, referralInput(recipient))),
    ).to.deep.equal([409, 'referral.caseClosed']);
  });

  it('passes the lead with a transfer when it is accepted, and back when it is recalled', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient, { kind: 'transfer' });
    expect((await pageOf(activist, caseId)).lead?.id).to.equal(activist.id);
    await movedReferral(partner, id, accept(partner));
    const page = await pageOf(partner, caseId);
    expect(page.lead?.id).to.equal(partner.id);
    expect((await moveReferral(partner, id, { move: 'begin' })).status).to.equal(409);
    await movedReferral(coordinator, id, { move: 'recall', reason: 'A mistake' });
    expect((await partner.get(`/api/cases/${caseId}`)).status).to.equal(404);
    expect((await pageOf(activist, caseId)).lead?.id).to.equal(activist.id);
  });

  it('refuses a transfer to an organisation where nobody has an account', async () => {
    const id = await caseInWork();
    const empty = await organisation();
    await consented(activist, id, empty);
    const answer = activist.post(`/api/cases/${id}/referrals`, referralInput(empty, { kind: 'transfer' }));
    expect(await refusal(answer)).to.deep.equal([422, 'referral.refused', 'needs_accounts']);
    expect(await UserModel.countDocuments({ organisation: empty })).to.equal(0);
  });

  it('goes from completion to the sender’s confirmation, and the fields close again after some days', async () => {
    const id = await referred(activist, await caseInWork(), recipient);
    await movedReferral(partner, id, accept(partner));
    await movedReferral(partner, id, { move: 'begin' });
    const done = await movedReferral(partner, id, {
      move: 'complete',
      given: 'A lawyer',
      givenOn: inDays(0),
    });
    const closes = dayAfter(dayOf(new Date()), 14);
    expect(done.dueOn).to.equal(closes);
    expect(done.shared?.closesOn).to.equal(closes);
    expect((await moveReferral(partner, id, { move: 'confirm', received: 'yes' })).status).to.equal(403);
    await movedReferral(activist, id, { move: 'confirm', received: 'partly', note: 'They told me secrets' });
    const again = await moveReferral(activist, id, { move: 'confirm', received: 'yes' });
    expect(again.status).to.equal(409);
    expect((await partner.get(`/api/referrals/${id}`)).text).not.to.include('told me secrets');
    await ReferralModel.updateOne({ _id: id }, { $set: { endedAt: new Date(Date.now() - 15 * 86_400_000) } });
    const closed = await referralOf(partner, id);
    expect(closed.shared).to.equal(null);
    expect(closed.message).to.equal('');
    expect((await partner.post(`/api/referrals/${id}/identity/open`, { reason: 'visit' })).status).to.equal(
      403,
    );
  });

  it('is rerouted by the recipient and sent on by the sender, where consent allows it, linked both ways', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient);
    await movedReferral(partner, id, { move: 'reroute', suggestedOrganisation: other, reason: 'They can' });
    const next = newId();
    const refused = await moveReferral(activist, id, { move: 'resend', id: next });
    expect(await refusal(Promise.resolve(refused))).to.include('no_live_consent');
    await consented(activist, caseId, other);
    const sent = await movedReferral(activist, id, { move: 'resend', id: next });
    expect(sent).to.include({ id: next, before: id, status: 'pending' });
    expect(sent.recipient.id).to.equal(other);
    expect((await referralOf(activist, id)).after).to.equal(next);
    expect((await moveReferral(activist, id, { move: 'resend', id: newId() })).status).to.equal(409);
  });

  it('lets who accepted say what became of the case', async () => {
    const caseId = await caseInWork();
    const id = await referred(activist, caseId, recipient);
    const say = (by = partner) =>
      by.post(`/api/referrals/${id}/case-outcome`, { outcome: 'achieved', note: 'Papers are there' });
    expect((await say()).status).to.equal(409);
    await movedReferral(partner, id, accept(partner));
    expect((await say(activist)).status).to.equal(403);
    expect((await say()).status).to.equal(200);
    const page = await pageOf(activist, caseId);
    expect(page).to.include({ status: 'resolved', outcome: 'achieved', confirmedBy: null });
    expect((await say()).status).to.equal(409);
  });

  it('moves many at once, each with its result', async () => {
    const ids = [
      await referred(activist, await caseInWork(), recipient),
      await referred(activist, await caseInWork(), recipient),
    ];
    const foreign = newId();
    const { body } = await partner.post('/api/referrals/bulk', {
      ids: [...ids, foreign],
      change: accept(partner),
    });
    expect(body.data.map(({ ok }: any) => ok)).to.deep.equal([true, true, false]);
    expect(body.data[2].code).to.equal('notFound');
  });

  it('exports own work without identities and without formulas', async () => {
    const csv = await partner.post('/api/referrals/exports', order());
    expect(csv.headers.get('content-type')).to.include('text/csv');
    const [head, table] = csv.text.trim().split('\r\n\r\n');
    const lines = table!.split('\r\n');
    expect(lines.length).to.be.greaterThan(3);
    const { body: preview } = await partner.get('/api/referrals/export-preview');
    expect(preview.data).to.deep.equal({ rows: lines.length - 1, sensitivity: 'high' });
    const { expiresOn } = order();
    // Whoever finds the file knows what it is, for whom, and when it should have gone.
    expect(csv.headers.get('content-disposition')).to.match(
      new RegExp(`kosint-high-referrals-\\d{4}-\\d\\d-\\d\\d-delete-${expiresOn}\\.csv`),
    );
    expect(head)
      .to.include('"High: do not pass on"')
      .and.to.include('"A report on what was done"')
      .and.to.include('"Besa Provë (Our own team)"')
      .and.to.include(`"${expiresOn}"`)
      .and.to.include(`"${lines.length - 1}"`);
    for (const secret of ['Roof gone', planted.name, planted.phone, 'lawyer', 'secrets'])
      expect(csv.text).not.to.include(secret);
    // The reader's own words, and the codes that are the same for everybody.
    expect(lines[0]).to.match(/"Reference".*"Service".*"service"/);
    expect(csv.text).to.include('"Legal aid"').and.to.include('"legal_aid"').and.to.include('"Ferizaj"');
    expect((await partner.patch('/api/me', { language: 'sr' })).status).to.equal(200);
    const serbian = await partner.post('/api/referrals/exports', order());
    expect(serbian.text)
      .to.include('"Usluga"')
      .and.to.include('"Pravna pomoć"')
      .and.to.include('"legal_aid"');
    expect(csvCell('=1+1')).to.equal(`"'=1+1"`);
    expect(csvCell('a "b", c')).to.equal('"a ""b"", c"');
  });

  it('gives no table without purpose, reader, recipient and a day within bounds, and says which is missing', async () => {
    const none = await partner.post('/api/referrals/exports', {});
    expect(none.body.error.faults.map(({ path }: any) => path.join('.'))).to.have.members([
      'purpose',
      'reader',
      'recipient',
      'expiresOn',
    ]);
    for (const [expiresOn, code] of [
      [inDays(-1), 'in_the_past'],
      [inDays(91), 'export_too_long'],
    ]) {
      const { status, body } = await partner.post('/api/referrals/exports', order({ expiresOn }));
      expect([status, body.error.faults[0].code]).to.deep.equal([422, code]);
    }
    expect((await partner.get('/api/referrals/export.csv')).status).to.equal(404);
  });

  it('lists who could be asked: the fitting first, with load, accounts and consent', async () => {
    const id = await caseInWork();
    const { body } = await activist.get(`/api/referral-providers?caseId=${id}&service=legal_aid`);
    const mine = body.data.find((provider: any) => provider.id === recipient);
    expect(mine).to.include({ servesTheme: true, servesMunicipality: true, hasAccounts: true });
    expect(mine.openReferrals).to.be.greaterThan(0);
    expect(mine.consentedFields).to.deep.equal(['title', 'description', 'name', 'phone']);
    const far = body.data.find((provider: any) => provider.id === other);
    expect(far).to.include({
      servesTheme: false,
      servesService: false,
      servesMunicipality: false,
      capacity: 0,
    });
    expect(mine.servesService).to.equal(true);
    expect(body.data.indexOf(mine)).to.be.lessThan(body.data.indexOf(far));
    expect((await partner.get(`/api/referral-providers?caseId=${id}`)).status).to.equal(404);
  });
});
