// Duty: the life of the database process: killed, shared, orphaned, stopped, refused, asked for a password.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { answers, socketPath } from '../../server/database/embedded/folder.ts';
import {
  type RunningDatabase,
  startDatabase,
  startEmbeddedDatabase,
} from '../../server/database/embedded/supervisor.ts';

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it never came to that');
}

async function withClient<T>(uri: string, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 15_000 });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const insertAndCount = (uri: string) =>
  withClient(uri, async (client) => {
    await client.db('test').collection('things').insertOne({});
    return client.db('test').collection('things').countDocuments();
  });

describe('The database process', function () {
  // Each process compiles itself first.
  this.timeout(60_000);
  let dir: string;
  const running: RunningDatabase[] = [];
  const start = async (log?: (line: string, details?: object) => void) => {
    const database = await startEmbeddedDatabase({ dir, log });
    running.push(database);
    return database;
  };

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'supervised-'));
  });
  afterEach(async () => {
    for (const database of running.splice(0)) await database.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('listens where only its user can reach it', async () => {
    await start();
    expect(statSync(socketPath(dir)).mode & 0o777).to.equal(0o600);
  });

  it('is restarted when it is killed, verifies what it finds, and serves under the same address', async () => {
    const lines: string[] = [];
    const database = await start((line, details) => lines.push(`${line} ${JSON.stringify(details ?? {})}`));
    await insertAndCount(database.uri);
    const back = new Promise<void>((resolve) => database.onRestart(resolve));
    const before = database.pid();
    process.kill(before!, 'SIGKILL');
    await back;
    expect(database.pid()).to.not.equal(before);
    expect(await insertAndCount(database.uri)).to.equal(2);
    await until(() => lines.includes('verification finished {"faults":0}'));
  });

  it('goes on with a client that was connected when it was killed', async () => {
    const database = await start();
    await withClient(database.uri, async (client) => {
      const things = client.db('test').collection('things');
      await things.insertOne({});
      process.kill(database.pid()!, 'SIGKILL');
      await until(async () => (await things.countDocuments().catch(() => 0)) === 1);
    });
  });

  it('is shared by a second application on the folder, which takes over when the first stops', async () => {
    const first = await start();
    const second = await start();
    expect(second.uri).to.equal(first.uri);
    expect(second.pid()).to.equal(undefined);
    await insertAndCount(first.uri);
    expect(await insertAndCount(second.uri)).to.equal(2);
    await first.stop();
    await until(() => second.pid() !== undefined);
    expect(await insertAndCount(second.uri)).to.equal(3);
  });

  it('refuses a second database on the folder, and says why', async () => {
    await start();
    const error = await startDatabase({ dir, port: 0 }).catch((thrown: Error) => thrown);
    expect(error).to.be.instanceOf(Error);
    expect((error as Error).message).to.match(/already open in another process/);
  });

  it('ends by itself, and cleanly, when the application is gone', async () => {
    const starter = fileURLToPath(new URL('./crash/starter.ts', import.meta.url));
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const application = fork(starter, [dir], { execArgv: ['--import', tsx] });
    await once(application, 'message');
    expect(await answers(socketPath(dir))).to.equal(true);
    application.kill('SIGKILL');
    await until(async () => !(await answers(socketPath(dir))));
    await until(() => !existsSync(join(dir, 'open')));
  });

  it('stops cleanly on SIGTERM', async () => {
    const database = await start();
    await insertAndCount(database.uri);
    const lines: string[] = [];
    await database.stop();
    expect(existsSync(join(dir, 'open'))).to.equal(false);
    await start((line) => lines.push(line));
    expect(lines).to.not.include('the database was not closed cleanly: verifying');
  });

  it('asks for the password on a port, and takes the right one', async () => {
    const database = await startDatabase({ dir, port: 0, user: 'office', password: 'pa ss,wörd=' });
    running.push(database);
    const open = await withClient(database.uri, (client) =>
      client.db('test').collection('a').findOne(),
    ).catch((thrown: { code?: number }) => thrown.code);
    expect(open).to.equal(13);
    const { port } = new URL(database.uri.replace('mongodb:', 'http:'));
    const uriWith = (password: string) =>
      `mongodb://office:${encodeURIComponent(password)}@127.0.0.1:${port}/?directConnection=true`;
    const wrong = await insertAndCount(uriWith('guess')).catch((thrown: { code?: number }) => thrown.code);
    expect(wrong).to.equal(18);
    expect(await insertAndCount(uriWith('pa ss,wörd='))).to.equal(1);
  });
});
