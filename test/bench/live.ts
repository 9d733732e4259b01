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
const rounds = 3;

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

interface Party {
  name: string;
  session: Session;
  listen: NonNullable<Adapter['listen']>;
  create: Question;
  heard: number[];
}

/** Plain Socket.IO behind node:http; with a database's address it keeps each case there before it tells of it. */
async function plainParty(name: string, create: Question, databaseUri?: string) {
  const server = await startNode(
    [...tsx, 'test/bench/plainSockets.ts'],
    databaseUri ? { BASELINE_URI: databaseUri } : {},
    /plain at (\S+)/,
  );
  const marked = () => {
    const sent = create.next();
    return { ...sent, mark: (JSON.parse(sent.body!) as { id: string }).id };
  };
  const session: Session = { url: server.match[1]!, headers: {}, cases: 0 };
  const party: Party = {
    name,
    session,
    listen: ours.listen!,
    create: { ...create, next: marked },
    heard: [],
  };
  return { party, server };
}

export function benchLive(options: TargetOptions): Promise<BenchRow[]> {
  return withTarget(options, async (target) => {
    const { listen } = target.adapter;
    const { create } = await target.adapter.jobs(target);
    if (!listen || !create) throw new Error(`The adapter for ${target.adapter.name} cannot listen or create`);
    const told: Question = { ...create, next: () => ({ ...create.next(), path: '/' }) };
    const { databaseUri } = target;
    const plain = [await plainParty('plain Socket.IO that keeps nothing', told)];
    if (databaseUri && create.bare)
      plain.push(await plainParty('plain Socket.IO that keeps the case', create.bare, databaseUri));
    const own: Party = { name: target.adapter.name, session: target, listen, create, heard: [] };
    const parties = [...plain.map(({ party }) => party), own];
    try {
      // By turns, so that a slow minute of the machine is everybody's; the first round is a warm-up.
      for (let round = 0; round <= rounds; round += 1)
        for (const party of parties) {
          const heard = await waits(party.session, party.listen, party.create);
          if (round > 0) party.heard.push(...heard);
        }
      for (const { heard } of parties) heard.sort((a, b) => a - b);
      const value = at(own.heard, 0.5);
      const baselines = plain.map(({ party }) => ({ name: party.name, value: at(party.heard, 0.5) }));
      const nearest = baselines.at(-1)!;
      return [
        {
          name: `${creates} creates to ${listeners} listeners, p50`,
          value,
          unit: 'ms',
          goal: `≤ 1.5 × ${nearest.name}`,
          ok: value <= 1.5 * nearest.value,
          baselines,
          note: `p99 ${parties.map(({ heard, name }) => `${at(heard, 0.99).toFixed(1)} (${name})`).join(', ')} ms`,
        },
      ];
    } finally {
      for (const { server } of plain) await server.stop();
    }
  });
}
