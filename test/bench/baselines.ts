// Duty: the two baselines of the same run: Express with a prebuilt body, and node:http with the driver, the same question and no policy.
import { MongoClient } from 'mongodb';
import type { Job } from './adapter.ts';
import { type LoadResult, load, warmUp } from './load.ts';
import { startNode } from './processes.ts';
import { tsx } from './target.ts';

const baselineServer = (env: Record<string, string>) =>
  startNode([...tsx, 'test/bench/baselineServer.ts'], env, /baseline at (\S+)/);

/** Baseline 1: the same Express answering a prebuilt body of the same size. */
export async function staticBaseline(bytes: number, seconds: number): Promise<LoadResult> {
  const server = await baselineServer({ BASELINE_BYTES: String(bytes) });
  try {
    return await load({
      url: server.match[1]!,
      seconds,
      status: 200,
      next: () => ({ path: '/' }),
      verify: (body) => Math.abs(body.length - bytes) < 20,
    });
  } finally {
    await server.stop();
  }
}

/** Baseline 2, in requests a second: node:http and the official driver with the same question to the same database, no sign-in, no policy. */
export async function bareBaseline(
  databaseUri: string,
  { index, ...question }: NonNullable<Job['bare']>,
  seconds: number,
): Promise<number> {
  const client = await MongoClient.connect(databaseUri);
  const cases = client.db('kosint').collection('cases');
  const made = index && (await cases.createIndex(index, { name: 'bench' }));
  const server = await baselineServer({ BASELINE_URI: databaseUri });
  try {
    const options = { url: server.match[1]!, seconds, ...question };
    const oneByOne = await warmUp(options);
    // What scans everything keeps the database busy by itself: ten at a time would answer nothing in these seconds.
    return oneByOne < 5 ? oneByOne : (await load(options)).requestsPerSecond;
  } finally {
    await server.stop();
    if (made) await cases.dropIndex(made);
    await client.close();
  }
}
