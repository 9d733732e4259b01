// Duty: prove who may act without consent, for how long, and how it is reviewed.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import { onConsentWithdrawn } from '../../server/features/identities/consents.commands.ts';
import { ConsentOverrideModel } from '../../server/features/identities/consents.model.ts';
import { liveConsentFor } from '../../server/features/identities/consents.queries.ts';
import { onConsentOverridden } from '../../server/features/identities/overrides.commands.ts';
import { newId } from '../../shared/api.ts';
import { logged } from '../support/cases.ts';
import { codesOf, consentCast, consentsOf, give, toPartner, withdraw } from '../support/consents.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let activist: Person;
let lead: Person;
let coordinator: Person;
let second: Person;
let organisation: string;
let partner: Person;
const hour = 3600_000;

const overrideInput = (changes: object = {}) => ({
  id: newId(),
  purpose: 'referral',
  recipient: organisation,
  fields: ['phone'],
  reason: 'Unconscious in hospital; needs shelter tonight',
  ...changes,
});

describe('Acting without consent', () => {
  before(async () => {
    server = await startTestServer();
    ({ activist, lead, coordinator, second, organisation, partner } = await consentCast(server));
  });
  after(() => server.stop());
  afterEach(() => clock.stopAt(null));

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
      await give(activist, id, toPartner(organisation));
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
