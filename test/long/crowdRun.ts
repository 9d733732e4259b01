// Duty: many listeners and steady writers at one real server, and a mixed soak: run for so long, verified, measured. Limits are the caller's.
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { memoryMegabytes } from '../bench/processes.ts';
import { caseInput } from '../support/cases.ts';
import { type Account, ask, signedIn } from '../support/crowd.ts';
import type { ServerProcess } from '../support/programs.ts';

export interface LiveRun {
  listeners: number;
  changesPerSecond: number;
  seconds: number;
}

export interface LiveResult {
  changes: number;
  heard: number;
  doubled: number;
  disconnections: number;
  /** Milliseconds from sending the create to each listener's hearing of it. */
  p50: number;
  p99: number;
  /** Of the server with its database, at the end. */
  megabytes: number;
}

const at = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;

async function listenersAt(url: string, accounts: readonly Account[], count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  for (let first = 0; first < count; first += 50) {
    const some = Array.from({ length: Math.min(50, count - first) }, (_, index) =>
      io(url, {
        transports: ['websocket'],
        extraHeaders: { Cookie: accounts[(first + index) % accounts.length]!.cookie },
        forceNew: true,
        reconnection: false,
      }),
    );
    await Promise.all(
      some.map((one) => new Promise<void>((resolve) => one.once('connect', () => resolve()))),
    );
    sockets.push(...some);
  }
  return sockets;
}

/** Calls `act` at that pace, whatever each call takes, and waits for all. */
async function atPace(perSecond: number, seconds: number, act: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  const underWay: Promise<void>[] = [];
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const due = begun + (count * 1000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    underWay.push(act());
  }
  await Promise.all(underWay);
}

async function create(url: string, who: Account, sent: (id: string) => void): Promise<string> {
  const input = caseInput();
  sent(input.id);
  const answer = await fetch(`${url}/api/cases`, {
    method: 'POST',
    headers: { Cookie: who.cookie, 'X-Requested-With': 'test', 'Content-Type': 'application/json' },
    body: JSON.stringify(input),
  });
  if (answer.status !== 201)
    throw new Error(`A create was answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
  return input.id;
}

/** Every listener must hear of every change once; answers what happened and how long it took. */
export async function runLive(server: ServerProcess, run: LiveRun): Promise<LiveResult> {
  const accounts = await Promise.all(
    (['activist', 'coordinator', 'team_lead'] as const).map((role) => signedIn(server.url, role)),
  );
  const sockets = await listenersAt(server.url, accounts, run.listeners);
  const sentAt = new Map<string, number>();
  const waits: number[] = [];
  let [heard, doubled, disconnections] = [0, 0, 0];
  for (const socket of sockets) {
    const own = new Set<string>();
    socket.on('disconnect', () => {
      disconnections += 1;
    });
    socket.on('change', (name: string, change: { id: string }) => {
      const sent = sentAt.get(change.id);
      if (name !== 'case.logged' || sent === undefined) return;
      if (own.has(change.id)) doubled += 1;
      else heard += 1;
      own.add(change.id);
      // A sample is enough: millions of waits are no better a figure.
      if (heard % 7 === 0) waits.push(performance.now() - sent);
    });
  }
  try {
    await atPace(run.changesPerSecond, run.seconds, async () => {
      await create(server.url, accounts[0]!, (id) => sentAt.set(id, performance.now()));
    });
    const wanted = sentAt.size * run.listeners;
    for (let wait = 0; wait < 200 && heard < wanted; wait += 1) await pause(50);
    waits.sort((a, b) => a - b);
    return {
      changes: sentAt.size,
      heard,
      doubled,
      disconnections,
      p50: at(waits, 0.5),
      p99: at(waits, 0.99),
      megabytes: memoryMegabytes(server.pid),
    };
  } finally {
    for (const socket of sockets) socket.close();
  }
}

export interface SoakResult {
  requests: number;
  created: number;
  /** Answers that were not as they should be. */
  wrong: string[];
  /** Megabytes of server and database over the run, one for each twentieth of it. */
  megabytes: number[];
}

/** Two on the map, two creating at a steady pace, six on the list. Creating is paced: what grows by its records is no leak. */
export async function runSoak(
  server: ServerProcess,
  { seconds, createsPerSecond = 10 }: { seconds: number; createsPerSecond?: number },
): Promise<SoakResult> {
  const coordinator = await signedIn(server.url, 'coordinator');
  const result: SoakResult = { requests: 0, created: 0, wrong: [], megabytes: [] };
  const end = performance.now() + seconds * 1000;
  const until = async (paths: readonly string[], gap: number) => {
    for (let turn = 0; performance.now() < end; turn += 1) {
      const path = paths[turn % paths.length]!;
      const answer = await ask(server.url, coordinator, path);
      result.requests += 1;
      if (answer.status !== 200 && result.wrong.length < 20) result.wrong.push(`${path}: ${answer.status}`);
      await pause(gap);
    }
  };
  const lists = ['', '?municipality=ferizaj', '?theme=housing', '?status=new&limit=50', '?q=water'];
  const maps = ['20.0,41.8,21.9,43.3', '21.0,42.3,21.3,42.5'];
  await Promise.all([
    ...Array.from({ length: 6 }, () =>
      until(
        lists.map((query) => `/api/cases${query}`),
        20,
      ),
    ),
    ...Array.from({ length: 2 }, () =>
      until(
        maps.map((box) => `/api/map/clusters?bbox=${box}&zoom=9`),
        40,
      ),
    ),
    atPace(createsPerSecond, seconds, async () => {
      await create(server.url, coordinator, () => {});
      result.created += 1;
    }),
    (async () => {
      for (let part = 0; part < 20; part += 1) {
        await pause((seconds * 1000) / 20);
        result.megabytes.push(memoryMegabytes(server.pid));
      }
    })(),
  ]);
  return result;
}
