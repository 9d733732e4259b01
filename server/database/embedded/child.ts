// Duty: the process that owns a database folder: opens it, listens, and ends cleanly when told or when its parent is gone.
// Started by `supervisor.ts`, which sends it its task.
import { chmodSync, rmSync } from 'node:fs';
import { ChangeMarks } from './changeMarks.ts';
import { Engine } from './engine.ts';
import { FolderInUse, lockFolder, markClosed, markOpen, socketPath } from './folder.ts';
import { startHousekeeping } from './housekeeping.ts';
import { credentialsFor } from './scram.ts';
import { Server } from './server.ts';

/** Small copies are cut from slabs of this size, which go back to the system whole; Node's own 8 KB leave a heap full of holes. */
const slabBytes = 256 * 1024;

export interface Task {
  dir: string;
  /** Where to listen instead of the folder's own socket. */
  socket?: string | undefined;
  port?: number | undefined;
  /** Asked of whoever comes through the port. */
  user?: string | undefined;
  password?: string | undefined;
}

export type Report =
  | { kind: 'ready'; port: number }
  | { kind: 'log'; line: string; details?: object | undefined }
  | { kind: 'failed'; message: string; inUse: boolean };

const report = (message: Report) => {
  if (process.connected) process.send?.(message, () => {});
};
const log = (line: string, details?: object) => report({ kind: 'log', line, details });

async function run(task: Task): Promise<void> {
  Buffer.poolSize = slabBytes;
  const lock = await lockFolder(task.dir);
  const unclean = markOpen(task.dir);
  const engine = new Engine(task.dir, { log });
  const { user, password } = task;
  const credentials = password === undefined ? undefined : credentialsFor(user ?? 'kosint', password);
  const marks = new ChangeMarks(task.dir, log);
  const server = new Server(engine, { credentials, log, marks });
  const port = await listen(server, task);
  const housekeeping = startHousekeeping(engine, unclean, log);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await server.close();
    await housekeeping.stop();
    await engine.close();
    marks.close();
    markClosed(task.dir);
    lock.release();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  // Ctrl-C reaches the whole group; the parent decides when its database may go.
  process.on('SIGINT', () => {});
  process.on('disconnect', () => void stop());
  process.on('message', (message) => {
    if (message === 'stop') void stop();
  });
  report({ kind: 'ready', port });
  if (!process.connected) await stop();
}

async function listen(server: Server, task: Task): Promise<number> {
  if (task.port !== undefined) return server.listen({ port: task.port });
  const socket = task.socket ?? socketPath(task.dir);
  if (process.platform === 'win32') return server.listen({ socket });
  // The lock is ours: a socket that still lies here belongs to nobody.
  rmSync(socket, { force: true });
  const before = process.umask(0o177);
  await server.listen({ socket });
  process.umask(before);
  chmodSync(socket, 0o600);
  return 0;
}

// lmdb leaves rejected promises behind when the disk is full; every command already answers with that error itself.
process.on('unhandledRejection', (reason) =>
  log('a rejection without a listener', { reason: String(reason) }),
);

process.once('message', (task: Task) => {
  run(task).catch((error: Error) => {
    report({ kind: 'failed', message: error.message, inUse: error instanceof FolderInUse });
    setTimeout(() => process.exit(1), 50);
  });
});
