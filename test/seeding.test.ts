// Duty: whoever starts first seeds, once: servers that start together on an empty folder, and one that takes over from another that died.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { startEmbeddedDatabase } from '../server/database/embedded/supervisor.ts';
import { eventually } from './support/crowd.ts';
import { type ServerProcess, startServerProcess } from './support/programs.ts';

/** What the jobs of a running server add to by themselves. */
const grows = (collection: string) => /^(audit|jobs|notifications)/.test(collection);

/** How many records each collection has, and the references of all cases. */
async function contentOf(folder: string): Promise<{ counts: Record<string, number>; references: string[] }> {
  const database = await startEmbeddedDatabase({ dir: join(folder, 'database') });
  const client = await MongoClient.connect(database.uri);
  const db = client.db('kosint');
  const counts: Record<string, number> = {};
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray())
    if (!grows(name)) counts[name] = await db.collection(name).countDocuments();
  const references = await db.collection('cases').distinct('reference');
  await client.close();
  await database.stop();
  return { counts, references: references.map(String).sort() };
}

describe('Seeding', function () {
  this.timeout(120_000);
  const folders: string[] = [];
  const running: ServerProcess[] = [];
  const emptyFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'seeding-'));
    folders.push(folder);
    return folder;
  };
  const start = async (folder: string, signal?: AbortSignal) => {
    const env = { DATA_DIR: folder, SEED: 'example', LOG_LEVEL: 'warn' };
    const server = await startServerProcess(env, signal ? { signal } : {});
    running.push(server);
    return server;
  };
  const stopAll = () => Promise.all(running.splice(0).map((server) => server.stop()));
  let alone: Awaited<ReturnType<typeof contentOf>>;

  before(async function () {
    // The folder is what these servers share, and whoever names a MongoDB has one for all. Never so on a fresh machine.
    if (process.env.MONGODB_URI) this.skip();
    const folder = emptyFolder();
    await start(folder);
    await stopAll();
    alone = await contentOf(folder);
    expect(alone.references).to.have.length(alone.counts.cases!).and.not.be.empty;
  });
  afterEach(stopAll);
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('by three servers that start at once on an empty folder is done once, and all of them serve', async () => {
    const folder = emptyFolder();
    const servers = await Promise.all([start(folder), start(folder), start(folder)]);
    for (const { url } of servers) expect((await fetch(`${url}/healthz`)).status).to.equal(200);
    expect(servers.map((server) => server.said()).join('')).to.not.match(/"level":(50|60)/);
    await stopAll();
    expect(await contentOf(folder)).to.deep.equal(alone);
  });

  it('by a server that dies half-way is ended by the one that waited', async () => {
    const folder = emptyFolder();
    // Held here, so that the death is of the one who seeds alone.
    const database = await startEmbeddedDatabase({ dir: join(folder, 'database') });
    const client = await MongoClient.connect(database.uri);
    const cases = client.db('kosint').collection('cases');
    const death = new AbortController();
    const dying = start(folder, death.signal).then(
      () => 'served',
      () => 'died',
    );
    await eventually('some cases are in', async () => (await cases.countDocuments()) >= 3);
    const waiting = start(folder);
    death.abort();
    expect(await dying).to.equal('died');
    expect(await cases.countDocuments()).to.be.below(alone.counts.cases!);
    await waiting;
    await stopAll();
    await client.close();
    await database.stop();
    const { counts, references } = await contentOf(folder);
    expect(counts).to.deep.equal(alone.counts);
    expect(new Set(references).size).to.equal(counts.cases);
  });
});
