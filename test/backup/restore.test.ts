// Duty: the restore drill: a backup made under writers comes back whole, record for record and file for file, and nothing else does.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import { type Collection, MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { makeBackup } from '../../server/backup/backup.ts';
import type { Places } from '../../server/backup/database.ts';
import { dataFiles } from '../../server/backup/dataFolder.ts';
import { checkBackup, restoreBackup } from '../../server/backup/restore.ts';
import { backUpWhenDue } from '../../server/backup/schedule.ts';
import { verifyRecords } from '../../server/backup/verify.ts';
import { startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';
import { newId } from '../../shared/api.ts';
import { plantedTraces } from '../support/consents.ts';
import { testFolder } from '../support/database.ts';
import { form, pdf, photo } from '../support/files.ts';
import { open, sealedVaultCast } from '../support/identities.ts';
import { listenToLog } from '../support/logLines.ts';
import { runProgram, startProgram, startServerProcess } from '../support/programs.ts';
import { type Person, startTestServer, type TestServer } from '../support/server.ts';

const passphrase = 'a passphrase of the drill';

/** Files that a backup without the vault key has: those in the folder itself and the letter. */
const filesOf = (folder: string): number => {
  const own = readdirSync(folder, { withFileTypes: true }).filter(
    (one) => one.isFile() && !/^vault-key|\.backup$|^outbox-id$/.test(one.name),
  );
  return own.length + readdirSync(join(folder, 'outbox')).length;
};

/** The audit log goes on by itself. */
const grows = (collection: string) => collection.startsWith('audit');

interface Content {
  records: string[];
  indexes: unknown;
}

/** Every record of every collection by its bytes, and every index. */
async function contentOf(client: MongoClient, database: string): Promise<Record<string, Content>> {
  const db = client.db(database);
  const content: Record<string, Content> = {};
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    const records: string[] = [];
    for await (const bytes of db.collection(name).find({}, { raw: true }))
      records.push(
        createHash('sha256')
          .update(bytes as unknown as Uint8Array)
          .digest('hex'),
      );
    content[name] = { records: records.sort(), indexes: await db.collection(name).indexes() };
  }
  return content;
}

describe('Backup and restore', function () {
  this.timeout(120_000);
  let server: TestServer;
  let activist: Person;
  let caseId: string;
  let folder: string;
  let places: Places;
  const evidence: { id: string; sha: string }[] = [];

  const evidenceOf = async (url: string, cookie: string, id: string) => {
    const answer = await fetch(`${url}/api/cases/${caseId}/evidence/${id}`, { headers: { cookie } });
    expect(answer.status).to.equal(200);
    return createHash('sha256')
      .update(Buffer.from(await answer.arrayBuffer()))
      .digest('hex');
  };

  before(async function () {
    // The drill opens the restored folder of the embedded database; whoever names a MongoDB has none. Never so on a fresh machine.
    if (process.env.MONGODB_URI) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'drill-'));
    server = await startTestServer();
    ({ activist, caseId } = await sealedVaultCast(server));
    for (const content of [await photo(900, 700), pdf()]) {
      const id = newId();
      const sent = await activist.send('POST', `/api/cases/${caseId}/evidence?id=${id}`, form(content));
      expect(sent.status, sent.text).to.equal(201);
      evidence.push({ id, sha: await evidenceOf(server.url, activist.cookie, id) });
    }
    mkdirSync(join(testFolder, 'outbox'), { recursive: true });
    writeFileSync(join(testFolder, 'outbox', 'waiting.eml'), 'A letter that waits', { mode: 0o600 });
    places = { DATA_DIR: testFolder, name: mongoose.connection.name };
  });
  after(async () => {
    await server?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const path = (name: string) => join(folder, name);
  const backup = (name: string, withVaultKey = false) =>
    makeBackup({ places, file: path(name), passphrase, withVaultKey });
  const restore = (file: string, target: string, by = passphrase) =>
    restoreBackup({ places: { DATA_DIR: path(target) }, file: path(file), passphrase: by });
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Error) => error.message,
    );

  it('brings back every record, index and file; the restored server opens the same evidence and names', async () => {
    const made = await backup('whole', true);
    const restored = await restore('whole', 'whole-back');
    expect(restored).to.include({
      documents: made.documents,
      collections: made.collections,
      hasVaultKey: true,
    });
    const database = await startEmbeddedDatabase({ dir: join(path('whole-back'), 'database') });
    const client = await MongoClient.connect(database.uri);
    const [before, after] = await Promise.all([
      contentOf(mongoose.connection.getClient() as unknown as MongoClient, mongoose.connection.name),
      contentOf(client, 'kosint'),
    ]);
    await client.close();
    await database.stop();
    expect(Object.keys(before).length).to.be.greaterThan(15);
    expect(Object.keys(after)).to.deep.equal(Object.keys(before));
    for (const name of Object.keys(before).filter((one) => !grows(one)))
      expect(after[name], name).to.deep.equal(before[name]);
    expect(before.auditBlocks!.records).to.include.members(after.auditBlocks!.records);
    for (const name of ['session-secret', 'receipt-secret', 'vault-key', 'outbox/waiting.eml']) {
      expect(readFileSync(join(path('whole-back'), name))).to.deep.equal(
        readFileSync(join(testFolder, name)),
      );
      expect(statSync(join(path('whole-back'), name)).mode & 0o077).to.equal(0);
    }
    const running = await startServerProcess({ DATA_DIR: path('whole-back') });
    try {
      for (const { id, sha } of evidence)
        expect(await evidenceOf(running.url, activist.cookie, id)).to.equal(sha);
      const there = Object.assign(Object.create(activist), { server: { url: running.url } }) as Person;
      const opened = await open(there, caseId);
      expect(opened.status, opened.text).to.equal(200);
      expect(opened.text).to.include('Plantedsecretova');
    } finally {
      await running.stop();
    }
  });

  it('holds one moment while writers go on', async () => {
    const db = mongoose.connection.db!;
    const first: Collection<{ _id: number }> = db.collection('aFirst') as never;
    const second: Collection<{ _id: number }> = db.collection('zSecond') as never;
    const padding = 'x'.repeat(1_000);
    await first.insertMany(Array.from({ length: 5_000 }, (_, at) => ({ _id: -1 - at, padding })) as never);
    let writing = true;
    let count = 0;
    const writer = (async () => {
      // Whoever is in the second is in the first; whoever reads the first before the second, at two moments, sees otherwise.
      for (; writing; count += 1) {
        await first.insertOne({ _id: count });
        await second.insertOne({ _id: count });
        if (count % 3 === 0) await first.deleteOne({ _id: -1 - count });
      }
    })();
    while (count < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    const acknowledged = count;
    await backup('moment');
    writing = false;
    await writer;
    expect(count).to.be.greaterThan(acknowledged);
    await restore('moment', 'moment-back');
    const database = await startEmbeddedDatabase({ dir: join(path('moment-back'), 'database') });
    const client = await MongoClient.connect(database.uri);
    const idsOf = async (name: string) =>
      (await client.db('kosint').collection<{ _id: number }>(name).find().toArray())
        .map(({ _id }) => _id)
        .filter((id) => id >= 0);
    const [inFirst, inSecond] = await Promise.all([idsOf('aFirst'), idsOf('zSecond')]);
    await client.close();
    await database.stop();
    await Promise.all([first.drop(), second.drop()]);
    expect(inSecond.length).to.be.within(acknowledged, count);
    expect(inFirst.length - inSecond.length).to.be.oneOf([0, 1]);
    expect(inFirst.slice(0, inSecond.length)).to.deep.equal(inSecond);
  });

  it('shows no planted secret, no key and no word in the file, and keeps the vault key out unless told to', async () => {
    await backup('quiet');
    const bytes = readFileSync(path('quiet'));
    const key = readFileSync(join(testFolder, 'vault-key'), 'utf8').trim();
    const secret = readFileSync(join(testFolder, 'session-secret'), 'utf8').trim();
    for (const trace of [
      ...plantedTraces,
      key,
      secret,
      passphrase,
      'No water in the lower street',
      'A letter that waits',
    ]) {
      expect(bytes.includes(trace), trace).to.equal(false);
      expect(bytes.includes(Buffer.from(trace, 'utf16le')), trace).to.equal(false);
      expect(bytes.includes(Buffer.from(trace).toString('base64').slice(0, -4)), trace).to.equal(false);
    }
    expect(bytes.includes(Buffer.from(key, 'base64'))).to.equal(false);
    expect(statSync(path('quiet')).mode & 0o077).to.equal(0);
    expect(await restore('quiet', 'quiet-back')).to.include({ hasVaultKey: false });
    expect(readdirSync(path('quiet-back')))
      .to.include('receipt-secret')
      .and.not.include('vault-key');
    // Without its key the vault stays shut, and the server says so rather than start with another.
    const refused = await startServerProcess({ DATA_DIR: path('quiet-back') }).catch(
      (error: Error) => error.message,
    );
    expect(refused).to.match(/vault's key is missing/);
  });

  it('leaves nothing behind when the file is cut off, changed or sealed otherwise, nor touches a folder that holds something', async () => {
    const bytes = readFileSync(path('whole'));
    writeFileSync(path('cut'), bytes.subarray(0, bytes.length - 500));
    const changed = Buffer.from(bytes);
    changed[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(path('changed'), changed);
    mkdirSync(path('empty'));
    for (const target of ['new', 'empty']) {
      expect(await refusal(restore('cut', target))).to.match(/cut off|damaged/);
      expect(await refusal(restore('changed', target))).to.match(/damaged or was changed/);
      expect(await refusal(restore('whole', target, 'not the passphrase'))).to.match(
        /passphrase does not open/,
      );
    }
    expect(existsSync(path('new'))).to.equal(false);
    expect(readdirSync(path('empty'))).to.deep.equal([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).to.deep.equal([]);
    mkdirSync(path('full'));
    writeFileSync(join(path('full'), 'mine'), 'mine');
    expect(await refusal(restore('whole', 'full'))).to.match(/not empty/);
    expect(readdirSync(path('full'))).to.deep.equal(['mine']);
    expect(await refusal(backup('whole'))).to.match(/There is a file already/);
    expect(await checkBackup({ file: path('whole'), passphrase })).to.include({ hasVaultKey: true });
    await restore('whole', 'empty');
    expect(readdirSync(path('empty'))).to.include('database');
  });

  it('holds the secrets wherever the file is put, and no earlier backup', async () => {
    const inside = join(testFolder, 'backups');
    mkdirSync(inside);
    const draft = join(testFolder, 'vault-key.0123456789ab');
    writeFileSync(draft, 'a key that a rotation left', { mode: 0o600 });
    const beside = `${testFolder}.backup`;
    try {
      for (const file of [
        join(inside, 'one'),
        join(inside, 'two'),
        join(testFolder, 'three.backup'),
        beside,
      ]) {
        const { files } = await makeBackup({ places, file, passphrase, withVaultKey: false });
        expect(files, file).to.equal(filesOf(testFolder));
      }
    } finally {
      rmSync(inside, { recursive: true });
      rmSync(join(testFolder, 'three.backup'), { force: true });
      rmSync(beside, { force: true });
      rmSync(draft);
    }
  });

  it('keeps as many scheduled backups as are wanted, makes one only when it is due, and logs a failure in one line', async () => {
    const schedule = { places, folder: path('scheduled'), passphrase, everyHours: 24, keep: 2 };
    const at = (hours: number) => new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000);
    const did = [];
    for (const hours of [0, 1, 23.9, 24, 30, 48]) did.push(await backUpWhenDue(schedule, at(hours)));
    expect(did).to.deep.equal([1, 0, 0, 1, 0, 1]);
    const kept = ['kosint-20260102-000000.backup', 'kosint-20260103-000000.backup'];
    expect(readdirSync(path('scheduled'))).to.deep.equal(kept);
    const broken = {
      ...schedule,
      places: { ...places, MONGODB_URI: 'mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=50' },
    };
    const { lines, silence } = listenToLog();
    expect(await backUpWhenDue(broken, at(1_000)).finally(silence)).to.equal(0);
    expect(lines).to.have.length(1);
    expect(JSON.parse(lines[0]!)).to.include({ where: 'backup', msg: 'fault' });
    expect(readdirSync(path('scheduled')), 'a failure costs no earlier one').to.deep.equal(kept);
  });

  it('after the clock was wrong, makes scheduled backups as often as ever, and keeps the new ones', async () => {
    const schedule = { places, folder: path('wrong-clock'), passphrase, everyHours: 24, keep: 2 };
    const at = (hours: number) => new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000);
    const did = [];
    // Right, a year ahead, and right again.
    for (const hours of [0, 8_760, 24, 24.25, 30]) did.push(await backUpWhenDue(schedule, at(hours)));
    expect(did).to.deep.equal([1, 1, 1, 0, 0]);
    expect(readdirSync(path('wrong-clock')), 'the one from the future goes first').to.deep.equal([
      'kosint-20260101-000000.backup',
      'kosint-20260102-000000.backup',
    ]);
    // Set back by days: the new one is no candidate for the bin.
    expect(await backUpWhenDue(schedule, at(-100))).to.equal(1);
    expect(readdirSync(path('wrong-clock'))).to.deep.equal([
      'kosint-20251227-200000.backup',
      'kosint-20260102-000000.backup',
    ]);
  });

  it('gives up a scheduled backup when the server stops, and leaves nothing of it', async () => {
    const schedule = { places, folder: path('given-up'), passphrase, everyHours: 24, keep: 2 };
    const stopping = new AbortController();
    const { lines, silence } = listenToLog();
    const made = backUpWhenDue(schedule, new Date(), stopping.signal).finally(silence);
    while (!existsSync(path('given-up')) || readdirSync(path('given-up')).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 2));
    stopping.abort();
    expect(await made).to.equal(0);
    expect(readdirSync(path('given-up'))).to.deep.equal([]);
    expect(lines).to.have.length(1);
    expect(lines[0]).to.include('backup given up: the server stops');
  });

  it('skips what goes away while it is made, and what a disk keeps for itself; comes back onto an empty disk', async () => {
    const disk = join(testFolder, 'lost+found');
    mkdirSync(disk);
    writeFileSync(join(disk, '#1'), 'a piece that the disk found');
    const letter = join(testFolder, 'outbox', 'zz-sent-meanwhile.eml');
    writeFileSync(letter, 'x');
    try {
      for await (const { path: name, content } of dataFiles(testFolder, { withVaultKey: false })) {
        rmSync(letter, { force: true });
        expect(name).to.not.match(/lost\+found|zz-sent/);
        for await (const _ of content);
      }
    } finally {
      rmSync(disk, { recursive: true });
      rmSync(letter, { force: true });
    }
    mkdirSync(path('disk'));
    mkdirSync(join(path('disk'), 'lost+found'));
    await restore('whole', 'disk');
    expect(readdirSync(path('disk'))).to.include.members(['database', 'lost+found', 'session-secret']);
  });

  it('into a folder that was there, killed half-way, leaves what no program takes and the next restore finishes', async () => {
    const half = path('half');
    mkdirSync(half);
    const env = { DATA_DIR: half, MONGODB_URI: '', BACKUP_PASSPHRASE: passphrase };
    const child = startProgram('server/cli/restore.ts', [path('whole')], env);
    while (child.exitCode === null && readdirSync(half).length < 2)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readdirSync(half).sort().join()).to.match(/^\.restore\.unfinished,\.restoring-\w+$/);
    // As when it is killed a little later, between its renames.
    writeFileSync(join(half, 'session-secret'), 'the first that was put in its place');

    const left = () => readdirSync(half).filter((name) => !name.startsWith('.restoring-'));
    const refused = /The folder \S+half is half restored: .*npm run restore.*/;
    const said = await Promise.all([
      refusal(startServerProcess(env)),
      runProgram('server/cli/vault.ts', ['check'], env).then(({ errors }) => errors),
      refusal(makeBackup({ places: env, file: path('of-half'), passphrase, withVaultKey: false })),
    ]);
    for (const words of said) expect(words).to.match(refused);
    expect(left()).to.deep.equal(['.restore.unfinished', 'session-secret']);
    expect(await refusal(restore('whole', 'half', 'another one, wrong'))).not.to.equal('done');
    expect(left(), 'still nobody’s installation').to.deep.equal(['.restore.unfinished']);
    await restore('whole', 'half');
    expect(left()).to.include.members(['database', 'session-secret']).and.not.include('.restore.unfinished');
    const isOld = readFileSync(join(half, 'session-secret'), 'utf8').startsWith('the first');
    expect(isOld).to.equal(false);
  });

  it('are told by `npm run verify` which file lacks a piece', async () => {
    expect(await verifyRecords(true)).to.deep.include({ faults: [] });
    const chunks = mongoose.connection.db!.collection('evidence.chunks');
    const chunk = (await chunks.findOne({ n: 0 }))!;
    await chunks.deleteOne({ _id: chunk._id });
    const { faults } = await verifyRecords(true);
    await chunks.insertOne(chunk);
    expect(faults).to.have.length(2);
    expect(faults[0]).to.equal(`file ${chunk.files_id}: 0 of ${chunk.data.length()} bytes`);
    expect(faults[1]).to.match(/^cases .* its file .* is missing$/);
  });

  it('are not called faulty by `npm run verify` for what comes and goes while it looks', async () => {
    const records = mongoose.connection.db!.collection('zRecords');
    const bucket = new mongoose.mongo.GridFSBucket(mongoose.connection.db!, { bucketName: 'evidence' });
    const keep = async () => {
      const id = newId();
      const upload = bucket.openUploadStreamWithId(id as never, id);
      await pipeline(Readable.from([Buffer.from('a file')]), upload);
      await records.insertOne({ _id: id as never, mediaType: 'text/plain', file: id });
      return id;
    };
    const leave = async (id: string) => {
      await records.deleteOne({ _id: id as never });
      await bucket.delete(id as never);
    };
    let working = true;
    const workers = [1, 2, 3].map(async () => {
      // Every second one stays, so that no two looks count the same.
      while (working) {
        await leave(await keep());
        await keep();
      }
    });
    try {
      for (let look = 0; look < 6; look += 1) expect((await verifyRecords(true)).faults).to.deep.equal([]);
    } finally {
      working = false;
      await Promise.all(workers);
      for await (const { _id } of records.find()) await leave(String(_id));
      await records.drop();
    }
  });

  it('work from the command line, with one line for each mistake', async () => {
    const env = { DATA_DIR: path('whole-back'), BACKUP_PASSPHRASE: passphrase };
    const run = (program: string, args: string[], changes = {}) =>
      runProgram(`server/cli/${program}.ts`, args, { ...env, ...changes });
    const [made, unasked, full, verified] = await Promise.all([
      run('backup', [path('by-hand')]),
      run('backup', [path('no')], { BACKUP_PASSPHRASE: '' }),
      run('restore', [path('whole')]),
      run('verify', []),
    ]);
    expect(made.errors + made.out).to.match(/records in \d+ collections.*\n.*vault key is not in it/);
    expect(unasked).to.include({ code: 1, out: '' });
    expect(unasked.errors).to.match(/^Set BACKUP_PASSPHRASE.*\n$/);
    expect(full.code).to.equal(1);
    expect(full.errors).to.match(/^The folder .* is not empty.*\n$/);
    expect(verified.errors + verified.out).to.match(
      /records, \d+ files, \d+ entries of the audit log: everything agrees\./,
    );
    const restored = await run('restore', [path('by-hand')], { DATA_DIR: path('by-hand-back') });
    expect(restored.errors + restored.out).to.match(/Restored to .*\nBefore the start put the vault key/);
  });
});
