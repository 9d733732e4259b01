// Duty: the scenario `summaries`: how long a quarter takes to freeze and in how much memory, and a funder's page beside a prebuilt answer.
import { newId } from '../../shared/api.ts';
import { signInAs } from './adapters/kosint.ts';
import { staticBaseline } from './baselines.ts';
import { load, warmUp } from './load.ts';
import { memoryMegabytes } from './processes.ts';
import type { BenchRow } from './rows.ts';
import { type DataOptions, type OwnTarget, startTarget, withData } from './target.ts';

interface Frozen {
  /** A release that is out, for funders. */
  id: string;
  seconds: number;
  /** Of server and database, above what they held before. */
  riseMegabytes: number;
  peakMegabytes: number;
  logged: number;
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function ask(target: OwnTarget, method: string, path: string, body?: object) {
  const answer = await fetch(target.url + path, {
    method,
    headers: target.headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok)
    throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return ((await answer.json()) as { data: any }).data;
}

/** The quarter that ended last is out as an example; a correction counts it anew, over the cases that there are. */
async function freezeQuarter(target: OwnTarget): Promise<Frozen> {
  const { newest } = await ask(target, 'GET', '/api/progress');
  const before = memoryMegabytes(target.server.pid);
  let peak = before;
  const id = newId();
  const begun = performance.now();
  await ask(target, 'POST', `/api/releases/${newest.id}/corrections`, { id, reason: 'bench' });
  for (;;) {
    await wait(200);
    peak = Math.max(peak, memoryMegabytes(target.server.pid));
    const release = await ask(target, 'GET', `/api/releases/${id}`);
    if (release.status === 'freezing') continue;
    if (release.status !== 'draft') throw new Error(`The count ended as ${release.status}`);
    return {
      id: newest.id,
      seconds: (performance.now() - begun) / 1000,
      riseMegabytes: peak - before,
      peakMegabytes: peak,
      logged: release.whole.indicators[0].figure.value,
    };
  }
}

const share = 0.8;

export function benchSummaries({ seconds, ...data }: DataOptions & { seconds: number }): Promise<BenchRow[]> {
  return withData(data, async (dataDir) => {
    const target = await startTarget(dataDir, data);
    try {
      // The index of cases is loaded in the background; what it takes is not the freeze's.
      await ask(target, 'GET', '/api/cases/counts');
      await wait(5_000);
      const frozen = await freezeQuarter(target);
      const headers = await signInAs(target.url, 'funder');
      const rows: BenchRow[] = [
        {
          name: `freeze a quarter, ${data.cases.toLocaleString('en')} cases`,
          value: frozen.seconds,
          unit: 's',
          goal: '≤ 30',
          ok: frozen.seconds <= 30,
          note: `${frozen.logged.toLocaleString('en')} cases logged in it`,
        },
        {
          name: 'memory that freezing takes',
          value: frozen.riseMegabytes,
          unit: 'MB',
          goal: '≤ 400',
          ok: frozen.riseMegabytes <= 400,
          note: `server and database at most ${Math.round(frozen.peakMegabytes)} MB`,
        },
      ];
      for (const [name, path] of [
        ['one release', `/api/progress/${frozen.id}`],
        ['newest and list', '/api/progress'],
      ] as const) {
        const options = {
          url: target.url,
          headers,
          seconds,
          next: () => ({ path }),
          status: 200,
          verify: (body: string) => body.includes('"audience":"funder"'),
        };
        await warmUp(options);
        const result = await load(options);
        const fixed = await staticBaseline(result.bytes, 4);
        const ratio = result.requestsPerSecond / fixed.requestsPerSecond;
        rows.push({
          name: `funder’s page, ${name}`,
          value: result.requestsPerSecond,
          unit: 'req/s',
          goal: `≥ ${share} × a prebuilt answer`,
          ok: ratio >= share,
          ratio,
          note: `${result.bytes.toLocaleString('en')} bytes, p50 ${result.p50} ms, p99 ${result.p99} ms`,
        });
      }
      return rows;
    } finally {
      await target.server.stop();
    }
  });
}
