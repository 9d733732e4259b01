// Duty: the server under measurement: its data folder, its start, somebody signed in; or another server at an address. No load, no figures.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectionString, socketPath } from '../../server/database/embedded/folder.ts';
import type { Adapter, Session } from './adapter.ts';
import { atRest, runNode, type Started, startNode } from './processes.ts';

export interface Target extends Session {
  adapter: Adapter;
  /** Null when it runs elsewhere. */
  server: Started | null;
  /** Of the database that the server started. */
  databaseUri: string | null;
}
export type OwnTarget = Target & { server: Started; databaseUri: string };

export const tsx = ['--import', 'tsx'];

export interface DataOptions {
  adapter: Adapter;
  cases: number;
  /** A folder that `npm run seed -- --cases N` filled; it is copied, and saves the time of seeding. */
  data?: string | undefined;
}
export interface TargetOptions extends DataOptions {
  /** Address of another server to measure. */
  target?: string | undefined;
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

/** Runs `work` with the server at the address, or with one that is started on a folder of so many cases and stopped after. */
export async function withTarget<Result>(
  options: TargetOptions,
  work: (target: Target) => Promise<Result>,
): Promise<Result> {
  const { adapter, cases, target: url } = options;
  if (url)
    return work({
      adapter,
      url,
      cases,
      headers: await adapter.signIn(url),
      server: null,
      databaseUri: null,
    });
  return withData(options, async (dataDir) => {
    const target = await startTarget(dataDir, options);
    try {
      await atRest(target.server.pid);
      return await work(target);
    } finally {
      await target.server.stop();
    }
  });
}

export const envOf = (dataDir: string) => ({
  DATA_DIR: dataDir,
  PORT: '0',
  SEED: 'example',
  LOG_LEVEL: 'error',
  NODE_ENV: 'production',
});

export const startBuilt = (dataDir: string, before: string[] = []): Promise<Started> =>
  startNode([...before, 'dist/server/index.js'], envOf(dataDir), /is at (http:\/\/[\d.]+:\d+)/);

/** Starts the built server on the folder, with such arguments of node before it, and signs in. */
export async function startTarget(
  dataDir: string,
  { adapter, cases }: Pick<DataOptions, 'adapter' | 'cases'>,
  before: string[] = [],
): Promise<OwnTarget> {
  const server = await startBuilt(dataDir, before);
  const url = server.match[1]!;
  try {
    return {
      adapter,
      url,
      server,
      cases,
      headers: await adapter.signIn(url),
      databaseUri: connectionString({ socket: socketPath(join(dataDir, 'database')) }),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
