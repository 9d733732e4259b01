// Duty: prove which consent counts, who records and withdraws it, what a withdrawal sets off, and how an override is reviewed.
import { expect } from 'chai';
import mongoose from 'mongoose';
import { clock } from '../../server/clock.ts';
import {
  completeWithdrawals,
  onConsentWithdrawn,
  type Withdrawal,
} from '../../server/features/identities/consents.commands.ts';
import { ConsentModel, ConsentOverrideModel } from '../../server/features/identities/consents.model.ts';
import { casesWithLiveConsent, liveConsentFor } from '../../server/features/identities/consents.queries.ts';
import { onConsentOverridden } from '../../server/features/identities/overrides.commands.ts';
import { newId } from '../../shared/api.ts';
import { consentPurposes } from '../../shared/consents.ts';
import { inDays, logged, moved, pageOf } from '../support/cases.ts';
import { consentInput } from '../support/consents.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let activist: Person;
let lead: Person;
let coordinator: Person;
let second: Person;
let stranger: Person;
let organisation: string;
let otherOrganisation: string;
let partner: Person;
const hour = 3600_000;

const consentsOf = async (by: Person, id: string) => (await by.get(`/api/cases/${id}/consents`)).body;
const give = (by: Person, id: string, changes: Parameters<typeof consentInput>[1] = {}) =>
  by.post(`/api/cases/${id}/consents`, consentInput(activist.id, changes));
const withdraw = (by: Person, id: string, body: object = {}) =>
  by.post(`/api/cases/${id}/consents/withdraw`, body);
const toPartner = () => ({
  purpose: 'referral' as const,
  recipient: organisation,
  fields: ['need' as const, 'phone' as const],
});
const overrideInput = (changes: object = {}) => ({
  id: newId(),
  purpose: 'referral',
  recipient: organisation,
  fields: ['phone'],
  reason: 'Unconscious in hospital; needs shelter tonight',
  ...changes,
});
const codesOf = (answer: { body: { error: { faults: { path: string[]; code: string }[] } } }) =>
  Object.fromEntries(answer.body.error.faults.map(({ path, code }) => [path.join('.'), code]));

describe('Consents', () => {
  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist', { name: 'Asker' });
    lead = await server.as('team_lead');
    coordinator = await server.as('coordinator', { name: 'First coordinator' });
    second = await server.as('coordinator', { name: 'Second coordinator' });
    stranger = await server.as('activist', { municipality: 'prizren' });
    const organisations = (await coordinator.get('/api/organisations')).body.data;
    organisation = organisations[0].id;
    otherOrganisation = organisations[1].id;
    partner = await server.as('cso_member', { organisation });
  });
  after(() => server.stop());
  afterEach(() => clock.stopAt(null));

  describe('POST /api/cases/:id/consents', () => {
    it('begins with nothing agreed to at all', async () => {
      const id = await logged(activist);
      expect((await consentsOf(activist, id)).data.consents).to.deep.equal([]);
      for (const purpose of consentPurposes) expect(await liveConsentFor(id, purpose)).to.equal(null);
    });

    it('records one purpose, and no other becomes live by it', async () => {
      const id = await logged(activist);
      const answer = await give(activist, id, { purpose: 'photo' });
      expect(answer.status).to.equal(201);
      expect(answer.body.data.consents[0]).to.deep.include({
        purpose: 'photo',
        standing: 'live',
        form: 'oral',
      });
      expect(answer.body.data.consents[0].askedBy.name).to.equal('Asker');
      expect((await liveConsentFor(id, 'photo'))?.kind).to.equal('consent');
      for (const purpose of consentPurposes.filter((other) => other !== 'photo'))
        expect(await liveConsentFor(id, purpose)).to.equal(null);
    });

    it('knows no bundle: a list of purposes is refused', async () => {
      const id = await logged(activist);
      for (const body of [
        { ...consentInput(activist.id), purpose: ['photo', 'statistics'] },
        { ...consentInput(activist.id), purpose: 'all' },
        { ...consentInput(activist.id), purposes: ['photo'] },
      ])
        expect((await activist.post(`/api/cases/${id}/consents`, body)).status).to.equal(422);
      expect(await ConsentModel.countDocuments({ caseId: id })).to.equal(0);
    });

    it('for a referral counts for that organisation and those fields alone', async () => {
      const id = await logged(activist);
      await give(activist, id, toPartner());
      const live = await liveConsentFor(id, 'referral', organisation);
      expect(live?.fields).to.deep.equal(['need', 'phone']);
      expect(await liveConsentFor(id, 'referral', otherOrganisation)).to.equal(null);
      expect(await liveConsentFor(id, 'referral')).to.equal(null);
    });

    it('says beside each field what is wrong, and saves nothing', async () => {
      const id = await logged(activist);
      const cases: [object, object][] = [
        [{ purpose: 'referral' }, { recipient: 'required', fields: 'required' }],
        [{ recipient: organisation }, { recipient: 'not_for_this_purpose' }],
        [{ fields: ['phone'] }, { fields: 'not_for_this_purpose' }],
        [{ ...toPartner(), fields: ['phone', 'phone'] }, { fields: 'repeated' }],
        [{ ...toPartner(), recipient: newId() }, { recipient: 'not_found' }],
        [{ givenOn: inDays(2) }, { givenOn: 'in_the_future' }],
        [{ givenOn: inDays(-9), expiresOn: inDays(-3) }, { expiresOn: 'already_over' }],
        [{ givenOn: inDays(-1), expiresOn: inDays(-1) }, { expiresOn: 'before_given' }],
        [{ expiresOn: inDays(366 * 6) }, { expiresOn: 'too_far' }],
        [{ askedBy: newId() }, { askedBy: 'not_found' }],
      ];
      for (const [changes, faults] of cases) {
        const answer = await give(activist, id, changes);
        expect(answer.status, JSON.stringify(changes)).to.equal(422);
        expect(codesOf(answer)).to.deep.equal(faults);
      }
      expect(await ConsentModel.countDocuments({ caseId: id })).to.equal(0);
    });

    it('about a child needs the guardian', async () => {
      const id = await logged(activist, { concernsChild: true, guardianConsent: true });
      expect((await consentsOf(activist, id)).data.guardianNeeded).to.equal(true);
      const refused = await give(activist, id);
      expect(codesOf(refused)).to.deep.equal({ givenBy: 'guardian_needed' });
      expect((await give(activist, id, { givenBy: 'guardian' })).status).to.equal(201);
    });

    it('repeated with the same id makes one; an id of another case is refused', async () => {
      const [id, other] = [await logged(activist), await logged(activist)];
      const input = consentInput(activist.id);
      for (let time = 0; time < 2; time += 1)
        expect((await activist.post(`/api/cases/${id}/consents`, input)).status).to.equal(201);
      expect(await ConsentModel.countDocuments({ caseId: id })).to.equal(1);
      const taken = await activist.post(`/api/cases/${other}/consents`, input);
      expect([taken.status, taken.body.error.code]).to.deep.equal([409, 'consent.idTaken']);
    });

    it('given anew, narrower, replaces the wider one', async () => {
      const id = await logged(activist);
      await give(activist, id, toPartner());
      await give(activist, id, { ...toPartner(), fields: ['need'] });
      expect((await liveConsentFor(id, 'referral', organisation))?.fields).to.deep.equal(['need']);
      const standings = (await consentsOf(activist, id)).data.consents.map(
        (row: { standing: string }) => row.standing,
      );
      expect(standings).to.deep.equal(['live', 'replaced']);
    });

    it('is for the team and coordinators; 404 out of scope', async () => {
      const id = await logged(activist);
      expect((await give(lead, id)).status).to.equal(201);
      expect((await give(coordinator, id)).status).to.equal(201);
      for (const person of [stranger, partner, await server.as('funder'), await server.as('administrator')])
        expect((await give(person, id)).status).to.equal(404);
      expect((await give(server.stranger(), id)).status).to.equal(401);
    });
  });

  describe('Live consent', () => {
    it('ends by itself after its last day', async () => {
      const id = await logged(activist);
      await give(activist, id, { purpose: 'statistics', expiresOn: inDays(10) });
      clock.stopAt(new Date(Date.now() + 9 * 24 * hour));
      expect(await liveConsentFor(id, 'statistics')).to.not.equal(null);
      clock.stopAt(new Date(Date.now() + 12 * 24 * hour));
      expect(await liveConsentFor(id, 'statistics')).to.equal(null);
    });

    it('is asked for many cases at once with the same answer', async () => {
      const ids = [await logged(activist), await logged(activist), await logged(activist)];
      await give(activist, ids[0]!, { purpose: 'advocacy_example' });
      await give(activist, ids[1]!, { purpose: 'advocacy_example' });
      await withdraw(activist, ids[1]!);
      expect([...(await casesWithLiveConsent(ids, 'advocacy_example'))]).to.deep.equal([ids[0]]);
    });
  });

  describe('POST /api/cases/:id/consents/withdraw', () => {
    it('in one action, without a reason, ends all, tells every listener, and shows the receipt once', async () => {
      const id = await logged(activist);
      await give(activist, id);
      await give(activist, id, toPartner());
      const told: Withdrawal[] = [];
      const leave = onConsentWithdrawn(async (withdrawal) => {
        expect(await liveConsentFor(withdrawal.caseId, withdrawal.purpose, withdrawal.recipient)).to.equal(
          null,
        );
        told.push(withdrawal);
      });
      const answer = await withdraw(activist, id);
      leave();
      expect(answer.status).to.equal(200);
      expect(answer.body.data.withdrawn).to.have.length(2);
      expect(answer.body.data.receipt).to.match(/^\d{16}$/);
      expect(told.map(({ purpose, recipient }) => [purpose, recipient])).to.have.deep.members([
        ['case_work', null],
        ['referral', organisation],
      ]);
      const dump = JSON.stringify(await mongoose.connection.collection('consents').find().toArray());
      expect(dump).to.not.include(answer.body.data.receipt);
      const again = await withdraw(activist, id);
      expect(again.body.data).to.deep.equal({ withdrawn: [], receipt: null });
      // Help is not refused: the case is where it was.
      expect((await pageOf(activist, id)).status).to.equal('new');
    });

    it('of one consent leaves the others live', async () => {
      const id = await logged(activist);
      await give(activist, id, { purpose: 'photo' });
      await give(activist, id, { purpose: 'statistics' });
      const photo = (await consentsOf(activist, id)).data.consents.find(
        (row: { purpose: string }) => row.purpose === 'photo',
      );
      await withdraw(activist, id, { consent: photo.id });
      expect(await liveConsentFor(id, 'photo')).to.equal(null);
      expect(await liveConsentFor(id, 'statistics')).to.not.equal(null);
    });

    it('by an older paper of the same purpose ends the newest too', async () => {
      const id = await logged(activist);
      const older = consentInput(activist.id, { purpose: 'photo' });
      await activist.post(`/api/cases/${id}/consents`, older);
      await give(activist, id, { purpose: 'photo' });
      await withdraw(activist, id, { consent: older.id });
      expect(await liveConsentFor(id, 'photo')).to.equal(null);
    });

    it('is not undone by a consent that was given before it and typed in after', async () => {
      const id = await logged(activist);
      await give(activist, id, { purpose: 'photo', givenOn: inDays(-5) });
      await withdraw(activist, id);
      const late = await give(activist, id, { purpose: 'photo', givenOn: inDays(-3) });
      expect([late.status, late.body.error.code]).to.deep.equal([409, 'consent.withdrawnSince']);
      expect(await liveConsentFor(id, 'photo')).to.equal(null);
      expect((await give(activist, id, { purpose: 'photo', givenOn: inDays(0) })).status).to.equal(201);
    });

    it('stands although a listener fails, and is completed later', async () => {
      const id = await logged(activist);
      await give(activist, id);
      let healthy = false;
      let told = 0;
      const leave = onConsentWithdrawn(async ({ caseId }) => {
        if (caseId !== id) return;
        if (!healthy) throw new Error('not yet');
        told += 1;
      });
      expect((await withdraw(activist, id)).status).to.equal(200);
      expect(await liveConsentFor(id, 'case_work')).to.equal(null);
      expect(await completeWithdrawals()).to.equal(1);
      healthy = true;
      expect(await completeWithdrawals()).to.equal(1);
      expect(told).to.equal(1);
      expect(await completeWithdrawals()).to.equal(0);
      leave();
    });

    it('takes a consent of another case for unknown', async () => {
      const [id, other] = [await logged(activist), await logged(activist)];
      const input = consentInput(activist.id);
      await activist.post(`/api/cases/${other}/consents`, input);
      expect((await withdraw(activist, id, { consent: input.id })).status).to.equal(404);
      expect(await liveConsentFor(other, 'case_work')).to.not.equal(null);
      for (const person of [stranger, partner]) expect((await withdraw(person, other)).status).to.equal(404);
    });

    it('happens with the move that a person withdraws their case', async () => {
      const id = await logged(activist);
      await give(activist, id);
      await moved(activist, id, { move: 'withdraw' });
      expect(await liveConsentFor(id, 'case_work')).to.equal(null);
    });

    it('is heard live by the team and the coordinator, by ids alone, and by nobody else', async () => {
      const id = await logged(activist);
      const input = consentInput(activist.id, toPartner());
      await activist.post(`/api/cases/${id}/consents`, input);
      const heard: unknown[] = [];
      const overheard: unknown[] = [];
      const sockets = [
        await lead.socket(),
        await coordinator.socket(),
        await stranger.socket(),
        await partner.socket(),
      ];
      for (const [at, socket] of sockets.entries())
        socket.on('change', (...change) => (at < 2 ? heard : overheard).push(change));
      await withdraw(activist, id);
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const socket of sockets) socket.disconnect();
      const change = ['consent.withdrawn', { id: input.id, caseId: id, version: 2, actor: activist.id }];
      expect(heard).to.deep.equal([change, change]);
      expect(overheard).to.deep.equal([]);
    });
  });

  describe('POST /api/withdrawal-receipts/check', () => {
    it('proves a withdrawal to who may see the case, and is 404 for everybody and everything else', async () => {
      const id = await logged(activist);
      await give(activist, id, toPartner());
      const { receipt } = (await withdraw(activist, id)).body.data;
      const spaced = receipt.replace(/(\d{4})(?=\d)/g, '$1 ');
      const proof = await lead.post('/api/withdrawal-receipts/check', { code: spaced });
      expect(proof.status).to.equal(200);
      expect(proof.body.data).to.deep.include({ caseId: id });
      expect(proof.body.data.consents[0]).to.deep.include({ purpose: 'referral' });
      expect((await stranger.post('/api/withdrawal-receipts/check', { code: receipt })).status).to.equal(404);
      expect((await lead.post('/api/withdrawal-receipts/check', { code: '0'.repeat(16) })).status).to.equal(
        404,
      );
      expect((await lead.post('/api/withdrawal-receipts/check', { code: 'abc' })).status).to.equal(422);
    });
  });

  describe('POST /api/cases/:id/consent-overrides', () => {
    it('is for coordinators alone, with a reason, and counts for 72 hours', async () => {
      const id = await logged(activist);
      const path = `/api/cases/${id}/consent-overrides`;
      for (const person of [activist, lead])
        expect((await person.post(path, overrideInput())).status).to.equal(403);
      expect(codesOf(await coordinator.post(path, overrideInput({ reason: 'short' })))).to.deep.equal({
        reason: 'too_short',
      });
      expect(
        (await coordinator.post(path, overrideInput({ purpose: 'photo', recipient: null, fields: [] })))
          .status,
      ).to.equal(422);
      const told: string[] = [];
      const leave = onConsentOverridden(async ({ caseId }) => void told.push(caseId));
      expect((await coordinator.post(path, overrideInput())).status).to.equal(201);
      leave();
      expect(told).to.deep.equal([id]);
      expect(await liveConsentFor(id, 'referral', organisation)).to.deep.include({
        kind: 'override',
        fields: ['phone'],
      });
      clock.stopAt(new Date(Date.now() + 73 * hour));
      expect(await liveConsentFor(id, 'referral', organisation)).to.equal(null);
    });

    it('never stands against a person who has said no, and ends when they do', async () => {
      const id = await logged(activist);
      await give(activist, id, toPartner());
      await withdraw(activist, id);
      const path = `/api/cases/${id}/consent-overrides`;
      const refused = await coordinator.post(path, overrideInput());
      expect([refused.status, refused.body.error.code]).to.deep.equal([409, 'consent.personSaidNo']);
      const other = await logged(activist);
      await coordinator.post(`/api/cases/${other}/consent-overrides`, overrideInput());
      const told: string[] = [];
      const leave = onConsentWithdrawn(async ({ purpose }) => void told.push(purpose));
      await withdraw(activist, other);
      leave();
      expect(told).to.deep.equal(['referral']);
      expect(await liveConsentFor(other, 'referral', organisation)).to.equal(null);
    });

    it('keeps its reason sealed', async () => {
      const id = await logged(activist);
      await coordinator.post(
        `/api/cases/${id}/consent-overrides`,
        overrideInput({ reason: 'Planted words about somebody ill' }),
      );
      const dump = JSON.stringify(await ConsentOverrideModel.collection.find().toArray());
      expect(dump).to.not.include('Planted words');
      const shown = (await consentsOf(lead, id)).data.overrides[0];
      expect(shown).to.deep.include({ reason: 'Planted words about somebody ill', live: true });
    });
  });

  describe('GET /api/consent-overrides', () => {
    it('lists for coordinators what nobody has reviewed, and all when asked', async () => {
      const id = await logged(activist);
      const input = overrideInput();
      await coordinator.post(`/api/cases/${id}/consent-overrides`, input);
      const idsOf = async (query = '') =>
        (await second.get(`/api/consent-overrides${query}`)).body.data.map((row: { id: string }) => row.id);
      expect(await idsOf()).to.include(input.id);
      expect(
        (await second.post(`/api/consent-overrides/${input.id}/review`, { verdict: 'justified', note: '' }))
          .status,
      ).to.equal(204);
      expect(await idsOf()).to.not.include(input.id);
      expect(await idsOf('?show=all')).to.include(input.id);
      for (const person of [
        activist,
        lead,
        partner,
        await server.as('administrator'),
        await server.as('funder'),
      ])
        expect((await person.get('/api/consent-overrides')).status).to.equal(403);
    });
  });

  describe('POST /api/consent-overrides/:id/review', () => {
    it('is for another coordinator, once', async () => {
      const id = await logged(activist);
      const input = overrideInput();
      await coordinator.post(`/api/cases/${id}/consent-overrides`, input);
      const path = `/api/consent-overrides/${input.id}/review`;
      const own = await coordinator.post(path, { verdict: 'justified', note: '' });
      expect([own.status, own.body.error.code]).to.deep.equal([403, 'override.notByOneself']);
      expect((await second.post(path, { verdict: 'justified', note: 'Agreed' })).status).to.equal(204);
      const twice = await second.post(path, { verdict: 'not_justified', note: '' });
      expect([twice.status, twice.body.error.code]).to.deep.equal([409, 'override.reviewed']);
      expect(
        (await second.post(`/api/consent-overrides/${newId()}/review`, { verdict: 'justified', note: '' }))
          .status,
      ).to.equal(404);
      const row = (await consentsOf(lead, id)).data.overrides[0];
      expect(row.review).to.deep.include({ verdict: 'justified', note: 'Agreed', byOneself: false });
    });

    it('when it was not justified, ends what rests on it as a withdrawal does', async () => {
      const id = await logged(activist);
      const input = overrideInput();
      await coordinator.post(`/api/cases/${id}/consent-overrides`, input);
      const told: string[] = [];
      const leave = onConsentWithdrawn(async (withdrawal) => void told.push(withdrawal.id));
      await second.post(`/api/consent-overrides/${input.id}/review`, { verdict: 'not_justified', note: '' });
      leave();
      expect(told).to.deep.equal([input.id]);
      expect(await liveConsentFor(id, 'referral', organisation)).to.equal(null);
    });
  });
});
