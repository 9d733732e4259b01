// Duty: the folder a database lives in: who may open it, where its socket is, whether it was closed cleanly.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Unix socket paths may not be longer than this, with a little room. */
const longestSocketPath = 100;

export function prepareFolder(dir: string): string {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  return realpathSync(dir);
}

const nameOf = (dir: string) => createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 24);

/** The same for every process that names the folder; in a private folder of the temporary one when the path is too long. */
export function socketPath(dir: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\kosint-database-${nameOf(dir)}`;
  const inside = join(realpathSync(dir), 'database.sock');
  if (inside.length <= longestSocketPath) return inside;
  return join(privateFolder(`kosint-${process.getuid?.() ?? 0}-${nameOf(dir)}`), 'database.sock');
}

/** In the temporary folder, for this user alone. Whoever of the machine made it before could listen there in our place. */
export function privateFolder(name: string): string {
  const folder = join(tmpdir(), name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { mode, uid } = lstatSync(folder);
  const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
  if (!isOwn)
    throw new Error(`The folder ${folder} is not this user's alone: remove it, or use a shorter path`);
  return folder;
}

export const connectionString = (address: { socket: string } | { port: number }): string =>
  'socket' in address
    ? `mongodb://${encodeURIComponent(address.socket)}/?directConnection=true`
    : `mongodb://127.0.0.1:${address.port}/?directConnection=true`;

export class FolderInUse extends Error {
  constructor(dir: string) {
    super(`The database folder ${dir} is already open in another process`);
  }
}

/**
 * Holds the folder until the process ends, however it ends: Linux and Windows free a listening name by themselves.
 * Elsewhere a socket file stands in, and one that nobody answers is taken over.
 */
export async function lockFolder(dir: string): Promise<{ release(): void }> {
  const byName = process.platform === 'linux' || process.platform === 'win32';
  const name =
    process.platform === 'linux'
      ? `\0kosint-database-lock-${nameOf(dir)}`
      : process.platform === 'win32'
        ? `\\\\.\\pipe\\kosint-database-lock-${nameOf(dir)}`
        : `${socketPath(dir)}.lock`;
  if (!byName && existsSync(name)) {
    if (await answers(name)) throw new FolderInUse(dir);
    rmSync(name, { force: true });
  }
  const holder = await held(name).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new FolderInUse(dir) : error;
  });
  return { release: () => void holder.close() };
}

function held(name: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });
}

export function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

const mark = (dir: string) => join(dir, 'open');

/** Leaves a mark while the folder is open; true when the last process left one behind. */
export function markOpen(dir: string): boolean {
  const unclean = existsSync(mark(dir));
  writeFileSync(mark(dir), String(process.pid), { mode: 0o600 });
  return unclean;
}

export function markClosed(dir: string): void {
  rmSync(mark(dir), { force: true });
}
