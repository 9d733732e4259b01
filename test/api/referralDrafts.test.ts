// Duty: a referral that is not sent yet can be written on, by the sender's side alone; a decline that names somebody else keeps its reason.
import { expect } from 'chai';
import { newId } from '../../shared/api.ts';
import { inDays, logged, moved, triage } from '../support/cases.ts';
import { consented, movedReferral, organisation, referralOf, referred } from '../support/referrals.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let activist: Person;
let lead: Person;
let partner: Person;
let stranger: Person;
let recipient: string;
let other: string;

const revise = (by: Person, id: string, body: object) => by.patch(`/api/referrals/${id}`, body);

describe('Referrals that are not sent yet', () => {
  before(async () => {
    server = await startTestServer();
    recipient = await organisation();
    other = await organisation({ services: ['housing_support'] });
    activist = await server.as('activist');
    lead = await server.as('team_lead');
    partner = await server.as('cso_member', { organisation: recipient });
    stranger = await server.as('activist', { municipality: 'prizren' });
  });
  after(() => server.stop());

  async function caseInWork() {
    const caseId = await logged(activist);
    await moved(lead, caseId, triage(activist.id));
    await moved(activist, caseId, { move: 'start' });
    return caseId;
  }

  describe('PATCH /api/referrals/:id', () => {
    async function draft() {
      const caseId = await caseInWork();
      const id = await referred(activist, caseId, recipient, { send: false });
      return { caseId, id };
    }

    it('changes a draft, warns, keeps it from the recipient, and it is sent as it stands then', async () => {
      const { caseId, id } = await draft();
      const answer = await revise(activist, id, {
        recipient: other,
        service: 'legal_aid',
        sharedFields: ['title'],
        urgency: 'within_2_weeks',
        replyBy: inDays(14),
        message: 'Changed words',
        version: 1,
      });
      expect(answer.status).to.equal(200);
      expect(answer.body.data).to.deep.include({ status: 'draft', version: 2, sharedFields: ['title'] });
      expect(answer.body.data.recipient.id).to.equal(other);
      expect(answer.body.warnings.map(({ code }: { code: string }) => code)).to.deep.equal([
        'not_their_service',
      ]);
      expect((await revise(lead, id, { recipient, version: 2 })).body.data.version).to.equal(3);
      expect((await partner.get(`/api/referrals/${id}`)).status).to.equal(404);
      await consented(activist, caseId, recipient);
      const sent = await movedReferral(activist, id, { move: 'send' });
      expect(sent).to.deep.include({ status: 'pending', message: 'Changed words', dueOn: inDays(14) });
      expect(sent.history.map(({ move }) => move)).to.deep.equal(['create', 'revise', 'revise', 'send']);
    });

    it('refuses what is bad, stale, sent or not theirs, and changes nothing', async () => {
      const { caseId, id } = await draft();
      const refusals: [Person, object, number, string][] = [
        [activist, { recipient: newId(), version: 1 }, 422, 'referral.refused'],
        [activist, { service: 'miracles', version: 1 }, 422, 'input.invalid'],
        [activist, { send: true, version: 1 }, 422, 'input.invalid'],
        [activist, { message: 'x', version: 9 }, 422, 'input.invalid'],
        [stranger, { message: 'x', version: 1 }, 404, 'notFound'],
        [partner, { message: 'x', version: 1 }, 404, 'notFound'],
        [await server.as('activist'), { message: 'x', version: 1 }, 403, 'notAllowed'],
      ];
      for (const [by, body, status, code] of refusals) {
        const answer = await revise(by, id, body);
        expect([answer.status, answer.body.error.code], JSON.stringify(body)).to.deep.equal([status, code]);
      }
      expect((await revise(activist, id, { message: 'first', version: 1 })).status).to.equal(200);
      expect((await revise(lead, id, { message: 'second', version: 1 })).body.error.code).to.equal(
        'referral.stale',
      );
      await consented(activist, caseId, recipient);
      await movedReferral(activist, id, { move: 'send' });
      const late = await revise(activist, id, { message: 'late', version: 3 });
      expect([late.status, late.body.error.code]).to.deep.equal([409, 'referral.notFromHere']);
      expect((await referralOf(activist, id)).message).to.equal('first');
    });
  });

  describe('POST /api/referrals/:id/moves', () => {
    it('when a decline names who could help instead, keeps the reason’s code beside the words', async () => {
      const caseId = await caseInWork();
      await consented(activist, caseId, recipient);
      const id = await referred(activist, caseId, recipient);
      const passedOn = await movedReferral(partner, id, {
        move: 'reroute',
        suggestedOrganisation: other,
        reason: 'We are full until May',
        reasonCode: 'no_capacity',
      });
      expect(passedOn).to.deep.include({ status: 'rerouted', declineReason: 'no_capacity' });
      expect((await referralOf(activist, id)).declineReason).to.equal('no_capacity');
    });
  });

  describe('GET /api/cases/:id/consents', () => {
    it('says that a consent noted at intake is still to be recorded, until it is', async () => {
      const claims = async (by: Person, id: string) =>
        (await by.get(`/api/cases/${id}/consents`)).body.data.caseWorkClaimed;
      const noted = await logged(activist, { consentBasis: 'consented' });
      expect(await claims(activist, noted)).to.equal(true);
      expect(await claims(activist, await logged(activist, { consentBasis: 'no_personal_data' }))).to.equal(
        false,
      );
      await consented(activist, noted, recipient);
      expect(await claims(lead, noted)).to.equal(true);
      await consented(activist, noted, recipient, { purpose: 'case_work', recipient: null, fields: [] });
      expect(await claims(lead, noted)).to.equal(false);
    });
  });
});
