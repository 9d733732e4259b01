// Duty: the main job under load: open a case, list, map, dashboard, search, create, against two baselines in the same run.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../shared/api.ts';
import { municipalitySlugs } from '../../shared/directory.ts';
import { themes } from '../../shared/themes.ts';
import { type LoadOptions, type LoadRequest, type LoadResult, load } from './load.ts';
import { cpuMilliseconds, memoryMegabytes, runNode, type Started, startNode } from './processes.ts';
import type { BenchRow } from './rows.ts';

interface Target {
  url: string;
  cookie: string;
  server: Started;
}

const tsx = ['--import', 'tsx'];

/** Seeds into the folder unless it holds data already, and signs in as the coordinator. */
async function startServer(cases: number, dataDir: string): Promise<Target> {
  const env = { DATA_DIR: dataDir, PORT: '0', SEED: 'example', LOG_LEVEL: 'error', NODE_ENV: 'production' };
  if (!existsSync(join(dataDir, 'database')))
    await runNode([...tsx, 'seeds/cli.ts', '--cases', String(cases)], env);
  const server = await startNode(['dist/server/index.js'], env, /is at (http:\/\/[\d.]+:\d+)/);
  const url = server.match[1]!;
  const { data } = (await (await fetch(`${url}/api/instance`)).json()) as {
    data: { exampleAccounts: { email: string; password: string; role: string }[] };
  };
  const { email, password } = data.exampleAccounts.find((account) => account.role === 'coordinator')!;
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'bench' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`The bench could not sign in: ${answer.status}`);
  return {
    url,
    server,
    cookie: answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; '),
  };
}

interface Row {
  id: string;
  title: string;
  theme: string;
}
interface ListAnswer {
  data: Row[];
  next: string | null;
}

/** Rows from all over the set, to rotate over. */
async function sampleRows(target: Target, pages: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const municipality of municipalitySlugs) {
    let cursor = '';
    for (let page = 0; page < pages; page += 1) {
      const path = `/api/cases?municipality=${municipality}&limit=100${cursor}`;
      const answer = await fetch(target.url + path, { headers: { cookie: target.cookie } });
      const list = (await answer.json()) as ListAnswer;
      rows.push(...list.data);
      if (!list.next) break;
      cursor = `&cursor=${encodeURIComponent(list.next)}`;
    }
  }
  return rows;
}

function rotate<Item>(items: readonly Item[]): () => Item {
  let at = 0;
  return () => items[at++ % items.length]!;
}

function scenariosOver(
  rows: Row[],
): Record<string, { goal: number; status: number; next(): LoadRequest; verify(body: string): boolean }> {
  const row = rotate(rows);
  const filters = rotate(
    municipalitySlugs.flatMap((municipality) =>
      themes.map((theme) => `municipality=${municipality}&theme=${theme}&status=new,triaged,in_progress`),
    ),
  );
  const boxes = rotate(
    [0, 1, 2, 3, 4, 5].map((step) => `${20.3 + step * 0.02},42.1,${21.0 + step * 0.05},42.75`),
  );
  const titles = rotate(
    rows.filter((item) => item.title.split(' ').filter((word) => word.length > 3).length >= 2),
  );
  const words = () => {
    const long = titles()
      .title.split(/[\s,.]+/)
      .filter((word) => word.length > 3);
    return `${long[0]} ${long.at(-1)}`;
  };
  let made = 0;
  return {
    'open a case': {
      goal: 5000,
      status: 200,
      next: () => ({ path: `/api/cases/${row().id}` }),
      verify: (body) => JSON.parse(body).data.history.length > 0,
    },
    'list, 3 filters, newest 50': {
      goal: 2200,
      status: 200,
      next: () => ({ path: `/api/cases?${filters()}&limit=50` }),
      verify: (body) => JSON.parse(body).data.length === 50,
    },
    'map, a box': {
      goal: 600,
      status: 200,
      next: () => ({ path: `/api/map/clusters?bbox=${boxes()}&zoom=11` }),
      verify: (body) => body.length > 100,
    },
    'dashboard counts': {
      goal: 4000,
      status: 200,
      next: () => ({ path: '/api/cases/counts' }),
      verify: (body) => JSON.parse(body).data.total > 1000,
    },
    'search, two words, 20': {
      goal: 2000,
      status: 200,
      next: () => ({ path: `/api/cases?q=${encodeURIComponent(words())}&limit=20` }),
      verify: (body) => JSON.parse(body).data.length > 0,
    },
    'create, durable': {
      goal: 1400,
      status: 201,
      next: () => {
        made += 1;
        return { method: 'POST', path: '/api/cases', body: JSON.stringify(newCase(made)) };
      },
      verify: (body) => JSON.parse(body).data.reference.length > 8,
    },
  };
}

function newCase(number: number) {
  return {
    id: newId(),
    kind: 'group',
    theme: 'housing',
    subTheme: 'infrastructure',
    title: `Street without sewage, request ${number}`,
    description: 'After every rain the street floods and the children cannot go to school.',
    need: 'A sewage connection',
    municipality: municipalitySlugs[number % municipalitySlugs.length],
    settlement: null,
    precision: 'municipality',
    people: { count: 40, households: 9, ageBands: {} },
    urgency: 'normal',
    concernsChild: false,
    guardianConsent: false,
    consentBasis: 'no_personal_data',
    language: 'en',
    interpreterNeeded: false,
  };
}

/** Baseline 1: the same Express answering a prebuilt body of the same size. */
async function staticBaseline(bytes: number, seconds: number): Promise<LoadResult> {
  const server = await startNode(
    [...tsx, 'test/bench/baselineServer.ts'],
    { BASELINE_BYTES: String(bytes) },
    /baseline at (\S+)/,
  );
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

/** Some answers one after the other, so that nothing measured is a first time. */
async function warmUp({ url, cookie, next, status }: LoadOptions): Promise<void> {
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

function note(result: LoadResult, cpu: number): string {
  return `p50 ${result.p50} ms, p99 ${result.p99} ms, ${result.bytes.toLocaleString('en')} bytes, ${(cpu / result.requests).toFixed(2)} ms CPU a request`;
}

/** `data` is a folder that `npm run seed -- --cases N` filled; it is copied, and saves the time of seeding. */
export async function benchMain(options: {
  cases: number;
  seconds: number;
  data?: string | undefined;
}): Promise<BenchRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kosint-bench-'));
  if (options.data) cpSync(options.data, dataDir, { recursive: true });
  const rows: BenchRow[] = [];
  const target = await startServer(options.cases, dataDir);
  try {
    const sample = await sampleRows(target, 8);
    const staticBy = new Map<number, number>();
    for (const [name, scenario] of Object.entries(scenariosOver(sample))) {
      const common: LoadOptions = {
        url: target.url,
        cookie: target.cookie,
        seconds: options.seconds,
        ...scenario,
      };
      process.stderr.write(`${name}…\n`);
      await warmUp(common);
      const before = cpuMilliseconds(target.server.pid);
      const result = await load(common);
      const cpu = cpuMilliseconds(target.server.pid) - before;
      const size = Math.max(100, Math.round(result.bytes / 500) * 500);
      if (!staticBy.has(size)) staticBy.set(size, (await staticBaseline(size, 4)).requestsPerSecond);
      rows.push({
        name,
        value: result.requestsPerSecond,
        unit: 'req/s',
        goal: `≥ ${scenario.goal.toLocaleString('en')}`,
        ok: result.requestsPerSecond >= scenario.goal,
        ratio: result.requestsPerSecond / staticBy.get(size)!,
        note: note(result, cpu),
      });
    }
    const memory = memoryMegabytes(target.server.pid);
    rows.push({
      name: 'memory, server and database',
      value: memory,
      unit: 'MB',
      goal: '≤ 300',
      ok: memory <= 300,
    });
    return rows;
  } finally {
    await target.server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
