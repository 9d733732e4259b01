// Duty: the first of several processes on one port: keeps the database and as many workers as are wanted, and stops them all. Serves nobody itself.
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { join } from 'node:path';
import { databaseLog } from './database/connect.ts';
import { startEmbeddedDatabase } from './database/embedded/supervisor.ts';
import type { Env } from './env.ts';
import { log } from './log.ts';

const firstPause = 500;
const longestPause = 30_000;
/** Who lived so long did not fail at its start. */
const steadyMilliseconds = 60_000;
/** Longer than a worker takes for its own graceful stop. */
const stopPatience = 18_000;

export async function startWorkers(env: Env): Promise<void> {
  // Held here, so that no worker's death takes the database along.
  const database = env.MONGODB_URI
    ? null
    : await startEmbeddedDatabase({ dir: join(env.DATA_DIR, 'database'), log: databaseLog });
  // Workers take connections themselves: one that the primary hands to a worker just as it dies would wait for ever.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  let stopping = false;
  let pause = firstPause;

  /** Each has numbers of its own, so each place has a port for them, which whoever comes after takes over. */
  const metricsOf = (place: number) =>
    env.METRICS_PORT ? { METRICS_PORT: String(env.METRICS_PORT + place) } : {};

  function keepOne(place: number): Worker {
    const worker = cluster.fork(metricsOf(place));
    const begun = performance.now();
    worker.once('listening', () => log.info({ worker: worker.process.pid }, 'a worker serves'));
    worker.once('exit', (code, signal) => {
      if (stopping) return;
      if (performance.now() - begun > steadyMilliseconds) pause = firstPause;
      log.error({ worker: worker.process.pid, ended: signal ?? code, againIn: pause }, 'a worker ended');
      setTimeout(() => {
        if (!stopping) keepOne(place);
      }, pause);
      pause = Math.min(longestPause, pause * 2);
    });
    return worker;
  }

  async function stop(signal: string, code: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const workers = Object.values(cluster.workers ?? {}).filter((one) => one !== undefined);
    const timer = setTimeout(() => {
      for (const worker of workers) worker.process.kill('SIGKILL');
    }, stopPatience);
    await Promise.all(
      workers.map(async (worker) => {
        const ended = once(worker, 'exit');
        worker.process.kill('SIGTERM');
        if (!worker.isDead()) await ended;
      }),
    );
    clearTimeout(timer);
    await database?.stop();
    process.exit(code);
  }
  process.on('SIGTERM', () => void stop('SIGTERM', 0));
  process.on('SIGINT', () => void stop('SIGINT', 0));

  // The first makes indexes and seeds and says what is wrong; only then the others come.
  const first = keepOne(0);
  const failed = once(first, 'exit').then(() => false);
  const isListening = await Promise.race([once(first, 'listening').then(() => true), failed]);
  if (!isListening) return stop('the first worker failed', 1);
  for (let place = 1; place < env.WORKERS; place += 1) keepOne(place);
}
