// Duty: plant a name, a phone, a point and an ID number in the vault and search everything else for them.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { symbols } from 'pino';
import { log, personalFields } from '../../server/log.ts';
import { projectRoot } from '../../server/root.ts';
import { identityFields } from '../../shared/identities.ts';
import { logged } from '../support/cases.ts';
import { planted, plantedTraces } from '../support/consents.ts';
import { testFolder } from '../support/database.ts';
import { keep, open, sealedVaultCast, vaultOf } from '../support/identities.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

describe('What the vault holds', () => {
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

    it('are in no backup: the file holds the case, and nothing of the vault in the clear', async function () {
      // The archive is the embedded database's own command; whoever names a MongoDB has no such file. Never so on a fresh machine.
      if (process.env.MONGODB_URI) return this.skip();
      this.timeout(60_000);
      const file = join(testFolder, 'planted.archive');
      const program = join(projectRoot, 'server/database/embedded/cli/database.ts');
      const asked = ['--import', 'tsx', program, '--dir', join(testFolder, 'database'), 'backup', file];
      await promisify(execFile)(process.execPath, asked, { cwd: projectRoot });
      const bytes = readFileSync(file);
      rmSync(file);
      expect(bytes.includes('No water in the lower street')).to.equal(true);
      const key = readFileSync(join(testFolder, 'vault-key'), 'utf8').trim();
      for (const secret of [...plantedTraces, key]) {
        expect(bytes.includes(secret, 0, 'utf8'), secret).to.equal(false);
        expect(bytes.includes(Buffer.from(secret, 'utf16le')), secret).to.equal(false);
        expect(bytes.includes(Buffer.from(secret).toString('base64').slice(0, -4)), secret).to.equal(false);
      }
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

  function filesBelow(folder: string): string[] {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      const stat = statSync(path);
      if (stat.isDirectory()) return filesBelow(path);
      return stat.isFile() ? [path] : [];
    });
  }
});
