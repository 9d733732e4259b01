// Duty: the scenario `live`: how long a hundred listeners wait to hear of a created case, beside plain Socket.IO in the same run.
import { setTimeout as pause } from 'node:timers/promises';
import type { Adapter, Question, Session } from './adapter.ts';
import { adapter as ours } from './adapters/kosint.ts';
import { ask } from './load.ts';
import { startNode } from './processes.ts';
import type { BenchRow } from './rows.ts';
import { type TargetOptions, tsx, withTarget } from './target.ts';

const listeners = 100;
const creates = 20;

/** Milliseconds from sending a create to each listener's hearing of it, all together and sorted. */
async function waits(
  session: Session,
  listen: NonNullable<Adapter['listen']>,
  create: Question,
): Promise<number[]> {
  const sentAt = new Map<string, number>();
  const heard: number[] = [];
  const open = await Promise.all(
    Array.from({ length: listeners }, () =>
      listen(session, (mark) => {
        const sent = sentAt.get(mark);
        if (sent !== undefined) heard.push(performance.now() - sent);
      }),
    ),
  );
  for (let made = 0; made < creates; made += 1) {
    const sent = create.next();
    sentAt.set(sent.mark!, performance.now());
    const answer = await ask({ ...create, ...session, seconds: 0 }, sent);
    if (answer.status !== create.status) throw new Error(`A create was answered ${answer.status}`);
    await pause(60);
  }
  await pause(500);
  for (const listener of open) listener.close();
  if (heard.length !== listeners * creates)
    throw new Error(`${heard.length} of ${listeners * creates} changes were heard`);
  return heard.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], part: number) => sorted[Math.floor(sorted.length * part)]!;

export function benchLive(options: TargetOptions): Promise<BenchRow[]> {
  return withTarget(options, async (target) => {
    const { listen } = target.adapter;
    const { create } = await target.adapter.jobs(target);
    if (!listen || !create) throw new Error(`The adapter for ${target.adapter.name} cannot listen or create`);
    const server = await startNode([...tsx, 'test/bench/plainSockets.ts'], {}, /plain at (\S+)/);
    const plain: Session = { url: server.match[1]!, headers: {}, cases: 0 };
    let number = 0;
    const told: Question = {
      status: 201,
      next: () => {
        number += 1;
        const id = `plain-${number}`;
        return { method: 'POST', path: '/', body: JSON.stringify({ id }), mark: id };
      },
      verify: () => true,
    };
    try {
      // The first round of each is a warm-up.
      await waits(plain, ours.listen!, told);
      await waits(target, listen, create);
      const ofPlain = await waits(plain, ours.listen!, told);
      const ofTarget = await waits(target, listen, create);
      const ratio = at(ofTarget, 0.5) / at(ofPlain, 0.5);
      return [
        {
          name: `${creates} creates to ${listeners} listeners, p50`,
          value: at(ofTarget, 0.5),
          unit: 'ms',
          goal: '≤ 1.5 × plain Socket.IO',
          ok: ratio <= 1.5,
          baselines: [{ name: 'plain Socket.IO', value: at(ofPlain, 0.5) }],
          note: `p99 ${at(ofTarget, 0.99).toFixed(1)} ms; plain ${at(ofPlain, 0.99).toFixed(1)} ms`,
        },
      ];
    } finally {
      await server.stop();
    }
  });
}
