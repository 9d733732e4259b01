// Duty: prove which consent counts, who records it, and what is wrong with one.
import { expect } from 'chai';
import { clock } from '../../server/clock.ts';
import { ConsentModel } from '../../server/features/identities/consents.model.ts';
import { casesWithLiveConsent, liveConsentFor } from '../../server/features/identities/consents.queries.ts';
import { newId } from '../../shared/api.ts';
import { consentPurposes } from '../../shared/consents.ts';
import { inDays, logged, moved, pageOf } from '../support/cases.ts';
import {
  codesOf,
  consentCast,
  consentInput,
  consentsOf,
  give,
  toPartner,
  withdraw,
} from '../support/consents.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let activist: Person;
let lead: Person;
let coordinator: Person;
let stranger: Person;
let organisation: string;
let otherOrganisation: string;
let partner: Person;
const hour = 3600_000;

describe('Consents', () => {
  before(async () => {
    server = await startTestServer();
    ({ activist, lead, coordinator, stranger, organisation, otherOrganisation, partner } =
      await consentCast(server));
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
      await give(activist, id, toPartner(organisation));
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
        [{ ...toPartner(organisation), fields: ['phone', 'phone'] }, { fields: 'repeated' }],
        [{ ...toPartner(organisation), recipient: newId() }, { recipient: 'not_found' }],
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

    it('when the case turns out to be about a child, an adult’s own word counts no longer', async () => {
      const [id, other] = [await logged(activist), await logged(activist)];
      for (const one of [id, other]) await give(activist, one, { purpose: 'advocacy_example' });
      const revise = async (concernsChild: boolean) => {
        const { version } = await pageOf(activist, id);
        return (await activist.patch(`/api/cases/${id}`, { version, concernsChild })).status;
      };
      const standing = async () => (await consentsOf(activist, id)).data.consents[0].standing;
      expect(await revise(true)).to.equal(200);
      expect(await liveConsentFor(id, 'advocacy_example')).to.equal(null);
      expect([...(await casesWithLiveConsent([id, other], 'advocacy_example'))]).to.deep.equal([other]);
      expect(await standing()).to.equal('guardian_missing');
      expect(await revise(false), 'ticked by mistake').to.equal(200);
      expect(await standing()).to.equal('live');
      await revise(true);
      await give(activist, id, { purpose: 'advocacy_example', givenBy: 'guardian' });
      expect((await liveConsentFor(id, 'advocacy_example'))?.kind).to.equal('consent');
      expect(await standing()).to.equal('live');
    });

    it('once the person has withdrawn, what was noted at intake is not asked for any more', async () => {
      const id = await logged(activist, { consentBasis: 'consented' });
      expect((await consentsOf(activist, id)).data.caseWorkClaimed).to.equal(true);
      await moved(activist, id, { move: 'withdraw' });
      expect((await consentsOf(activist, id)).data.caseWorkClaimed).to.equal(false);
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
      await give(activist, id, toPartner(organisation));
      await give(activist, id, { ...toPartner(organisation), fields: ['need'] });
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
});
