// Duty: a server can be watched and stopped: health, readiness, metrics apart from the public port, request ids, slow commands, a stop under load.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { io as connectSocket, type Socket } from 'socket.io-client';
import { planOf, shapeOf, shapeOfCommand } from '../server/database/slowCommands.ts';
import { drain } from '../server/http/drain.ts';
import { JobModel } from '../server/jobs/jobs.model.ts';
import { runDueJobs } from '../server/jobs/runner.ts';
import { expectJobs, jobLag, readiness } from '../server/watch/readiness.ts';
import { newId } from '../shared/api.ts';
import { commandOf, family } from './bench/processes.ts';
import { caseInput } from './support/cases.ts';
import { type ServerProcess, startServerProcess } from './support/programs.ts';
import { startTestServer, type TestServer } from './support/server.ts';

describe('Watching the server', () => {
  describe('Request ids', () => {
    let server: TestServer;
    before(async () => {
      server = await startTestServer();
    });
    after(() => server.stop());
    const answered = async (sent?: string) => {
      const answer = await server
        .stranger()
        .send('GET', '/api/me', undefined, sent ? { 'X-Request-Id': sent } : {});
      expect(answer.body.error.requestId).to.equal(answer.headers.get('x-request-id'));
      return answer.headers.get('x-request-id');
    };

    it('are answered with every request, and are the error’s own number', async () => {
      expect(await answered()).to.match(/^[0-9a-f-]{36}$/);
      const page = await server.stranger().get('/nowhere');
      expect(page.headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/);
    });

    it('are taken over from a proxy in our form alone', async () => {
      const id = newId();
      expect(await answered(id)).to.equal(id);
      for (const sent of [
        '1',
        `${id}x`,
        id.toUpperCase(),
        'Plantrime Secretaj',
        `${id} ${id}`,
        '"}{"level":60',
      ]) {
        const given = await answered(sent);
        expect(given).to.match(/^[0-9a-f-]{36}$/);
        expect(given).to.not.equal(sent);
      }
    });
  });

  describe('A slow command', () => {
    it('is told by its shape, without a value', () => {
      const told = shapeOf({
        filter: { title: 'Plantrime', people: { $in: ['a', 'b'] }, at: new Date(), 'a b': 1 },
        limit: 5,
      });
      expect(told).to.deep.equal({
        filter: { title: 'string', people: { $in: '[string × 2]' }, at: 'Date', '?': 'number' },
        limit: 'number',
      });
    });

    it('is told in a few words also when it is a batch', () => {
      const one = { q: { _id: 'a' }, u: { $set: { title: 'Plantrime' } }, upsert: true };
      const updates = Array.from({ length: 500 }, () => one);
      const told = shapeOfCommand({ update: 'cases', updates, ordered: true, $db: 'kosint' }, 'update');
      expect(told).to.deep.equal({
        updates: [{ q: { _id: 'string' }, u: { $set: { title: 'string' } }, upsert: 'boolean' }, '× 500'],
      });
    });

    it('is told with the stages of its plan and the indexes they use', () => {
      const inputStage = { stage: 'IXSCAN', indexName: 'at_-1', indexBounds: { at: ['Plantrime'] } };
      expect(
        planOf({
          queryPlanner: { winningPlan: { stage: 'FETCH', inputStage }, rejectedPlans: [{ stage: 'X' }] },
        }),
      ).to.equal('FETCH ← IXSCAN at_-1');
    });
  });

  describe('Draining', () => {
    it('lets what has begun end, takes nothing new, and cuts what does not end', async () => {
      const server = createServer((request, response) => {
        if (request.url === '/slow') setTimeout(() => response.end('done'), 200);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const slow = fetch(`${url}/slow`).then((answer) => answer.text());
      const never = fetch(`${url}/never`).then(
        () => 'answered',
        () => 'cut',
      );
      await new Promise((resolve) => setTimeout(resolve, 60));
      const drained = drain(server, 600);
      const late = await fetch(url).then(
        () => 'taken',
        () => 'refused',
      );
      expect([await slow, await never, late, await drained]).to.deep.equal(['done', 'cut', 'refused', false]);
    });
  });

  describe('Readiness', () => {
    let server: TestServer;
    before(async () => {
      server = await startTestServer();
    });
    after(async () => {
      expectJobs([]);
      await JobModel.deleteMany({ _id: /^test\./ });
      await server.stop();
    });

    it('is not lost over one job that fails again and again, and is when nobody looks at jobs any more', async () => {
      const names = ['test.one', 'test.two', 'test.three'];
      expectJobs(names);
      const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
      const due = (lateMinutes: number[]) =>
        Promise.all(
          names.map((_id, at) =>
            JobModel.updateOne(
              { _id },
              { $set: { nextAt: ago(lateMinutes[at]!), heldUntil: ago(lateMinutes[at]!) } },
              { upsert: true },
            ),
          ),
        );
      await due([0, 0, 600]);
      expect(await readiness()).to.deep.include({ ready: true });
      expect((await jobLag()).find(({ name }) => name === 'test.three')!.milliseconds).to.be.above(3_000_000);
      await due([20, 20, 600]);
      expect(await readiness()).to.deep.include({ ready: false });
      expect((await readiness()).checks).to.deep.include({ database: true, jobs: false });
    });

    it('sees a job late that never succeeded since it was introduced', async () => {
      const job = {
        name: 'test.never',
        everyMinutes: 1,
        run: async () => {
          throw new Error('it never works');
        },
      };
      expectJobs([job.name]);
      await runDueJobs([job], new Date(Date.now() - 3_600_000));
      await runDueJobs([job]);
      expect((await jobLag())[0]!.milliseconds).to.be.above(3_500_000);
    });
  });

  describe('A server of its own', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kosint-watch-'));
    let server: ServerProcess;
    let port: number;
    before(async function () {
      this.timeout(60_000);
      server = await startServerProcess({
        DATA_DIR: folder,
        SEED: 'example',
        LOG_LEVEL: 'info',
        METRICS_PORT: '0',
        BACKUP_DIR: join(folder, 'backups'),
        BACKUP_PASSPHRASE: 'a passphrase of the watch',
        SLOW_COMMAND_MILLISECONDS: '1',
      });
      for (let tries = 0; tries < 100 && !/"msg":"metrics"/.test(server.said()); tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      port = Number(/"port":(\d+),"msg":"metrics"/.exec(server.said())?.[1]);
    });
    after(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function signedIn(url: string): Promise<string> {
      const { data } = (await (await fetch(`${url}/api/instance`)).json()) as {
        data: { exampleAccounts: { email: string; password: string; role: string; municipality?: string }[] };
      };
      const { email, password } = data.exampleAccounts.find(({ role }) => role === 'coordinator')!;
      const answer = await fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'test' },
        body: JSON.stringify({ email, password }),
      });
      return answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ');
    }

    it('says at /healthz and /readyz how it is', async () => {
      expect((await fetch(`${server.url}/healthz`)).status).to.equal(200);
      let answer: { ready: boolean; checks: object } = { ready: false, checks: {} };
      for (let tries = 0; tries < 50 && !answer.ready; tries += 1) {
        answer = (await (await fetch(`${server.url}/readyz`)).json()) as typeof answer;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(answer).to.deep.equal({
        ready: true,
        checks: { database: true, index: true, jobs: true, serving: true },
      });
    });

    it('counts requests by pattern, commands, clients, jobs and memory, on the inner port alone', async () => {
      const cookie = await signedIn(server.url);
      const list = (await (
        await fetch(`${server.url}/api/cases?q=ujit`, { headers: { cookie } })
      ).json()) as { data: { id: string }[] };
      const id = list.data[0]?.id ?? newId();
      await fetch(`${server.url}/api/cases/${id}`, { headers: { cookie } });
      await fetch(`${server.url}/nowhere/Plantrime`);
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      expect(text).to.match(
        /kosint_http_request_seconds_count\{method="GET",route="\/api\/cases\/:id",status="\d+"\} 1/,
      );
      expect(text).to.include('kosint_database_command_seconds_count{command="find"}');
      for (const name of [
        'kosint_live_clients',
        'kosint_job_lag_seconds',
        'kosint_queue_depth{queue="audit"}',
        'kosint_queue_depth{queue="uploads"} 0',
        'kosint_queue_depth{queue="letters"} 0',
        'process_resident_memory_bytes',
        'kosint_index_size{index="cases"}',
        'kosint_ready 1',
      ])
        expect(text).to.include(name);
      for (const secret of [id, 'Plantrime', 'ujit']) expect(text).to.not.include(secret);
      expect((await fetch(`http://127.0.0.1:${port}/api/cases`)).status).to.equal(404);
      const outside = await fetch(`${server.url}/metrics`);
      expect(await outside.text()).to.not.include('kosint_http');
    });

    it('tells how old the newest scheduled backup is', async () => {
      const age = async () =>
        Number(
          /^kosint_backup_age_seconds (.*)$/m.exec(
            await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
          )?.[1],
        );
      for (let tries = 0; tries < 200 && (await age()) > 600; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await age()).to.be.within(0, 600);
    }).timeout(30_000);

    it('answers whoever watches also while the database hangs, and says so', async function () {
      // Finds the database in /proc, which Linux alone has; who names a MongoDB has none. On a fresh Linux it runs.
      if (process.platform !== 'linux' || process.env.MONGODB_URI) this.skip();
      const database = family(server.pid).find((one) => commandOf(one).includes('embedded/child.'))!;
      process.kill(database, 'SIGSTOP');
      try {
        const begun = performance.now();
        const [health, ready, metrics] = await Promise.all([
          fetch(`${server.url}/healthz`),
          fetch(`${server.url}/readyz`),
          fetch(`http://127.0.0.1:${port}/metrics`),
        ]);
        expect([health.status, ready.status]).to.deep.equal([200, 503]);
        expect(((await ready.json()) as { checks: object }).checks).to.include({ database: false });
        expect(await metrics.text()).to.include('kosint_ready 0');
        expect(performance.now() - begun).to.be.lessThan(8_000);
      } finally {
        process.kill(database, 'SIGCONT');
      }
      for (let tries = 0; tries < 100 && !(await fetch(`${server.url}/readyz`)).ok; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect((await fetch(`${server.url}/readyz`)).status).to.equal(200);
    });

    it('logs slow commands with shape and plan, and no value', async () => {
      const cookie = await signedIn(server.url);
      for (let tries = 0; tries < 20; tries += 1)
        await fetch(`${server.url}/api/cases?sort=nextStep&municipality=ferizaj&late=false`, {
          headers: { cookie },
        });
      const lines = server
        .said()
        .split('\n')
        .filter((line) => line.includes('slow database command'));
      expect(lines.length).to.be.greaterThan(0);
      const told = lines.map((line) => JSON.parse(line));
      expect(told.some(({ plan }) => /IXSCAN|COLLSCAN|IDHACK|FETCH/.test(plan))).to.equal(true);
      for (const line of lines) expect(line).to.not.match(/example\.org|ferizaj|\$argon2/);
    });

    it('loses no acknowledged write when it is told to stop under load, and browsers come back', async () => {
      const { url } = server;
      const cookie = await signedIn(url);
      const socket: Socket = connectSocket(url, {
        transports: ['websocket'],
        extraHeaders: { Cookie: cookie },
        reconnectionDelay: 100,
        reconnectionDelayMax: 300,
        forceNew: true,
      });
      await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
      const acknowledged: string[] = [];
      let stopped = false;
      const writer = async () => {
        while (!stopped) {
          const id = newId();
          const answer = await fetch(`${url}/api/cases`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'test', cookie },
            body: JSON.stringify(caseInput({ id })),
          }).catch(() => null);
          if (answer?.status === 201) acknowledged.push(id);
          else if (answer === null) return;
        }
      };
      const writers = Array.from({ length: 8 }, writer);
      while (acknowledged.length < 40) await new Promise((resolve) => setTimeout(resolve, 10));
      const began = Date.now();
      await server.stop('SIGTERM');
      expect(Date.now() - began).to.be.lessThan(9_000);
      stopped = true;
      await Promise.all(writers);
      expect(server.said()).to.include('"drained":true');
      const again = new Promise<void>((resolve) => socket.once('connect', () => resolve()));
      server = await startServerProcess({
        DATA_DIR: folder,
        SEED: 'example',
        PORT: new URL(url).port,
        LOG_LEVEL: 'info',
      });
      await again;
      socket.disconnect();
      const signed = await signedIn(server.url);
      for (const id of acknowledged)
        expect(
          (await fetch(`${server.url}/api/cases/${id}`, { headers: { cookie: signed } })).status,
        ).to.equal(200);
      expect(server.said()).to.not.include('ended without closing');
    }).timeout(60_000);
  });
});
