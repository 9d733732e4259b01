// Duty: the database's command line: starting it alone, checking, saving and restoring it, stopped or running.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { crc64, crc64Start } from '../../server/database/embedded/cli/crc64.ts';
import { startEmbeddedDatabase } from '../../server/database/embedded/supervisor.ts';
import { built } from '../support/programs.ts';

const start = (...given: string[]): ChildProcess =>
  spawn(process.execPath, [built('server/database/embedded/cli/database.ts'), ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function run(...given: string[]): Promise<{ code: number; output: string }> {
  const child = start(...given);
  const [out, errors] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
  return { code: child.exitCode!, output: out + errors };
}

describe('npm run database', function () {
  this.timeout(60_000);
  let dir: string;
  let archive: string;

  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'command-'));
    archive = join(dir, 'saved.archive');
    const database = await startEmbeddedDatabase({ dir: join(dir, 'one') });
    const client = await MongoClient.connect(database.uri);
    const people = client.db('office').collection('people');
    await people.createIndex(
      { name: 1 },
      { unique: true, partialFilterExpression: { name: { $exists: true } } },
    );
    await people.insertMany(
      Array.from({ length: 2_500 }, (_, n) => ({ name: `n${n}`, at: new Date(n), half: n / 2 })),
    );
    await client.db('office').createCollection('empty');
    await client.close();
    await database.stop();
  });
  after(() => rmSync(dir, { recursive: true }));

  it('starts alone, prints its address on one line, and stops on SIGTERM', async () => {
    const child = start('--dir', join(dir, 'alone'), '--port', '0', '--print-uri');
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
    expect(line).to.match(/^mongodb:\/\/127\.0\.0\.1:\d+\//);
    const client = await MongoClient.connect(line);
    expect(await client.db('admin').command({ ping: 1 })).to.include({ ok: 1 });
    await client.close();
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(child.exitCode).to.equal(0);
  });

  it('asks for the password of the file that it is given', async () => {
    const secret = join(dir, 'secret');
    writeFileSync(secret, 'a long word\n', { mode: 0o600 });
    const child = start(
      '--dir',
      join(dir, 'closed'),
      '--port',
      '0',
      '--print-uri',
      '--user',
      'u',
      '--password-file',
      secret,
    );
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
    const open = (uri: string) =>
      MongoClient.connect(uri).then(async (client) => {
        const found = await client
          .db('test')
          .collection('a')
          .findOne()
          .catch((error: { code?: number }) => error.code);
        await client.close();
        return found;
      });
    expect(await open(line)).to.equal(13);
    expect(await open(line.replace('mongodb://', 'mongodb://u:a%20long%20word@'))).to.equal(null);
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  it('saves a stopped database and restores it elsewhere, documents, types, indexes and all', async () => {
    expect(await run('backup', archive, '--dir', join(dir, 'one'))).to.deep.equal({
      code: 0,
      output: '2500 documents in 2 collections\n',
    });
    expect((await run('restore', archive, '--dir', join(dir, 'two'))).code).to.equal(0);
    const verified = await run('verify', '--dir', join(dir, 'two'));
    expect(verified.output)
      .to.include('office.people: 2500 documents, 0 faults')
      .and.include('Everything agrees.');
    const [one, two] = await Promise.all(['one', 'two'].map(contentOf));
    expect(two).to.deep.equal(one);
  });

  async function contentOf(name: string) {
    const database = await startEmbeddedDatabase({ dir: join(dir, name) });
    const client = await MongoClient.connect(database.uri, { promoteValues: false });
    const db = client.db('office');
    const content = [
      await db.collection('people').find().toArray(),
      await db.collection('people').indexes(),
      (await db.listCollections({}, { nameOnly: true }).toArray()).map((each) => each.name),
    ];
    await client.close();
    await database.stop();
    return JSON.stringify(content);
  }

  it('works on a running database, and replaces only when told to', async () => {
    const database = await startEmbeddedDatabase({ dir: join(dir, 'two') });
    const refused = await run('restore', archive, '--dir', join(dir, 'two'));
    expect(refused).to.deep.include({ code: 1 });
    expect(refused.output).to.include('office.people is not empty');
    expect((await run('restore', archive, '--drop', '--dir', join(dir, 'two'))).code).to.equal(0);
    expect((await run('stats', '--dir', join(dir, 'two'))).output).to.include(
      'office.people: 2500 documents',
    );
    await database.stop();
  });

  it('changes nothing when the archive is cut off', async () => {
    truncateSync(archive, 50_000);
    const { code, output } = await run('restore', archive, '--drop', '--dir', join(dir, 'two'));
    expect(code).to.equal(1);
    expect(output).to.include('cut off');
    expect((await run('stats', '--dir', join(dir, 'two'))).output).to.include(
      'office.people: 2500 documents',
    );
  });

  it('refuses to start on a folder that is open, and says why', async () => {
    const database = await startEmbeddedDatabase({ dir: join(dir, 'one') });
    const { code, output } = await run('--dir', join(dir, 'one'), '--port', '0');
    await database.stop();
    expect(code).to.equal(1);
    expect(output).to.include('already open in another process');
  });

  it('writes the checksum of the standard into archives', () => {
    const { low, high } = crc64(Buffer.from('123456789'), crc64Start);
    expect([high >>> 0, low >>> 0]).to.deep.equal([0x995dc9bb, 0xdf1939fa]);
  });
});
