// Duty: a process of its own on the tests' database, with a whole application and a clock that is told the time; it rings the jobs it is told to.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildApp, settingsOf } from '../../server/app.ts';
import { clock } from '../../server/clock.ts';
import { connectDatabase } from '../../server/database/connect.ts';
import { readEnv } from '../../server/env.ts';
import { openVault, vaultSource } from '../../server/features/identities/vaultKeys.ts';
import { everythingTold } from '../../server/features/notifications/telling.commands.ts';
import { allJobs } from '../../server/jobs/jobs.ts';
import { runDueJobs } from '../../server/jobs/runner.ts';
import { log } from '../../server/log.ts';
import { openReceipts } from '../../server/receiptCodes.ts';
import { type Reply, replyOf } from './childReply.ts';

interface Ring {
  now: string;
  /** Names of jobs. */
  jobs: string[];
}
export interface ClockProcess {
  /** Sets that process's clock and runs what is due; resolves when it is done and told. */
  ring(now: Date, jobs: readonly string[]): Promise<void>;
  /** As a power cut would. */
  kill(): Promise<void>;
}

/** `name` is the database's name inside the server. */
export async function startClockProcess(dataDir: string, name: string): Promise<ClockProcess> {
  const child = fork(fileURLToPath(import.meta.url), [dataDir, name], { execArgv: ['--import', 'tsx'] });
  await replyOf(child);
  return {
    async ring(now, jobs) {
      const reply = replyOf(child);
      child.send({ now: now.toISOString(), jobs: [...jobs] } satisfies Ring);
      const { error } = await reply;
      if (error) throw new Error(`In the clock's process: ${error}`);
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function run(dataDir: string, name: string): Promise<void> {
  log.level = 'silent';
  const env = readEnv({
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: dataDir,
    SEED: 'facts',
    LOG_LEVEL: 'silent',
    ...(process.env.MONGODB_URI ? { MONGODB_URI: process.env.MONGODB_URI } : {}),
  });
  await connectDatabase({ mongodbUri: env.MONGODB_URI, dataDir, name });
  await openVault(vaultSource(env));
  openReceipts(env.RECEIPT_SECRET);
  buildApp(env);
  const jobs = allJobs({ ...settingsOf(env), backup: null });
  const ring = async (wanted: Ring) => {
    const now = new Date(wanted.now);
    clock.stopAt(now);
    await runDueJobs(
      jobs.filter((job) => wanted.jobs.includes(job.name)),
      now,
    );
    await everythingTold();
  };
  process.on('message', (wanted: Ring) => {
    ring(wanted).then(
      () => process.send!({ error: null } satisfies Reply),
      (error: unknown) => process.send!({ error: String(error) } satisfies Reply),
    );
  });
  process.once('disconnect', () => process.exit(0));
  process.send!({ error: null } satisfies Reply);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void run(process.argv[2]!, process.argv[3]!);
