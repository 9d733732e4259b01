// Duty: the server under measurement: its data folder, its start, a signed-in viewer, and rows to rotate over. No load, no figures.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionString, socketPath } from '../../server/database/embedded/folder.ts';
import { municipalitySlugs } from '../../shared/directory.ts';
import { runNode, type Started, startNode } from './processes.ts';

export interface Target {
  url: string;
  cookie: string;
  server: Started;
  /** Of the database that the server started. */
  databaseUri: string;
}

export const tsx = ['--import', 'tsx'];

export interface DataOptions {
  cases: number;
  /** A folder that `npm run seed -- --cases N` filled; it is copied, and saves the time of seeding. */
  data?: string | undefined;
}

/** Runs `work` with a folder that holds so many cases, and removes the folder. */
export async function withData<Result>(
  { cases, data }: DataOptions,
  work: (dataDir: string) => Promise<Result>,
): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kosint-bench-'));
  try {
    if (data) cpSync(data, dataDir, { recursive: true });
    if (!existsSync(join(dataDir, 'database')))
      await runNode([...tsx, 'seeds/cli.ts', '--cases', String(cases)], envOf(dataDir));
    return await work(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const envOf = (dataDir: string) => ({
  DATA_DIR: dataDir,
  PORT: '0',
  SEED: 'example',
  LOG_LEVEL: 'error',
  NODE_ENV: 'production',
});

export const startBuilt = (dataDir: string): Promise<Started> =>
  startNode(['dist/server/index.js'], envOf(dataDir), /is at (http:\/\/[\d.]+:\d+)/);

/** Starts the built server on the folder and signs in as the coordinator. */
export async function startTarget(dataDir: string): Promise<Target> {
  const server = await startBuilt(dataDir);
  const url = server.match[1]!;
  return {
    url,
    server,
    cookie: await signIn(url),
    databaseUri: connectionString({ socket: socketPath(join(dataDir, 'database')) }),
  };
}

/** The example account of that role. */
export async function signIn(url: string, role = 'coordinator'): Promise<string> {
  const { data } = (await (await fetch(`${url}/api/instance`)).json()) as {
    data: { exampleAccounts: { email: string; password: string; role: string }[] };
  };
  const { email, password } = data.exampleAccounts.find((account) => account.role === role)!;
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'bench' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`The bench could not sign in: ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export interface Row {
  id: string;
  title: string;
  theme: string;
}
interface ListAnswer {
  data: Row[];
  next: string | null;
}

/** Rows of every municipality, to rotate over. */
export async function sampleRows(target: Target, pages: number): Promise<Row[]> {
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
