// Duty: the only file that acts on import: environment, database, seeds, http, sockets, and a graceful stop.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildApp } from './app.ts';
import { connectDatabase, ensureIndexes } from './database/connect.ts';
import { EnvFaults, readEnv } from './env.ts';
import { startLive } from './live/start.ts';
import { log, report } from './log.ts';

async function main(): Promise<void> {
  const env = readEnv();
  log.level = env.LOG_LEVEL;
  const database = await connectDatabase({ mongodbUri: env.MONGODB_URI, dataDir: env.DATA_DIR });
  await ensureIndexes();
  const app = buildApp(env);
  const http = createServer(app.express);
  const io = startLive(http, app, env);
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(env.PORT, env.HOST, resolve);
  });
  const { port } = http.address() as AddressInfo;
  process.stdout.write(`\nKOSINT Tracker is at ${env.PUBLIC_URL ?? `http://${env.HOST}:${port}`}\n`);

  let stopping = false;
  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), 10_000).unref();
    await io.close();
    http.closeAllConnections();
    await database.stop();
    process.exit(0);
  }
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}

process.on('unhandledRejection', (error) => report(error, { where: 'unhandledRejection' }));
main().catch((error: unknown) => {
  if (error instanceof EnvFaults) process.stderr.write(`${error.message}\n`);
  else report(error, { where: 'start' });
  process.exit(1);
});
