// Duty: the scenario `live`: how long a hundred listeners wait to hear of a created case, beside plain Socket.IO in the same run.
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { startNode } from './processes.ts';
import type { BenchRow } from './rows.ts';
import { newCase } from './scenarios.ts';
import { type DataOptions, startTarget, tsx, withData } from './target.ts';

const listeners = 100;
const creates = 20;

async function connected(url: string, cookie: string): Promise<Socket[]> {
  const sockets = Array.from({ length: listeners }, () =>
    io(url, { transports: ['websocket'], extraHeaders: { cookie }, forceNew: true }),
  );
  await Promise.all(
    sockets.map((socket) => new Promise((resolve) => socket.once('connect', () => resolve(null)))),
  );
  return sockets;
}

/** Milliseconds from sending a create to each listener's hearing of it, all together. */
async function waits(
  url: string,
  cookie: string,
  idOf: (heard: unknown[]) => string | undefined,
): Promise<number[]> {
  const sockets = await connected(url, cookie);
  const sentAt = new Map<string, number>();
  const heard: number[] = [];
  for (const socket of sockets)
    socket.on('change', (...words: unknown[]) => {
      const sent = sentAt.get(idOf(words) ?? '');
      if (sent !== undefined) heard.push(performance.now() - sent);
    });
  for (let made = 0; made < creates; made += 1) {
    const input = newCase(made);
    sentAt.set(input.id, performance.now());
    const answer = await fetch(`${url}/api/cases`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'x-requested-with': 'bench' },
      body: JSON.stringify(input),
    });
    if (answer.status !== 201) throw new Error(`A create was answered ${answer.status}`);
    await answer.arrayBuffer();
    await pause(60);
  }
  await pause(500);
  for (const socket of sockets) socket.close();
  if (heard.length !== listeners * creates)
    throw new Error(`${heard.length} of ${listeners * creates} changes were heard`);
  return heard.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], part: number) => sorted[Math.floor(sorted.length * part)]!;

export function benchLive(data: DataOptions): Promise<BenchRow[]> {
  return withData(data, async (dataDir) => {
    const plain = await startNode([...tsx, 'test/bench/plainSockets.ts'], {}, /plain at (\S+)/);
    const target = await startTarget(dataDir);
    try {
      const idOfChange = ([, change]: unknown[]) => (change as { id?: string }).id;
      // The first round of each is a warm-up.
      await waits(plain.match[1]!, '', idOfChange);
      await waits(target.url, target.cookie, idOfChange);
      const ofPlain = await waits(plain.match[1]!, '', idOfChange);
      const ofTarget = await waits(target.url, target.cookie, idOfChange);
      const ratio = at(ofTarget, 0.5) / at(ofPlain, 0.5);
      const note = `p99 ${at(ofTarget, 0.99).toFixed(1)} ms; plain Socket.IO ${at(ofPlain, 0.5).toFixed(1)} and ${at(ofPlain, 0.99).toFixed(1)} ms`;
      return [
        {
          name: `${creates} creates to ${listeners} listeners, p50`,
          value: at(ofTarget, 0.5),
          unit: 'ms',
          goal: '≤ 1.5 × plain',
          ok: ratio <= 1.5,
          ratio,
          note,
        },
      ];
    } finally {
      await target.server.stop();
      await plain.stop();
    }
  });
}
