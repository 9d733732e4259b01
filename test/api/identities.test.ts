// Duty: prove who opens the vault and how, what a reader and everybody else sees, and that nothing of it is found anywhere else.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { symbols } from 'pino';
import { openIdentity } from '../../server/features/identities/identities.commands.ts';
import { IdentityModel, VaultReadingModel } from '../../server/features/identities/identities.model.ts';
import type { IdentitySubject } from '../../server/features/identities/identities.policy.ts';
import { log, personalFields } from '../../server/log.ts';
import type { Viewer } from '../../server/policy.ts';
import { newId } from '../../shared/api.ts';
import { type IdentityField, identityFields, openingsPerHour } from '../../shared/identities.ts';
import { logged, moved, triage } from '../support/cases.ts';
import { planted, plantedTraces } from '../support/consents.ts';
import { testFolder } from '../support/database.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let activist: Person;
let colleague: Person;
let lead: Person;
let coordinator: Person;
let stranger: Person;
let funder: Person;
let administrator: Person;
let partner: Person;
let caseId: string;

const vaultOf = (id: string) => `/api/cases/${id}/identity`;
const open = (by: Person, id = caseId, body: object = { reason: 'call_person' }) =>
  by.post(`/api/cases/${id}/identity/open`, body);

async function keep(by: Person, id: string, fields: Partial<Record<IdentityField, string | null>>) {
  const { version } = (await by.get(vaultOf(id))).body.data;
  return by.put(vaultOf(id), { version, fields });
}

describe('The vault', () => {
  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist', { name: 'Logger' });
    colleague = await server.as('activist', { name: 'Same team' });
    lead = await server.as('team_lead', { name: 'Team lead' });
    coordinator = await server.as('coordinator', { name: 'Coordinator' });
    stranger = await server.as('activist', { municipality: 'peja' });
    funder = await server.as('funder');
    administrator = await server.as('administrator');
    partner = await server.as('cso_member');
    caseId = await logged(activist);
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

    it('refuses what is not a telephone, a number, a point or a field, and never repeats it', async () => {
      const wrong = await activist.put(vaultOf(caseId), {
        version: 1,
        fields: { phone: 'plantedphone', idNumber: '!!', point: '99, 300', name: ' ', ethnicity: 'roma' },
      });
      expect(wrong.status).to.equal(422);
      const codes = Object.fromEntries(
        wrong.body.error.faults.map((fault: { path: string[]; code: string }) => [
          fault.path.join('.'),
          fault.code,
        ]),
      );
      expect(codes).to.deep.equal({
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

  describe('POST /api/cases/:id/identity/open', () => {
    it('opens for the logger while there is no lead, the team lead and the coordinator', async () => {
      for (const reader of [activist, lead, coordinator]) {
        const answer = await open(reader);
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
      expect((await open(server.stranger())).status).to.equal(401);
      for (const reader of [stranger, funder, administrator, partner])
        expect((await open(reader)).status, reader.id).to.equal(404);
      expect((await open(colleague)).status).to.equal(403);
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
      const answer = await open(hurried);
      expect([answer.status, answer.body.error.code]).to.deep.equal([429, 'identity.tooMany']);
      expect(Number(answer.headers.get('retry-after'))).to.be.within(3500, 3600);
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

  describe('Planted secrets', () => {
    it('are in no collection and no raw file of the database', async () => {
      const database = mongoose.connection.db!;
      for (const { name } of await database.listCollections().toArray()) {
        const dump = JSON.stringify(await database.collection(name).find().toArray());
        for (const trace of plantedTraces) expect(dump, name).to.not.include(trace);
      }
      if (process.env.MONGODB_URI) return;
      const files = filesBelow(join(testFolder, 'database'));
      const bytes = Buffer.concat(files.map((path) => readFileSync(path)));
      // The search itself must be able to find what is there in the clear.
      expect(bytes.includes('No water in the lower street')).to.equal(true);
      for (const trace of plantedTraces) {
        expect(bytes.includes(trace, 0, 'utf8'), trace).to.equal(false);
        expect(bytes.includes(Buffer.from(trace, 'utf16le')), trace).to.equal(false);
        expect(bytes.includes(Buffer.from(trace).toString('base64').slice(0, -4)), trace).to.equal(false);
      }
      const key = readFileSync(join(testFolder, 'vault-key'), 'utf8').trim();
      expect(bytes.includes(key)).to.equal(false);
      expect(bytes.includes(Buffer.from(key, 'base64'))).to.equal(false);
    });

    it('are in no answer of any GET to any role, except where a reader opened', async () => {
      const readers = [activist, colleague, lead, coordinator, stranger, funder, administrator, partner];
      const gets = server.app.endpoints.filter((item) => item.method === 'get');
      for (const { path } of gets) {
        const address = path.replace(':id', caseId).replace(/:\w+/g, caseId);
        for (const reader of readers) {
          const answer = await reader.get(address);
          for (const trace of plantedTraces) expect(answer.text, `${path}`).to.not.include(trace);
        }
      }
      for (const trace of plantedTraces) {
        const found = await coordinator.get(`/api/cases?q=${encodeURIComponent(trace)}`);
        expect(found.body.data ?? [], trace).to.deep.equal([]);
      }
    });

    it('are struck out of log lines, at the top and one level down', () => {
      expect(personalFields).to.include.members([...identityFields, 'ownWords', 'values']);
    });

    it('are in no line of the log while a record is kept and opened', async () => {
      const written: string[] = [];
      const stream = (log as unknown as Record<symbol, { write(line: string): void }>)[symbols.streamSym]!;
      const { write } = stream;
      const { level } = log;
      log.level = 'debug';
      stream.write = (line) => void written.push(line);
      try {
        log.info({ fields: planted, ...planted }, 'a careless line');
        const id = await logged(activist);
        await keep(activist, id, planted);
        await open(activist, id);
        await open(colleague, id);
        await activist.put(vaultOf(id), { version: 99, fields: planted });
      } finally {
        stream.write = write;
        log.level = level;
      }
      expect(written.join()).to.include('a careless line');
      for (const trace of plantedTraces) expect(written.join('\n')).to.not.include(trace);
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

  function filesBelow(folder: string): string[] {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      const stat = statSync(path);
      if (stat.isDirectory()) return filesBelow(path);
      return stat.isFile() ? [path] : [];
    });
  }
});
