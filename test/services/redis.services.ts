// Duty: servers of two machines tell each other through a real Redis, go on while it is away, and make up for it when it is back.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type RunningDatabase, startDatabase } from '../../server/database/embedded/supervisor.ts';
import { joinRedis } from '../../server/live/redisBus.ts';
import { ask, Ear, eventually, everyCase, logSurely, signedIn } from '../support/crowd.ts';
import { listenToLog } from '../support/logLines.ts';
import { type ServerProcess, startServerProcess } from '../support/programs.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Keeps nothing; only this machine reaches it. */
async function startRedis(port: number, more: string[] = []): Promise<ChildProcess> {
  const child = spawn(
    'redis-server',
    ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...more],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  child.once('error', () => {
    throw new Error('redis-server is missing: install it, or let .ci/run do so');
  });
  for await (const line of child.stdout!) if (String(line).includes('Ready to accept')) break;
  child.stdout!.resume();
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

describe('Several machines through Redis', function () {
  this.timeout(120_000);
  let folder: string;
  let database: RunningDatabase;
  let redis: ChildProcess;
  let port: number;
  const servers: ServerProcess[] = [];
  const ears: Ear[] = [];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'machines-'));
    port = await freePort();
    redis = await startRedis(port);
    database = await startDatabase({ dir: join(folder, 'database'), port: 0 });
    // Each has a data folder of its own, as on machines of their own; what they share is the environment.
    const shared = {
      MONGODB_URI: database.uri.replace('/?', '/kosint?'),
      REDIS_URL: `redis://127.0.0.1:${port}`,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      RECEIPT_SECRET: randomBytes(32).toString('hex'),
      AUDIT_SECRET: randomBytes(32).toString('hex'),
      VAULT_KEY: randomBytes(32).toString('base64'),
      SEED: 'example',
      LOG_LEVEL: 'info',
    };
    for (const name of ['one', 'two'])
      servers.push(await startServerProcess({ ...shared, DATA_DIR: join(folder, name) }));
  });
  after(async () => {
    for (const ear of ears) ear.socket.close();
    for (const server of servers) await server.stop();
    await database?.stop();
    if (redis) await end(redis);
    rmSync(folder, { recursive: true, force: true });
  });

  it('share sessions and events; while Redis is away all goes on, and when it is back nobody has missed anything', async () => {
    const [one, two] = servers as [ServerProcess, ServerProcess];
    const activist = await signedIn(one.url, 'activist');
    expect((await ask(two.url, activist, '/api/me')).status).to.equal(200);
    ears.push(new Ear([one.url], activist), new Ear([two.url], activist));
    await eventually('both ears are connected', () => ears.every((ear) => ear.connections === 1));
    const heardByAll = (id: string) =>
      eventually(`everybody heard of ${id}`, () => ears.every((ear) => ear.known.has(id)));
    await heardByAll((await logSurely([one.url], activist, () => false))!);
    await heardByAll((await logSurely([two.url], activist, () => false))!);

    await end(redis);
    const away = (await logSurely([one.url], activist, () => false))!;
    await eventually('who is on the same machine hears', () => ears[0]!.known.has(away));
    await eventually('a fresh look elsewhere shows it', async () =>
      (await everyCase(two.url, activist)).has(away),
    );
    expect(ears[1]!.known.has(away)).to.equal(false);
    for (const server of servers) expect(server.said().match(/Redis is away/g)).to.have.length(1);

    redis = await startRedis(port);
    await heardByAll(away);
    await eventually('both came again', () => ears.every((ear) => ear.connections === 2));
    expect(ears.map(({ doubled }) => doubled)).to.deep.equal([0, 0]);
    await heardByAll((await logSurely([two.url], activist, () => false))!);
    for (const server of servers) expect(server.said().match(/Redis is back/g)).to.have.length(1);
  });

  it('share who has a case open, before and after Redis was away, and the end of a session', async () => {
    const [one, two] = servers as [ServerProcess, ServerProcess];
    const [activist, coordinator] = [
      await signedIn(one.url, 'activist'),
      await signedIn(two.url, 'coordinator'),
    ];
    const [here, there] = [new Ear([one.url], activist), new Ear([two.url], coordinator)];
    ears.push(here, there);
    await eventually('both are connected', () => here.connections === 1 && there.connections === 1);
    const id = (await logSurely([one.url], activist, () => false))!;
    const viewersAt = (ear: Ear) =>
      ear.presence
        .at(-1)
        ?.viewers.map(({ userId }) => userId)
        .sort();
    const both = [activist.id, coordinator.id].sort();
    const bothSeeBoth = () => [here, there].every((ear) => viewersAt(ear)?.join() === both.join());
    for (const ear of [here, there]) expect(await ear.socket.emitWithAck('openCase', id)).to.equal(true);
    await eventually('each sees both', bothSeeBoth);

    await end(redis);
    await eventually('both noticed', () =>
      servers.every((server) => server.said().match(/Redis is away/g)?.length === 2),
    );
    redis = await startRedis(port);
    await eventually('both came again', () => [here, there].every((ear) => ear.connections === 2));
    for (const ear of [here, there]) expect(await ear.socket.emitWithAck('openCase', id)).to.equal(true);
    await eventually('each sees both again', bothSeeBoth);

    const headers = { Cookie: activist.cookie, 'X-Requested-With': 'test' };
    const mine = new Ear([two.url], activist);
    ears.push(mine);
    await eventually('the activist is at both', () => mine.connections === 1);
    expect((await ask(two.url, activist, '/api/me')).status).to.equal(200);
    expect((await fetch(`${one.url}/api/session`, { method: 'DELETE', headers })).status).to.equal(204);
    await eventually('its socket elsewhere is closed', () => !mine.socket.connected);
    expect((await ask(two.url, activist, '/api/me')).status).to.equal(401);
  });

  it('notice when another machine falls silent: its browsers and ours look again', async () => {
    const [one, two] = servers as [ServerProcess, ServerProcess];
    await two.stop('SIGKILL');
    await eventually(
      'the survivor says so',
      () => one.said().includes('another process fell silent'),
      20_000,
    );
  });
});

describe('A Redis that is of no use', function () {
  this.timeout(60_000);
  const every = 200;
  const listener = { heard() {}, joined() {}, left() {}, gap() {} };
  const join = (url: string) => joinRedis({ url, secret: 'a secret', everyMilliseconds: every }, listener);
  const took = async (work: Promise<unknown>) => {
    const begun = performance.now();
    await work;
    return performance.now() - begun;
  };
  const awayIn = (lines: string[]) => lines.filter((line) => line.includes('Redis is away'));
  let lines: string[];
  let silence: () => void;
  beforeEach(() => {
    ({ lines, silence } = listenToLog());
  });
  afterEach(() => silence());

  async function isOfNoUse(url: string): Promise<void> {
    const begun = performance.now();
    const bus = await join(url);
    expect(performance.now() - begun, 'the start').to.be.lessThan(5_000);
    bus.send({ op: 'closeSockets', userId: 'nobody' });
    await new Promise((resolve) => setTimeout(resolve, 8 * every));
    expect(await took(bus.close()), 'the stop').to.be.lessThan(2_500);
    expect(awayIn(lines), lines.join('')).to.have.length(1);
    expect(lines).to.have.length(1);
    expect(lines[0]).not.to.include('a wrong password');
  }

  it('is one line, and holds up neither start nor stop: away', async () => {
    await isOfNoUse(`redis://127.0.0.1:${await freePort()}`);
  });

  it('is one line, and holds up neither start nor stop: it accepts and never answers', async () => {
    const silent = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    await isOfNoUse(`redis://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    silent.close();
  });

  it('is one line, and holds up neither start nor stop: a wrong password, and TLS where there is none', async () => {
    const port = await freePort();
    const redis = await startRedis(port, ['--requirepass', 'the right one']);
    try {
      await isOfNoUse(`redis://:${encodeURIComponent('a wrong password')}@127.0.0.1:${port}`);
      lines.length = 0;
      await isOfNoUse(`rediss://127.0.0.1:${port}`);
    } finally {
      await end(redis);
    }
  });

  it('is noticed when it hangs and when it goes on, and holds up no stop meanwhile', async () => {
    const port = await freePort();
    const redis = await startRedis(port);
    try {
      const [one, two] = [await join(`redis://127.0.0.1:${port}`), await join(`redis://127.0.0.1:${port}`)];
      expect(lines).to.deep.equal([]);
      redis.kill('SIGSTOP');
      await eventually('both noticed', () => awayIn(lines).length === 2);
      expect(await took(one.close()), 'the stop').to.be.lessThan(2_500);
      redis.kill('SIGCONT');
      await eventually('it is back', () => lines.some((line) => line.includes('Redis is back')));
      await two.close();
      expect(awayIn(lines)).to.have.length(2);
    } finally {
      redis.kill('SIGCONT');
      await end(redis);
    }
  });
});
