// Duty: prove who opens the vault, what they see of it, and what is refused and logged.
import { expect } from 'chai';
import { openIdentity } from '../../server/features/identities/identities.commands.ts';
import { IdentityModel, VaultReadingModel } from '../../server/features/identities/identities.model.ts';
import type { IdentitySubject } from '../../server/features/identities/identities.policy.ts';
import type { Viewer } from '../../server/policy.ts';
import { newId } from '../../shared/api.ts';
import { openingsPerHour } from '../../shared/identities.ts';
import { logged, moved, triage } from '../support/cases.ts';
import { planted } from '../support/consents.ts';
import { keep, open, sealedVaultCast } from '../support/identities.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('Opening the vault', () => {
  let server: TestServer;
  let caseId: string;
  let activist: Person;
  let colleague: Person;
  let lead: Person;
  let coordinator: Person;
  let stranger: Person;
  let funder: Person;
  let administrator: Person;
  let partner: Person;

  before(async () => {
    server = await startTestServer();
    ({ caseId, activist, colleague, lead, coordinator, stranger, funder, administrator, partner } =
      await sealedVaultCast(server));
  });
  after(() => server.stop());

  describe('POST /api/cases/:id/identity/open', () => {
    it('opens for the logger while there is no lead, the team lead and the coordinator', async () => {
      for (const reader of [activist, lead, coordinator]) {
        const answer = await open(reader, caseId);
        expect(answer.status, reader.id).to.equal(200);
        expect(answer.body.data.values).to.deep.equal(planted);
        expect(answer.body.data.damaged).to.deep.equal([]);
        expect(Date.parse(answer.body.data.closesAt)).to.be.greaterThan(Date.now());
        expect(answer.headers.get('cache-control')).to.equal('no-store');
      }
    });

    it('opens for the lead once one is named, and no longer for who logged it', async () => {
      const id = await logged(activist);
      await keep(activist, id, { name: 'Handed over' });
      await moved(lead, id, triage(colleague.id));
      expect((await open(colleague, id)).status).to.equal(200);
      expect((await open(activist, id)).status).to.equal(403);
    });

    it('is 401 without a session, 404 out of scope, 403 in scope without the right', async () => {
      expect((await open(server.stranger(), caseId)).status).to.equal(401);
      for (const reader of [stranger, funder, administrator, partner])
        expect((await open(reader, caseId)).status, reader.id).to.equal(404);
      expect((await open(colleague, caseId)).status).to.equal(403);
    });

    it('never opens for an administrator or funder, whatever a case says of them', async () => {
      for (const reader of [funder, administrator]) {
        const viewer: Viewer = {
          id: reader.id,
          name: '',
          role: reader === funder ? 'funder' : 'administrator',
          municipality: null,
          organisation: null,
          language: 'en',
          example: false,
        };
        const subject = subjectOf({ lead: reader.id, loggedBy: reader.id, sharedFields: ['name'] });
        await refusedWith('identity.notYours', openIdentity(viewer, subject, { reason: 'emergency' }));
      }
    });

    it('opens for a partner the shared fields alone', async () => {
      const viewer: Viewer = {
        id: partner.id,
        name: '',
        role: 'cso_member',
        municipality: null,
        organisation: newId(),
        language: 'en',
        example: false,
      };
      const shared = subjectOf({ sharedFields: ['phone'] });
      const opened = await openIdentity(viewer, shared, { reason: 'call_person' });
      expect(opened.values).to.deep.equal({ phone: planted.phone });
      await refusedWith(
        'identity.notYours',
        openIdentity(viewer, shared, { reason: 'visit', fields: ['name'] }),
      );
      await refusedWith('identity.notYours', openIdentity(viewer, subjectOf({}), { reason: 'visit' }));
    });

    it('opens only the fields asked for', async () => {
      const answer = await open(lead, caseId, { reason: 'visit', fields: ['address'] });
      expect(answer.body.data.values).to.deep.equal({ address: planted.address });
    });

    it('without a reason of the list, answers 422 and logs no opening', async () => {
      const before = await VaultReadingModel.countDocuments({ kind: 'opened' });
      for (const body of [
        {},
        { reason: 'curious' },
        { reason: 'visit', fields: [] },
        { reason: 'visit', fields: ['ethnicity'] },
      ])
        expect((await open(lead, caseId, body)).status).to.equal(422);
      expect(await VaultReadingModel.countDocuments({ kind: 'opened' })).to.equal(before);
    });

    it('when one ciphertext was altered, says so of that field alone', async () => {
      const id = await logged(activist);
      await keep(activist, id, { name: 'Whole', phone: '044 777 888' });
      const record = await IdentityModel.findOne({ _id: id }).lean();
      const bytes = Buffer.from(record!.fields.phone!.box, 'base64');
      bytes[40] = bytes[40]! ^ 255;
      await IdentityModel.updateOne({ _id: id }, { $set: { 'fields.phone.box': bytes.toString('base64') } });
      const answer = await open(activist, id);
      expect(answer.status).to.equal(200);
      expect(answer.body.data.values).to.deep.equal({ name: 'Whole' });
      expect(answer.body.data.damaged).to.deep.equal(['phone']);
    });

    it('does not open a value that was copied from another record', async () => {
      const id = await logged(activist);
      await keep(activist, id, { name: 'Own name' });
      const other = await IdentityModel.findOne({ _id: caseId }).lean();
      await IdentityModel.updateOne({ _id: id }, { $set: { 'fields.name': other!.fields.name } });
      expect((await open(activist, id)).body.data).to.deep.include({ values: {}, damaged: ['name'] });
    });

    it('of an empty record is 404 with a code of its own', async () => {
      const answer = await open(activist, await logged(activist));
      expect([answer.status, answer.body.error.code]).to.deep.equal([404, 'identity.empty']);
    });

    it('stops a reader who opens too many in an hour', async () => {
      const hurried = await server.as('coordinator');
      const now = new Date();
      await VaultReadingModel.insertMany(
        Array.from({ length: openingsPerHour }, () => ({
          _id: newId(),
          caseId,
          at: now,
          kind: 'opened',
          by: hurried.id,
          role: 'coordinator',
          reason: 'visit',
          fields: ['name'],
        })),
      );
      const answer = await open(hurried, caseId);
      expect([answer.status, answer.body.error.code]).to.deep.equal([429, 'identity.tooMany']);
      expect(Number(answer.headers.get('retry-after'))).to.be.within(3500, 3600);
    });
  });

  function subjectOf(changes: Partial<IdentitySubject>): IdentitySubject {
    return {
      caseId,
      reference: 'FER-2026-0001',
      municipality: 'ferizaj',
      lead: null,
      loggedBy: null,
      concernsChild: false,
      saidToConsent: false,
      anonymised: false,
      sharedFields: [],
      ...changes,
    };
  }

  async function refusedWith(code: string, work: Promise<unknown>): Promise<void> {
    const error = await work.then(
      () => null,
      (caught: unknown) => caught,
    );
    expect((error as { code?: string } | null)?.code).to.equal(code);
  }
});
