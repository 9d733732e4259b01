// Duty: prove what sealing, erasing and the log of readings do, and what they tell.
import { expect } from 'chai';
import { IdentityModel, VaultReadingModel } from '../../server/features/identities/identities.model.ts';
import { identityFields } from '../../shared/identities.ts';
import { logged } from '../support/cases.ts';
import { codesOf, planted, plantedTraces } from '../support/consents.ts';
import { keep, open, vaultCast, vaultOf } from '../support/identities.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('The vault', () => {
  let server: TestServer;
  let caseId: string;
  let activist: Person;
  let colleague: Person;
  let lead: Person;
  let coordinator: Person;
  let stranger: Person;

  before(async () => {
    server = await startTestServer();
    ({ caseId, activist, colleague, lead, coordinator, stranger } = await vaultCast(server));
  });
  after(() => server.stop());

  describe('PUT /api/cases/:id/identity', () => {
    it('seals values, names the fields held and says nothing of what they hold', async () => {
      const answer = await activist.put(vaultOf(caseId), { version: 0, fields: planted });
      expect(answer.status).to.equal(200);
      expect(answer.body.data).to.deep.equal({
        caseId,
        version: 1,
        held: [...identityFields],
        openable: [...identityFields],
        possibleMatch: false,
      });
      for (const trace of plantedTraces) expect(answer.text).to.not.include(trace);
    });

    it('when the record moved on, answers 409 and saves nothing', async () => {
      const before = await IdentityModel.findOne({ _id: caseId }).lean();
      const stale = await activist.put(vaultOf(caseId), { version: 0, fields: { name: 'Other' } });
      expect([stale.status, stale.body.error.code]).to.deep.equal([409, 'identity.stale']);
      expect(await IdentityModel.findOne({ _id: caseId }).lean()).to.deep.equal(before);
    });

    it('takes a value out with null and leaves the others', async () => {
      const id = await logged(activist);
      await keep(activist, id, { name: 'First', phone: '044 000 111' });
      const answer = await keep(activist, id, { phone: null });
      expect(answer.body.data.held).to.deep.equal(['name']);
      expect((await open(activist, id)).body.data.values).to.deep.equal({ name: 'First' });
    });

    it('takes what is moved out of a text once, however spelt, never over another value unasked, and says so in the log', async () => {
      const id = await logged(activist);
      const moved = (phone: string, more = {}) =>
        activist.put(vaultOf(id), { version: 0, fields: { phone }, reason: 'moved_from_text', ...more });
      expect((await moved('044 000 222')).body.data).to.include({ version: 1 });
      // Repeated, as an outbox does when the answer was lost, and as another text spells it.
      for (const same of ['044 000 222', '+383 44 000222'])
        expect((await moved(same)).body.data).to.include({ version: 1 });
      const other = await moved('044 000 333');
      expect([other.status, other.body.error.code]).to.deep.equal([409, 'identity.held']);
      expect(other.text).to.not.include('000 222').and.to.not.include('000222');
      expect((await open(activist, id)).body.data.values).to.deep.equal({ phone: '044 000 222' });
      const replaced = await moved('044 000 333', { version: 1, replace: true });
      expect([replaced.status, replaced.body.data.version]).to.deep.equal([200, 2]);
      const readings = (await activist.get(`${vaultOf(id)}/readings`)).body.data;
      expect(readings.filter(({ reason }: any) => reason === 'moved_from_text').length).to.be.greaterThan(2);
      expect((await moved('x', { reason: 'because' })).status).to.equal(422);
    });

    it('refuses what is not a telephone, a number, a point or a field, and never repeats it', async () => {
      const wrong = await activist.put(vaultOf(caseId), {
        version: 1,
        fields: { phone: 'plantedphone', idNumber: '!!', point: '99, 300', name: ' ', ethnicity: 'roma' },
      });
      expect(wrong.status).to.equal(422);
      expect(codesOf(wrong)).to.deep.equal({
        'fields.phone': 'not_a_phone',
        'fields.idNumber': 'not_an_id_number',
        'fields.point': 'not_a_point',
        'fields.name': 'required',
        'fields.ethnicity': 'unknown_key',
      });
      expect(wrong.text).to.not.include('plantedphone');
      const empty = await activist.put(vaultOf(caseId), { version: 1, fields: {} });
      expect(empty.status).to.equal(422);
    });

    it('is not for a colleague of the team who is neither lead nor team lead; the refusal is logged', async () => {
      const before = await VaultReadingModel.countDocuments({ kind: 'refused', by: colleague.id });
      const answer = await colleague.put(vaultOf(caseId), { version: 1, fields: { name: 'Other' } });
      expect([answer.status, answer.body.error.code]).to.deep.equal([403, 'identity.notYours']);
      expect(await VaultReadingModel.countDocuments({ kind: 'refused', by: colleague.id })).to.equal(
        before + 1,
      );
    });

    it('finds the same telephone in another team, tells one word of it, and the coordinator which case', async () => {
      const elsewhere = await logged(stranger, { municipality: 'peja' });
      const answer = await keep(stranger, elsewhere, { phone: '049 555-017', name: 'Somebody else' });
      expect(answer.body.data.possibleMatch).to.equal(true);
      expect(answer.text).to.not.include(caseId);
      const other = await keep(stranger, elsewhere, { phone: '049 555-018' });
      expect(other.body.data.possibleMatch).to.equal(false);
      await keep(stranger, elsewhere, { idNumber: '98 7651 2340' });
      expect((await stranger.get(`/api/cases/${elsewhere}/identity/matches`)).status).to.equal(403);
      const matches = await coordinator.get(`/api/cases/${elsewhere}/identity/matches`);
      expect(matches.body.data).to.have.length(1);
      expect(matches.body.data[0]).to.include({ caseId });
      expect(matches.body.data[0].fields).to.deep.equal(['idNumber']);
      expect(matches.body.data[0].reference).to.match(/^FER-/);
    });

    it('tells the team and the coordinator live, by ids alone, and nobody else', async () => {
      const [watcher, outsider] = [await lead.socket(), await stranger.socket()];
      const heard: unknown[] = [];
      const overheard: unknown[] = [];
      watcher.on('change', (...change) => heard.push(change));
      outsider.on('change', (...change) => overheard.push(change));
      await keep(activist, caseId, { address: planted.address });
      await new Promise((resolve) => setTimeout(resolve, 150));
      const { version } = (await activist.get(vaultOf(caseId))).body.data;
      expect(heard).to.deep.equal([['identity.changed', { id: caseId, version, actor: activist.id }]]);
      expect(overheard).to.deep.equal([]);
      watcher.disconnect();
      outsider.disconnect();
    });
  });

  describe('GET /api/cases/:id/identity/readings', () => {
    it('lists who opened, changed and was refused, newest first, without any value', async () => {
      const id = await logged(activist);
      await keep(activist, id, { name: planted.name });
      await open(lead, id, { reason: 'person_asked', fields: ['name'] });
      await open(colleague, id);
      const answer = await activist.get(`/api/cases/${id}/identity/readings`);
      const rows = answer.body.data.map(
        (row: { kind: string; by: { name: string }; reason: string | null; fields: string[] }) => [
          row.kind,
          row.by.name,
          row.reason,
          row.fields.length,
        ],
      );
      expect(rows).to.deep.equal([
        ['refused', 'Same team', 'call_person', 6],
        ['opened', 'Team lead', 'person_asked', 1],
        ['changed', 'Logger', null, 1],
      ]);
      expect(answer.text).to.not.include('Plantedsecretova');
      expect((await colleague.get(`/api/cases/${id}/identity/readings`)).status).to.equal(403);
    });

    it('is a log that the model refuses to change', async () => {
      for (const change of [
        () => VaultReadingModel.deleteMany({}),
        () => VaultReadingModel.updateOne({}, { $set: { by: 'nobody' } }),
        () => VaultReadingModel.findOneAndDelete({}),
      ]) {
        const error = await change().then(
          () => null,
          (caught: Error) => caught,
        );
        expect(error?.message).to.include('only ever added');
      }
    });
  });

  describe('DELETE /api/cases/:id/identity', () => {
    it('erases the record and keeps the log of who had read it', async () => {
      const id = await logged(activist);
      await keep(activist, id, { name: 'To be forgotten' });
      await open(lead, id);
      expect((await colleague.delete(vaultOf(id))).status).to.equal(403);
      expect((await lead.delete(vaultOf(id))).status).to.equal(204);
      expect(await IdentityModel.exists({ _id: id })).to.equal(null);
      expect((await lead.get(vaultOf(id))).body.data).to.deep.include({ version: 0, held: [] });
      const kinds = (await lead.get(`/api/cases/${id}/identity/readings`)).body.data.map(
        (row: { kind: string }) => row.kind,
      );
      expect(kinds).to.deep.equal(['erased', 'opened', 'changed']);
    });
  });
});
