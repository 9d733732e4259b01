// Duty: tells each program of this machine, by a number in a file of its own, that another one changed something. Reading it costs
// no round trip, so an answer kept in memory can be proved fresh at every use. What was changed is not said.
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Doc } from './semantics/values.ts';

const folderOf = (dir: string): string => join(dir, 'marks');
const host = hostname().replace(/[^\w]/g, '').slice(0, 30);
const nameFormat = /^mark-(\w*)-(\d+)-[0-9a-f]{12}$/;
const size = 8;

/** A program's own mark. It connects under `application`, so that its own changes do not count. */
export interface ChangeMark {
  readonly application: string;
  /** Rises before a change by another program is acknowledged; 0 while the database does not know of this program. */
  count(): bigint;
  remove(): void;
}

/** Make it before connecting: the database learns of it by the handshake. */
export function makeChangeMark(dir: string): ChangeMark {
  const folder = folderOf(dir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeLeftMarks(folder);
  const application = `mark-${host}-${process.pid}-${randomBytes(6).toString('hex')}`;
  const path = join(folder, application);
  const file = openSync(path, 'wx+', 0o600);
  const bytes = Buffer.alloc(size);
  writeSync(file, bytes, 0, size, 0);
  return {
    application,
    count() {
      readSync(file, bytes, 0, size, 0);
      return bytes.readBigUInt64LE();
    },
    remove() {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

/** Of programs of this host that ended without removing theirs. */
function removeLeftMarks(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, ofHost, pid] = nameFormat.exec(name) ?? [];
    if (ofHost === host && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface Kept {
  file: number;
  count: bigint;
}

/** The database's side: every mark there is. */
export class ChangeMarks {
  readonly #folder: string;
  readonly #log: (line: string, details?: object) => void;
  readonly #kept = new Map<string, Kept>();
  readonly #bytes = Buffer.alloc(size);

  /** Programs that stayed while the database was away cannot know what happened meanwhile: all marks rise. */
  constructor(dir: string, log: (line: string, details?: object) => void) {
    this.#folder = folderOf(dir);
    this.#log = log;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#folder)) this.keep(name);
  }

  /** Called with the name a client gives itself at its handshake; a name without a mark is nobody's. */
  keep(application: string): void {
    if (this.#kept.has(application) || !nameFormat.test(application)) return;
    try {
      const file = openSync(join(this.#folder, application), 'r+');
      readSync(file, this.#bytes, 0, size, 0);
      const kept = { file, count: this.#bytes.readBigUInt64LE() };
      this.#kept.set(application, kept);
      this.#raise(kept);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  /** After the commit and before its answer: whoever reads an unchanged mark later has missed nothing acknowledged. */
  changedBy(application: string | undefined): void {
    for (const [name, kept] of this.#kept) {
      if (name !== application) this.#raise(kept);
    }
  }

  #raise(kept: Kept): void {
    kept.count += 1n;
    this.#bytes.writeBigUInt64LE(kept.count);
    try {
      writeSync(kept.file, this.#bytes, 0, size, 0);
    } catch (error) {
      this.#log('a mark of changes could not be written', { error: String(error) });
    }
  }

  close(): void {
    for (const { file } of this.#kept.values()) closeSync(file);
    this.#kept.clear();
  }
}

const reading = new Set(
  [
    'hello isMaster ismaster ping endSessions killSessions killAllSessions refreshSessions startSession',
    'saslStart saslContinue logout authenticate find getMore killCursors count distinct explain listCollections',
    'listIndexes listDatabases listCommands buildInfo buildinfo hostInfo getParameter getCmdLineOpts getLog',
    'serverStatus connectionStatus whatsmyuri collStats dbStats validate currentOp getFreeMonitoringStatus fsync snapshot',
  ].flatMap((names) => names.split(' ')),
);

/** False only for what certainly leaves every document as it is. */
export function mayChange(body: Doc): boolean {
  const name = Object.keys(body)[0] ?? '';
  if (name !== 'aggregate') return !reading.has(name);
  const stages = Array.isArray(body.pipeline) ? (body.pipeline as unknown[]) : [];
  return stages.some((stage) => Object.keys(stage ?? {}).some((key) => key === '$out' || key === '$merge'));
}
