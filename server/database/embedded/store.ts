// Duty: durable ordered bytes on disk (LMDB): three tables, group-committed transactions. Knows neither BSON nor collections.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase, type Transaction } from 'lmdb';
import { CommandError } from './errors.ts';

export interface Entry {
  key: Buffer;
  value: Buffer;
}

export interface Range {
  start: Uint8Array;
  /** Exclusive. */
  end: Uint8Array;
  limit?: number;
  reverse?: boolean;
}

export class Table {
  readonly #database: Database<Uint8Array, Uint8Array>;

  constructor(database: Database<Uint8Array, Uint8Array>) {
    this.#database = database;
  }

  get(key: Uint8Array): Buffer | undefined {
    return this.#database.get(key) as Buffer | undefined;
  }

  has(key: Uint8Array): boolean {
    return this.#database.doesExist(key);
  }

  /** Only inside `Store.write`: applied at once, durable when the write's promise resolves. */
  put(key: Uint8Array, value: Uint8Array): void {
    void this.#database.put(key, value);
  }

  /** Only inside `Store.write`. */
  remove(key: Uint8Array): void {
    void this.#database.remove(key);
  }

  /** As of `moment` where one is given, else as of now. */
  entries(range: Range, moment?: Transaction): Entry[] {
    return this.#options(range, (options) =>
      Array.from(this.#database.getRange(moment ? { ...options, transaction: moment } : options)),
    ) as Entry[];
  }

  keys(range: Range): Buffer[] {
    return this.#options(range, (options) => Array.from(this.#database.getKeys(options))) as Buffer[];
  }

  count(start: Uint8Array, end: Uint8Array): number {
    return this.#database.getKeysCount({ start, end });
  }

  /** `start` stays the lower edge when reading backwards; LMDB wants the edges turned round and shifted by one. */
  #options<T>(range: Range, read: (options: object) => T): T {
    const { start, end, limit, reverse } = range;
    return reverse
      ? read({ start: end, end: start, limit, reverse: true, exclusiveStart: true, inclusiveEnd: true })
      : read({ start, end, limit });
  }
}

/** Copies out of lmdb's own buffer into Node's pool: several times faster than lmdb's way of making a `Buffer` each. */
function copied(bytes: Uint8Array, start: number, end: number): Buffer {
  const size = end - start;
  const copy = Buffer.allocUnsafe(size);
  if (size > 48) copy.set(new Uint8Array(bytes.buffer, bytes.byteOffset + start, size));
  else for (let at = 0; at < size; at++) copy[at] = bytes[start + at]!;
  return copy;
}

const bytesAsTheyAre = {
  encoder: {
    encode: (bytes: Uint8Array) => bytes,
    // lmdb's buffer is longer than it says: `length` is what it wrote this time.
    decode: (bytes: Uint8Array) => copied(bytes, 0, bytes.length),
  },
  keyEncoder: {
    writeKey: (key: Uint8Array, target: Uint8Array, start: number) => {
      target.set(key, start);
      return start + key.length;
    },
    readKey: copied,
  },
};

export interface StoreOptions {
  log?: (line: string, details?: object) => void;
}

export class Store {
  readonly docs: Table;
  readonly idx: Table;
  readonly meta: Table;
  readonly #root: RootDatabase<Uint8Array, Uint8Array>;
  readonly #file: string;
  readonly #log: (line: string, details?: object) => void;
  readonly #reloads: (() => void)[] = [];
  #fullSince: number | undefined;
  /** A full disk is said once a minute, not at every try. */
  #toldFull = Number.NEGATIVE_INFINITY;

  constructor(dir: string, options: StoreOptions = {}) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.#file = join(dir, 'data.mdb');
    this.#log = options.log ?? (() => {});
    this.#root = open<Uint8Array, Uint8Array>({
      path: dir,
      noSubdir: false,
      encoding: 'binary',
      keyEncoding: 'binary',
      pageSize: 8_192,
      overlappingSync: false,
      maxDbs: 4,
    });
    const table = (name: string) => new Table(this.#root.openDB(name, bytesAsTheyAre as object));
    this.docs = table('docs');
    this.idx = table('idx');
    this.meta = table('meta');
  }

  /**
   * Runs `work` inside a write transaction and resolves once it is on disk. Callers that wait at the same time share one
   * commit. A throw rejects the promise but undoes nothing: `work` must check everything before its first put.
   */
  async write<T>(work: () => T): Promise<T> {
    if (this.#fullSince !== undefined && Date.now() - this.#fullSince < 5_000) throw diskFull();
    let thrown: unknown;
    try {
      const result = await this.#root.transaction(() => {
        try {
          return work();
        } catch (error) {
          thrown = error;
          throw error;
        }
      });
      this.#fullSince = undefined;
      return result;
    } catch (error) {
      if (error === thrown && error instanceof CommandError) throw error;
      await this.#commitFailed(error);
      throw error;
    }
  }

  /**
   * The store as it is now, to be given to `Table.entries`, until `done()`: whatever is written meanwhile takes new room on the
   * disk, so nobody may hold it for long.
   */
  moment(): Transaction {
    // biome-ignore lint/correctness/useHookAtTopLevel: it is no hook of React
    return this.#root.useReadTransaction();
  }

  /** `listener` runs after a failed commit: whatever memory held of the lost transaction must be read anew. */
  onLostWrites(listener: () => void): void {
    this.#reloads.push(listener);
  }

  async #commitFailed(error: unknown): Promise<never> {
    const reason = await causeOf(error);
    for (const reload of this.#reloads) reload();
    const isFull = noRoom.test(reason);
    if (!isFull || performance.now() - this.#toldFull > 60_000) {
      this.#log('database write failed', { reason });
      if (isFull) this.#toldFull = performance.now();
    }
    if (isFull) {
      this.#fullSince = Date.now();
      throw diskFull();
    }
    throw new CommandError(1, `The write could not be saved: ${reason}`);
  }

  bytesOnDisk(): number {
    return statSync(this.#file).blocks * 512;
  }

  async close(): Promise<void> {
    await this.#root.close();
  }
}

/** A write that found room for only part of it is reported as an input/output error. */
const noRoom = /no space|ENOSPC|EFBIG|file too large|MAP_FULL|quota|input\/output error/i;

const diskFull = () =>
  new CommandError(14031, 'No space left on the disk: the database only reads until there is');

/** lmdb rejects with a general error whose `commitError` promise is rejected with the true one. */
async function causeOf(error: unknown): Promise<string> {
  const commitError = (error as { commitError?: Promise<never> } | undefined)?.commitError;
  if (commitError) {
    const cause = await Promise.race([
      commitError.catch((inner: unknown) => inner),
      new Promise((resolve) => setTimeout(resolve, 200)),
    ]);
    if (cause instanceof Error) return cause.message;
  }
  return error instanceof Error ? error.message : String(error);
}
