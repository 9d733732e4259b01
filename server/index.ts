// Duty: the only file that acts on import: environment, workers or one process, database, seeds, http, sockets, jobs, and a graceful stop.
import cluster from 'node:cluster';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { seed } from '../seeds/index.ts';
import { buildApp, outboxFolder, settingsOf, uploadFolder } from './app.ts';
import type { Schedule } from './backup/schedule.ts';
import { connectDatabase, ensureIndexes } from './database/connect.ts';
import { HalfRestored, refuseHalfRestored } from './database/unfinishedRestore.ts';
import { addressOf, type Env, EnvFaults, readEnv, readPlaces } from './env.ts';
import { exampleAccountsHere } from './features/directory/exampleAccounts.queries.ts';
import { inviteFirstAdministrator } from './features/directory/invitations.commands.ts';
import { openVault, VaultRefused, vaultSource } from './features/identities/vaultKeys.ts';
import { tidyFiles } from './files/kept.ts';
import { drain } from './http/drain.ts';
import { makeHttpServer } from './http/httpServer.ts';
import { allJobs } from './jobs/jobs.ts';
import { giveJobsBack, startJobs } from './jobs/runner.ts';
import { joinOthers, startLive } from './live/start.ts';
import { log, report } from './log.ts';
import { openReceipts } from './receiptCodes.ts';
import { makeMetrics, serveMetrics } from './watch/metrics.ts';
import { expectJobs, leaveService, readiness } from './watch/readiness.ts';
import { startWorkers } from './workers.ts';

// V8 lets garbage grow to several times what lives before it looks at old objects; under load that was two thirds of the memory.
setFlagsFromString('--heap-growing-percent=40');

async function main(): Promise<void> {
  await ensureWhole();
  const env = readEnv();
  log.level = env.LOG_LEVEL;
  if (env.WORKERS > 1 && cluster.isPrimary) await startWorkers(env);
  else await serve(env);
}

/** Workers come after the first process has asked. */
async function ensureWhole(): Promise<void> {
  if (!cluster.isPrimary) return;
  let places: ReturnType<typeof readPlaces>;
  try {
    places = readPlaces();
  } catch {
    // `readEnv` names this fault together with all others.
    return;
  }
  await refuseHalfRestored(places);
}

/** What is under way may take so long to end, and everything together so long, before the process ends anyway. */
const drainMilliseconds = 6_000;
const stopMilliseconds = 15_000;
/** A database that is away must not hold up the stop. */
const giveBackMilliseconds = 2_000;

const metricsPlace = ({ METRICS_HOST, METRICS_PORT = 0 }: Env) => ({
  host: METRICS_HOST,
  port: METRICS_PORT,
});

async function serve(env: Env): Promise<void> {
  const database = await connectDatabase({
    mongodbUri: env.MONGODB_URI,
    dataDir: env.DATA_DIR,
    slowMilliseconds: env.SLOW_COMMAND_MILLISECONDS,
  });
  // Before anything is written: a wrong key must leave everything as it was.
  await openVault(vaultSource(env)).catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  openReceipts(env.RECEIPT_SECRET);
  await ensureIndexes();
  await seed(env.SEED);
  const metrics = env.METRICS_PORT === undefined ? null : makeMetrics(watchedFolders(env));
  const app = buildApp(env, { ...(metrics ? { requests: metrics.watchRequests } : {}), readiness });
  const http = makeHttpServer(app.express);
  const live = startLive(http, app, env);
  const bus = await joinOthers(live, env);
  database.onBack(() => {
    app
      .lookAgain()
      .catch((error: unknown) => report(error, { where: 'lookAgain' }))
      .finally(() => live.comeAgain('the database was away'));
  });
  // From here on somebody may be served: who is told to stop begins to, after it has begun.
  const toldToStop = stopSignal();
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(env.PORT, env.HOST, resolve);
  });
  const { port } = http.address() as AddressInfo;
  metrics?.watchLive(live.io);
  const metricsServer = metrics && (await serveMetrics(metrics.registry, metricsPlace(env)));
  // One of several workers speaks for all.
  if (!cluster.isWorker || cluster.worker?.id === 1) await greet(env, port);
  await app.audit.writer.open();
  await tidyFiles(uploadFolder(env));
  const jobs = allJobs({ ...settingsOf(env), address: addressOf(env, port), backup: scheduleOf(env) });
  expectJobs(jobs.map(({ name }) => name));
  const stopJobs = startJobs(jobs);

  async function stop(signal: string): Promise<void> {
    log.info({ signal }, 'stopping');
    leaveService();
    // Browsers are told to go, and come back elsewhere or later; whatever they were answered stays.
    const gone = live.io.close();
    // A job may be cut short: it is given back, and whoever comes next takes it up.
    const [drained, jobsEnded] = await Promise.all([
      drain(http, drainMilliseconds),
      withinTime(stopJobs(), drainMilliseconds),
      withinTime(gone, drainMilliseconds),
    ]);
    if (!jobsEnded) await withinTime(giveJobsBack(), giveBackMilliseconds);
    metricsServer?.close();
    log.info({ drained, jobsEnded }, 'stopped');
    await bus.close();
    await app.audit.stop();
    await database.stop();
    process.exit(0);
  }
  await stop(await toldToStop);
}

/** The first of them; workers whose primary is gone have no port any more. */
const stopSignal = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'])
      process.on(signal, () => {
        setTimeout(() => process.exit(1), stopMilliseconds).unref();
        resolve(signal);
      });
  });

const watchedFolders = ({ DATA_DIR, BACKUP_DIR }: Env) => ({
  outbox: outboxFolder(DATA_DIR),
  backups: BACKUP_DIR ? resolve(BACKUP_DIR) : null,
});

/** Whether it ended in time. */
const withinTime = (work: Promise<unknown>, milliseconds: number): Promise<boolean> =>
  Promise.race([
    work.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(resolve, milliseconds, false).unref()),
  ]);

function scheduleOf(env: Env): Schedule | null {
  const { BACKUP_DIR, BACKUP_PASSPHRASE, DATA_DIR, MONGODB_URI } = env;
  if (!BACKUP_DIR || !BACKUP_PASSPHRASE) return null;
  return {
    places: { DATA_DIR, MONGODB_URI },
    folder: resolve(BACKUP_DIR),
    passphrase: BACKUP_PASSPHRASE,
    everyHours: env.BACKUP_HOURS,
    keep: env.BACKUP_KEEP,
  };
}

/** What whoever started the server needs to get in; the only words this process prints. */
async function greet(env: Env, port: number): Promise<void> {
  const settings = { ...settingsOf(env), address: addressOf(env, port) };
  const lines = ['', `KOSINT Tracker is at ${settings.address}`];
  const examples = await exampleAccountsHere(settings);
  const firstLink = await inviteFirstAdministrator(settings);
  if (examples) {
    lines.push('Example accounts, for this machine alone:');
    for (const { role, email, password } of examples)
      lines.push(`  ${role.padEnd(14)} ${email.padEnd(32)} ${password}`);
  }
  if (firstLink)
    lines.push(
      'Nobody can administer this server yet. This link makes the first one, once:',
      `  ${firstLink}`,
    );
  process.stdout.write(`${lines.join('\n')}\n`);
}

process.on('unhandledRejection', (error) => report(error, { where: 'unhandledRejection' }));
main().catch((error: unknown) => {
  const isExpected = [EnvFaults, HalfRestored, VaultRefused].some((kind) => error instanceof kind);
  if (isExpected) process.stderr.write(`${(error as Error).message}\n`);
  else report(error, { where: 'start' });
  process.exit(1);
});
