// Duty: the main job under load: open a case, list, map, dashboard, search, create, against two baselines in the same run.
import { type LoadOptions, type LoadResult, load } from './load.ts';
import { cpuMilliseconds, memoryMegabytes, startNode } from './processes.ts';
import type { BenchRow } from './rows.ts';
import { type Scenario, scenariosOver } from './scenarios.ts';
import { type DataOptions, sampleRows, startTarget, type Target, tsx, withData } from './target.ts';

const baselineServer = (env: Record<string, string>) =>
  startNode([...tsx, 'test/bench/baselineServer.ts'], env, /baseline at (\S+)/);

/** Baseline 1: the same Express answering a prebuilt body of the same size. */
export async function staticBaseline(bytes: number, seconds: number): Promise<LoadResult> {
  const server = await baselineServer({ BASELINE_BYTES: String(bytes) });
  try {
    return await load({
      url: server.match[1]!,
      seconds,
      next: () => ({ path: '/' }),
      status: 200,
      verify: () => true,
    });
  } finally {
    await server.stop();
  }
}

/** Baseline 2: node:http and the official driver with the same question to the same database, no sign-in, no policy. */
async function bareBaseline(target: Target, scenario: Scenario, seconds: number): Promise<LoadResult | null> {
  if (!scenario.bare) return null;
  const server = await baselineServer({ BASELINE_URI: target.databaseUri });
  try {
    const options = { url: server.match[1]!, seconds, status: scenario.status, ...scenario.bare };
    await warmUp(options);
    return await load(options);
  } finally {
    await server.stop();
  }
}

/** Some answers one after the other, so that nothing measured is a first time. */
export async function warmUp({ url, cookie, next, status }: LoadOptions): Promise<void> {
  const until = performance.now() + 2000;
  while (performance.now() < until) {
    const { method = 'GET', path, body } = next();
    const headers = { cookie: cookie ?? '', 'content-type': 'application/json', 'x-requested-with': 'bench' };
    const answer = await fetch(url + path, { method, headers, body });
    if (answer.status !== status)
      throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    await answer.arrayBuffer();
  }
}

/** Load on the target with the processor time it cost, server and database together. */
export async function measured(
  target: Target,
  scenario: Scenario,
  seconds: number,
): Promise<{ result: LoadResult; cpuPerRequest: number }> {
  const options: LoadOptions = { url: target.url, cookie: target.cookie, seconds, ...scenario };
  await warmUp(options);
  const before = cpuMilliseconds(target.server.pid);
  const result = await load(options);
  return { result, cpuPerRequest: (cpuMilliseconds(target.server.pid) - before) / result.requests };
}

function noteOf(result: LoadResult, cpuPerRequest: number, toStatic: number): string {
  const { p50, p99, bytes } = result;
  return `p50 ${p50} ms, p99 ${p99} ms, ${bytes.toLocaleString('en')} bytes, ${cpuPerRequest.toFixed(2)} ms CPU a request, ${toStatic.toFixed(2)} × prebuilt answers`;
}

export interface MainOptions extends DataOptions {
  seconds: number;
  /** Only the jobs whose names contain this. */
  only?: string | undefined;
}

/** A row's ratio is to baseline 2 where there is one; the ratio to baseline 1 is in its note. */
export function benchMain({ seconds, only = '', ...data }: MainOptions): Promise<BenchRow[]> {
  return withData(data, async (dataDir) => {
    const rows: BenchRow[] = [];
    const target = await startTarget(dataDir);
    try {
      const staticBy = new Map<number, number>();
      for (const [name, scenario] of Object.entries(scenariosOver(await sampleRows(target, 8)))) {
        if (!name.includes(only)) continue;
        process.stderr.write(`${name}…\n`);
        const { result, cpuPerRequest } = await measured(target, scenario, seconds);
        const size = Math.max(100, Math.round(result.bytes / 500) * 500);
        if (!staticBy.has(size)) staticBy.set(size, (await staticBaseline(size, 4)).requestsPerSecond);
        const bare = await bareBaseline(target, scenario, seconds);
        const { requestsPerSecond } = result;
        rows.push({
          name,
          value: requestsPerSecond,
          unit: 'req/s',
          goal: `≥ ${scenario.goal.toLocaleString('en')}`,
          ok: requestsPerSecond >= scenario.goal,
          ...(bare ? { ratio: requestsPerSecond / bare.requestsPerSecond } : {}),
          note: noteOf(result, cpuPerRequest, requestsPerSecond / staticBy.get(size)!),
        });
      }
      const memory = memoryMegabytes(target.server.pid);
      const [name, goal] = ['memory, server and database', data.cases > 100_000 ? 700 : 300];
      rows.push({ name, value: memory, unit: 'MB', goal: `≤ ${goal}`, ok: memory <= goal });
      return rows;
    } finally {
      await target.server.stop();
    }
  });
}
