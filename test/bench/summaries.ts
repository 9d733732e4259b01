// Duty: the scenario `summaries`: how long a half-year takes to freeze and in how much memory, and a funder's page beside a static body of the same server.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter } from './adapter.ts';
import { signInAs } from './adapters/kosint.ts';
import { staticBaseline } from './baselines.ts';
import { type LoadOptions, type LoadResult, load, warmUp } from './load.ts';
import { startNode } from './processes.ts';
import { type BenchRow, kept } from './rows.ts';
import { startTarget, tsx } from './target.ts';

const frozenCases = 1_000_000;
const rounds = 3;
const share = 0.8;

interface Frozen {
  seconds: number;
  /** Megabytes of process and database. */
  peak: number;
  rise: number;
  logged: number;
  read: number;
}

async function freezeRun(folder: string, ...args: string[]): Promise<unknown> {
  const { match, stop } = await startNode(
    [...tsx, 'test/bench/freezeRun.ts', folder, ...args],
    {},
    /result (.*)/,
  );
  await stop();
  return JSON.parse(match[1]!);
}

/** The costliest window: a half-year so long ago that every case has changed since and must be read. */
async function freezing(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kosint-freeze-'));
  try {
    await freezeRun(folder, 'fill', String(frozenCases));
    const { seconds, peak, rise, logged, read } = (await freezeRun(folder, 'freeze')) as Frozen;
    return [
      {
        name: `freeze a half-year, ${read.toLocaleString('en')} records read`,
        value: seconds,
        unit: 's',
        ...kept('≤ 30', seconds),
        note: `${logged.toLocaleString('en')} cases logged in it`,
      },
      {
        name: 'memory that freezing takes',
        value: rise,
        unit: 'MB',
        ...kept('≤ 400', rise),
        note: `process and database at most ${Math.round(peak)} MB`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const middle = (results: readonly LoadResult[]): LoadResult =>
  results.toSorted((a, b) => a.requestsPerSecond - b.requestsPerSecond)[Math.floor(results.length / 2)]!;

/**
 * Beside it, in turns: the very same server answering a body of as many bytes that says nothing, behind the same session, policy
 * and audit (the goal); and Express alone.
 */
async function reading(adapter: Adapter, seconds: number): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kosint-bench-'));
  const target = await startTarget(folder, { adapter, cases: 0 }, [
    '--import',
    './test/bench/staticDoor.mjs',
  ]);
  try {
    const headers = await signInAs(target.url, 'funder');
    const list = (await (await fetch(`${target.url}/api/progress`, { headers })).json()) as {
      data: { newest: { id: string } };
    };
    const rows: BenchRow[] = [];
    for (const [name, path, zipped] of [
      ['one release', `/api/progress/${list.data.newest.id}`, false],
      ['newest and list', '/api/progress', false],
      ['one release, compressed', `/api/progress/${list.data.newest.id}`, true],
    ] as const) {
      const accept = { 'accept-encoding': zipped ? 'gzip' : 'identity' };
      const of = (asked: string, word: string): LoadOptions => ({
        url: target.url,
        headers: { ...headers, ...accept },
        seconds,
        next: () => ({ path: asked }),
        status: 200,
        verify: (body) => body.includes(word),
      });
      const page = of(path, '"audience":"funder"');
      await warmUp(page);
      const { bytes } = await load({ ...page, seconds: 1 });
      const same = of(`/api/static/${bytes}`, 'xxxx');
      await warmUp(same);
      const runs = { page: [] as LoadResult[], same: [] as LoadResult[], alone: [] as LoadResult[] };
      for (let round = 0; round < rounds; round += 1) {
        runs.page.push(await load(page));
        runs.same.push(await load({ ...same, headers: { ...headers, 'accept-encoding': 'identity' } }));
        runs.alone.push(await staticBaseline(bytes, Math.min(3, seconds)));
      }
      const result = middle(runs.page);
      const [fixed, alone] = [middle(runs.same).requestsPerSecond, middle(runs.alone).requestsPerSecond];
      rows.push({
        name: `funder’s page, ${name}`,
        value: result.requestsPerSecond,
        unit: 'req/s',
        goal: `≥ ${share} × a static body of the same server`,
        ok: result.requestsPerSecond >= share * fixed,
        baselines: [
          { name: 'Express alone', value: alone },
          { name: 'a static body of the same server', value: fixed },
        ],
        note: `${bytes.toLocaleString('en')} bytes, p50 ${result.p50} ms, p99 ${result.p99} ms; median of ${rounds} in turns`,
      });
    }
    return rows;
  } finally {
    await target.server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function benchSummaries({
  adapter,
  seconds,
}: {
  adapter: Adapter;
  seconds: number;
}): Promise<BenchRow[]> {
  return [...(await freezing()), ...(await reading(adapter, seconds))];
}
