// Duty: too much at once: reading is refused early and for a moment, signing in and writing go on; who reads slowly, falls silent or sends too much costs nobody else anything.
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import express from 'express';
import { makeHttpServer } from '../server/http/httpServer.ts';
import { Lateness, overloadGuard } from '../server/http/overload.ts';
import { commandOf, family } from './bench/processes.ts';
import { caseInput, logged } from './support/cases.ts';
import { ask, eventually, signedIn } from './support/crowd.ts';
import { listenToLog } from './support/logLines.ts';
import { type ServerProcess, startServerProcess } from './support/programs.ts';
import { type Person, startTestServer, type TestServer } from './support/server.ts';

describe('The guard against overload', () => {
  let http: Server;
  let url: string;
  let standing = 0;
  const open: (() => void)[] = [];

  async function restart(): Promise<void> {
    http?.closeAllConnections();
    http?.close();
    const app = express();
    const limits = { lateMilliseconds: 100, fewestReads: 2, mostReads: 3, mostWrites: 5 };
    app.use(
      overloadGuard(
        {
          get standing() {
            return standing;
          },
        },
        limits,
      ),
    );
    app.use((request, response) => {
      if (request.path === '/slow') open.push(() => response.end('late'));
      else response.end('done');
    });
    http = makeHttpServer(app);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  }
  before(restart);
  after(() => {
    http.closeAllConnections();
    http.close();
  });
  afterEach(() => {
    standing = 0;
    for (const end of open.splice(0)) end();
  });

  const status = async (path: string, method = 'GET') => (await fetch(url + path, { method })).status;

  it('refuses the reading that is too many at once and with Retry-After, lets writing pass, and forgets', async () => {
    const waiting = [1, 2, 3].map(() => status('/slow'));
    while (open.length < 3) await pause(5);
    const begun = performance.now();
    const refused = await fetch(`${url}/any`);
    expect(refused.status).to.equal(503);
    expect(performance.now() - begun).to.be.lessThan(1_000);
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 3);
    expect(((await refused.json()) as { error: { code: string } }).error.code).to.equal('unavailable');
    expect(await status('/any', 'POST')).to.equal(200);
    const writing = [1, 2, 3, 4, 5].map(() => status('/slow', 'POST'));
    while (open.length < 8) await pause(5);
    expect(await status('/any', 'POST')).to.equal(503);
    for (const end of open.splice(0)) end();
    expect(await Promise.all([...waiting, ...writing])).to.deep.equal(Array(8).fill(200));
    await pause(20);
    expect(await status('/any')).to.equal(200);
  });

  it('while every turn comes late, refuses reading alone, and says so in one line', async () => {
    // Another guard told a moment ago, and tells again only after ten seconds.
    await restart();
    const { lines, silence } = listenToLog();
    try {
      const waiting = [1, 2].map(() => status('/slow'));
      while (open.length < 2) await pause(5);
      standing = 101;
      for (let at = 0; at < 5; at += 1) expect(await status('/any')).to.equal(503);
      expect(await status('/any', 'POST')).to.equal(200);
      standing = 99;
      expect(await status('/any')).to.equal(200);
      for (const end of open.splice(0)) end();
      expect(await Promise.all(waiting)).to.deep.equal([200, 200]);
    } finally {
      silence();
    }
    expect(lines.filter((line) => line.includes('overloaded'))).to.have.length(1);
  });

  it('never refuses somebody alone, however long each turn takes', async () => {
    standing = 5_000;
    for (let at = 0; at < 5; at += 1) expect(await status('/any')).to.equal(200);
  });

  it('takes a second of late turns for overload, and one long turn for none', async () => {
    const lateness = new Lateness();
    const block = (milliseconds: number) => {
      const end = performance.now() + milliseconds;
      while (performance.now() < end);
    };
    try {
      await pause(300);
      block(700);
      await pause(60);
      expect(lateness.standing).to.be.lessThan(100);
      for (let turn = 0; turn < 9; turn += 1) {
        block(200);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(lateness.standing).to.be.greaterThan(100);
    } finally {
      lateness.stop();
    }
  });
});

describe('A server whose database hangs under a crowd', function () {
  this.timeout(60_000);
  let folder: string;
  let server: ServerProcess;
  before(async function () {
    // Finds the database in /proc, which Linux alone has; who names a MongoDB has none. On a fresh Linux it runs.
    if (process.platform !== 'linux' || process.env.MONGODB_URI) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'overload-'));
    server = await startServerProcess({ DATA_DIR: folder, SEED: 'example', LOG_LEVEL: 'warn' });
  });
  after(async () => {
    await server?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('refuses the readings that are too many, at once; the others, a sign-in and a new case end well', async () => {
    const coordinator = await signedIn(server.url, 'coordinator');
    const { exampleAccounts } = JSON.parse((await ask(server.url, coordinator, '/api/instance')).text).data;
    const { email, password } = exampleAccounts.find(({ role }: { role: string }) => role === 'funder');
    const database = family(server.pid).find((one) => commandOf(one).includes('embedded/child.'))!;
    const refused: { after: number; retry: number }[] = [];
    let ended = 0;
    process.kill(database, 'SIGSTOP');
    const begun = performance.now();
    const read = async () => {
      const { status, headers } = await ask(server.url, coordinator, '/api/notifications');
      if (status === 503)
        refused.push({ after: performance.now() - begun, retry: Number(headers.get('retry-after')) });
      else expect(status).to.equal(200);
      ended += 1;
    };
    const readings = Array.from({ length: 560 }, read);
    try {
      await eventually('the sixty too many are refused while the database hangs', () => refused.length >= 60);
      expect(ended).to.equal(refused.length);
    } finally {
      // What is written meanwhile waits, and is not refused.
      setTimeout(() => process.kill(database, 'SIGCONT'), 200);
    }
    const input = caseInput();
    const [again, created] = await Promise.all([
      ask(server.url, { ...coordinator, cookie: '' }, '/api/session', { email, password }),
      ask(server.url, coordinator, '/api/cases', input),
    ]);
    expect(again.status, again.text).to.equal(200);
    expect(created.status, created.text).to.equal(201);
    await Promise.all(readings);
    for (const { retry } of refused) expect(retry).to.be.within(1, 3);
    expect(refused.length).to.be.lessThan(300);
    expect((await ask(server.url, coordinator, '/api/notifications')).status).to.equal(200);
    // One line for ten seconds of it.
    expect(server.said().match(/"msg":"overloaded/g)?.length).to.be.within(1, 2);
  });
});

describe('Those who cost nobody else anything', function () {
  this.timeout(30_000);
  let server: TestServer;
  let activist: Person;
  let slow: Server;
  let port: number;
  const sockets: Socket[] = [];

  before(async () => {
    server = await startTestServer();
    activist = await server.as('activist');
    for (let at = 0; at < 5; at += 1) await logged(activist);
    slow = makeHttpServer(server.app.express, { headTimeout: 800, silence: 800 });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    port = (slow.address() as AddressInfo).port;
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    slow?.closeAllConnections();
    slow?.close();
    await server.stop();
  });

  function opened(...words: string[]): Promise<Socket> {
    return openedAt(port, words);
  }
  function openedAt(at: number, words: string[]): Promise<Socket> {
    return new Promise((resolve) => {
      const socket = connect(at, '127.0.0.1', () => {
        for (const word of words) socket.write(word);
        resolve(socket);
      });
      socket.on('error', () => {});
      sockets.push(socket);
    });
  }
  const head = (line: string, more = '') =>
    `${line} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${activist.cookie}\r\nX-Requested-With: x\r\n${more}\r\n`;
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      slow.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );

  it('are let go in time, while others are served as ever', async () => {
    const begun = performance.now();
    for (let at = 0; at < 20; at += 1) {
      // Nothing at all; half a head; half a body; asks much and reads nothing.
      await opened();
      await opened('GET /api/me HTTP/1.1\r\nHost: x\r\n');
      await opened(
        head('POST /api/cases', 'Content-Type: application/json\r\nContent-Length: 1000\r\n'),
        '{"a',
      );
      const reader = await opened();
      reader.pause();
      reader.write(head('GET /api/cases').repeat(60));
    }
    let slowest = 0;
    while (performance.now() - begun < 20_000) {
      const asked = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}/api/me`, { headers: { Cookie: activist.cookie } });
      expect(answer.status).to.equal(200);
      slowest = Math.max(slowest, performance.now() - asked);
      if ((await connections()) <= 3) break;
      await pause(50);
    }
    expect(slowest).to.be.lessThan(5_000);
    expect(await connections()).to.be.at.most(3);
  });

  it('send bodies that are too large and are refused before they are read', async () => {
    const before = process.memoryUsage().rss;
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        // Of the server as it runs, with its own patience.
        const socket = await openedAt(Number(new URL(server.url).port), [
          head('POST /api/cases', 'Content-Type: application/json\r\nContent-Length: 500000000\r\n'),
        ]);
        socket.write(Buffer.alloc(300_000, 0x20));
        return new Promise<string>((resolve) => {
          let heard = '';
          socket.on('data', (bytes) => {
            heard += bytes.toString('latin1');
            if (heard.includes('}')) resolve(heard.slice(0, 12));
          });
          socket.on('close', () => resolve(heard.slice(0, 12)));
        });
      }),
    );
    expect(new Set(answers)).to.deep.equal(new Set(['HTTP/1.1 413']));
    expect(process.memoryUsage().rss - before).to.be.lessThan(150_000_000);
  });
});
