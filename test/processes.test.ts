// Duty: several processes are one server: on one port, or side by side on one data folder; one dies under load and nobody loses anything.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { commandOf, family } from './bench/processes.ts';
import { ask, Ear, eventually, logSurely, nothingLost, signedIn, underLoad } from './support/crowd.ts';
import { codeOn } from './support/factor.ts';
import { runProgram, type ServerProcess, startServerProcess } from './support/programs.ts';

/** Free a moment ago, and next to each other. */
async function freePorts(count: number): Promise<number[]> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const ports = Array.from({ length: count }, (_, at) => first + at);
    const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
    const listening = await Promise.all(
      servers.map((server) =>
        once(server, 'listening').then(
          () => true,
          () => false,
        ),
      ),
    );
    for (const server of servers) server.close();
    if (listening.every(Boolean)) return ports;
  }
}

const workersOf = (pid: number) =>
  family(pid).filter((one) => one !== pid && commandOf(one).includes('server/index.'));

describe('Several processes', function () {
  this.timeout(90_000);
  let folder: string;
  const running: ServerProcess[] = [];
  const ears: Ear[] = [];
  const start = async (env: Record<string, string> = {}) => {
    const server = await startServerProcess({ DATA_DIR: folder, SEED: 'example', LOG_LEVEL: 'info', ...env });
    running.push(server);
    return server;
  };

  before(function () {
    // Finds the children of a server in /proc, which Linux alone has, and kills the embedded database, which nobody has who names a
    // MongoDB. On a fresh Linux neither holds, and all of it runs.
    if (process.platform !== 'linux' || process.env.MONGODB_URI) this.skip();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'several-'));
  });
  afterEach(async () => {
    for (const ear of ears.splice(0)) ear.socket.close();
    for (const server of running.splice(0)) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('with WORKERS=2 on one port: one is killed under load and nothing is lost or doubled', async () => {
    const metrics = await freePorts(2);
    const server = await start({ WORKERS: '2', METRICS_PORT: String(metrics[0]) });
    const serving = () => server.said().match(/"msg":"a worker serves"/g)?.length ?? 0;
    await eventually('two workers', () => serving() === 2);
    const activist = await signedIn(server.url, 'activist');
    for (let at = 0; at < 8; at += 1) ears.push(new Ear([server.url], activist));
    await eventually('all ears are connected', () => ears.every((ear) => ear.connections === 1));
    const [victim] = workersOf(server.pid);
    const acknowledged = await underLoad([server.url], activist, async () => {
      process.kill(victim!, 'SIGKILL');
    });
    await eventually('another took its place', () => serving() === 3);
    expect(workersOf(server.pid)).to.have.length(2).and.not.include(victim!);
    await nothingLost(server.url, activist, ears, acknowledged);
    expect(server.said().match(/"msg":"a worker ended"/g)).to.have.length(1);
    expect(server.said().match(/browsers come again/g)).to.have.length(1);

    // Whoever came after is watched where its predecessor was.
    const clients = await Promise.all(
      metrics.map(async (port) => {
        const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
        return Number(/^kosint_live_clients (\d+)$/m.exec(text)?.[1]);
      }),
    );
    expect(clients[0]! + clients[1]!).to.equal(ears.length);
    expect(await server.stop()).to.equal(0);
    expect(server.said().match(/"drained":true,"jobsEnded":true,"msg":"stopped"/g)).to.have.length(2);
  });

  it('side by side on one folder share sessions, presence and events', async () => {
    const [one, two] = [await start(), await start()];
    const [coordinator, activist] = await Promise.all([
      signedIn(one.url, 'coordinator'),
      signedIn(one.url, 'activist'),
    ]);
    expect((await ask(two.url, coordinator, '/api/me')).status).to.equal(200);
    for (let at = 0; at < 4; at += 1)
      ears.push(new Ear([at % 2 ? one.url : two.url], at < 2 ? coordinator : activist));
    await eventually('all ears are connected', () => ears.every((ear) => ear.connections === 1));

    const first = (await logSurely([one.url], activist, () => false))!;
    await eventually('every ear heard of a case', () => ears.every((ear) => ear.known.has(first)));
    for (const ear of ears) expect(await ear.socket.emitWithAck('openCase', first)).to.equal(true);
    await eventually('everybody sees both, wherever they are connected', () =>
      ears.every((ear) => {
        const ids = ear.presence.at(-1)?.viewers.map(({ userId }) => userId) ?? [];
        return ids.includes(coordinator.id) && ids.includes(activist.id);
      }),
    );
    for (const ear of ears.filter((_, at) => at >= 2)) ear.socket.emit('closeCase', first);
    await eventually('who left is gone for everybody', () =>
      ears.filter((_, at) => at < 2).every((ear) => ear.presence.at(-1)?.viewers.length === 1),
    );

    // What a viewer may see is counted alike, and points on the map are the same, whichever process is asked.
    for (const path of ['/api/cases/counts', '/api/map/clusters?bbox=20.0,41.8,21.9,43.3&zoom=9']) {
      const [here, there] = await Promise.all([one, two].map(({ url }) => ask(url, coordinator, path)));
      expect(here!.status, here!.text).to.equal(200);
      expect(there!.text, path).to.equal(here!.text);
      await logSurely([two.url], activist, () => false);
      const [after, alsoAfter] = await Promise.all([one, two].map(({ url }) => ask(url, coordinator, path)));
      expect(after!.text, path).to.not.equal(here!.text);
      expect(alsoAfter!.text, path).to.equal(after!.text);
    }

    // Guesses are counted together: trying at every process in turn gains nothing.
    const guess = async (at: number) => {
      const answer = await fetch(`${[one, two][at % 2]!.url}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'test' },
        body: JSON.stringify({ email: 'nobody@example.org', password: `a guess ${at}` }),
      });
      return answer.status;
    };
    const guesses: number[] = [];
    for (let at = 0; at < 8; at += 1) guesses.push(await guess(at));
    expect(guesses).to.deep.equal([401, 401, 401, 401, 401, 401, 429, 429]);

    // A code of the second factor is taken once, whichever processes it is brought to; the operator's program takes the factor away.
    const owner = await signedIn(one.url, 'administrator');
    const { email, password } = owner;
    const begun = await ask(one.url, owner, '/api/me/second-factor', { password });
    const { key } = JSON.parse(begun.text).data;
    const on = await ask(one.url, owner, '/api/me/second-factor/confirm', { code: codeOn(key) });
    expect(on.status, on.text).to.equal(200);
    const nobody = { ...owner, cookie: '' };
    const askedAt = async (url: string) => {
      const answer = await ask(url, nobody, '/api/session', { email, password });
      expect(answer.status, answer.text).to.equal(202);
      const cookie = answer.headers.getSetCookie().map((set) => set.split(';')[0]);
      return { url, who: { ...owner, cookie: cookie.join('; ') } };
    };
    const crowd = await Promise.all([one, two, one, two].map(({ url }) => askedAt(url)));
    const taken = await Promise.all(
      crowd.map(({ url, who }) => ask(url, who, '/api/session/second-factor', { code: codeOn(key, 1) })),
    );
    expect(taken.map(({ status }) => status).sort()).to.deep.equal([200, 401, 401, 401]);
    const cli = 'server/cli/secondFactor.ts';
    const reset = await runProgram(cli, ['reset', email.toUpperCase()], { DATA_DIR: folder });
    expect(reset.code, reset.errors).to.equal(0);
    const again = await runProgram(cli, ['reset', email], { DATA_DIR: folder });
    expect([again.code, again.errors.trim()]).to.deep.equal([1, 'That account has no second factor.']);
    expect((await ask(two.url, nobody, '/api/session', { email, password })).status).to.equal(200);

    // Both remember the session; it ends in one and is over in both.
    for (const { url } of [one, two]) expect((await ask(url, activist, '/api/me')).status).to.equal(200);
    const headers = { Cookie: activist.cookie, 'X-Requested-With': 'test' };
    expect((await fetch(`${one.url}/api/session`, { method: 'DELETE', headers })).status).to.equal(204);
    for (const { url } of [two, one]) expect((await ask(url, activist, '/api/me')).status).to.equal(401);
    await eventually('its sockets are closed', () =>
      ears.every((ear, at) => ear.socket.connected === at < 2),
    );
  });

  it('side by side: the owner of the database dies under load, the other takes it over', async () => {
    const owner = await start();
    const other = await start();
    const urls = [owner.url, other.url];
    const activist = await signedIn(other.url, 'activist');
    for (let at = 0; at < 4; at += 1) ears.push(new Ear(urls, activist, at));
    await eventually('all ears are connected', () => ears.every((ear) => ear.connections === 1));
    const first = (await logSurely(urls, activist, () => false))!;
    await eventually('both processes tell', () => ears.every((ear) => ear.known.has(first)));
    const acknowledged = await underLoad(urls, activist, () => owner.stop('SIGKILL'));
    await nothingLost(other.url, activist, ears, acknowledged);
    expect(other.said()).to.match(/"why":"the process that served it ended","msg":"database restarts"/);
  });
});
