// Duty: results that are fetched in batches: keeps what is not yet sent, closes what nobody asks for any more.
import { Long } from 'bson';
import { CommandError } from './errors.ts';
import type { Operation } from './operation.ts';
import { type Doc, encode, type Row } from './semantics/values.ts';

/** Documents a batch may hold in bytes; a single larger document goes alone. */
const batchBytes = 16 * 1024 * 1024;
const idleMilliseconds = 10 * 60_000;

export interface CursorOptions {
  namespace: string;
  rows: AsyncIterable<readonly Row[]>;
  operation: Operation;
  noTimeout?: boolean;
  /** Hex of the session that opened it: ending the session closes the cursor. */
  session?: string | undefined;
  /** Stays open at the end and waits for more (capped collections). */
  tail?: Tail;
}

export interface Tail {
  /** Resolves when there may be more, at the latest after the given time. */
  wait(milliseconds: number): Promise<void>;
  /** Reads on behind the last row. */
  resume(): AsyncIterable<readonly Row[]>;
}

export class Cursor {
  readonly id: Long;
  readonly namespace: string;
  readonly session: string | undefined;
  readonly noTimeout: boolean;
  usedAt = Date.now();
  busy = false;
  readonly #operation: Operation;
  readonly #tail: Tail | undefined;
  #rows: AsyncIterator<readonly Row[]>;
  #held: readonly Row[] = [];
  #at = 0;
  #done = false;

  constructor(options: CursorOptions) {
    this.id = Long.fromBigInt(randomId());
    this.namespace = options.namespace;
    this.session = options.session;
    this.noTimeout = options.noTimeout ?? false;
    this.#operation = options.operation;
    this.#tail = options.tail;
    this.#rows = options.rows[Symbol.asyncIterator]();
  }

  /** At most `size` rows and 16 MB. Afterwards `exhausted` tells whether another batch could bring any. */
  async batch(size: number, waitMilliseconds = 0): Promise<Row[]> {
    const rows = await this.#take(size);
    if (rows.length > 0 || !this.#tail || size === 0) return rows;
    await this.#tail.wait(waitMilliseconds);
    await this.#rewind();
    return this.#take(size);
  }

  async #take(size: number): Promise<Row[]> {
    const rows: Row[] = [];
    let bytes = 0;
    while (rows.length < size) {
      const row = await this.#peek();
      if (row === undefined) break;
      const length = row instanceof Uint8Array ? row.length : encode(row).length;
      if (rows.length > 0 && bytes + length > batchBytes) break;
      bytes += length;
      rows.push(row);
      this.#at++;
    }
    return rows;
  }

  get exhausted(): boolean {
    return this.#done && this.#at >= this.#held.length && !this.#tail;
  }

  /** Looks one row ahead, so that a result that ends with a batch needs no further round trip. */
  async settle(): Promise<void> {
    if (!this.#tail) await this.#peek();
  }

  async #peek(): Promise<Row | undefined> {
    while (this.#at >= this.#held.length && !this.#done) {
      const { value, done } = await this.#rows.next();
      this.#held = done ? [] : value;
      this.#at = 0;
      this.#done = done === true;
    }
    return this.#held[this.#at];
  }

  async #rewind(): Promise<void> {
    this.#rows = this.#tail!.resume()[Symbol.asyncIterator]();
    this.#done = false;
  }

  kill(reason: string): void {
    this.#operation.kill(reason);
    // An iterator that is being read ends at its next checkpoint instead.
    if (!this.busy) void this.#rows.return?.();
  }
}

export class Cursors {
  readonly #open = new Map<string, Cursor>();

  get count(): number {
    return this.#open.size;
  }

  keep(cursor: Cursor): void {
    this.#open.set(cursor.id.toString(), cursor);
  }

  get(id: Long, namespace: string): Cursor {
    const cursor = this.#open.get(id.toString());
    if (!cursor) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.busy) throw new CommandError(237, `cursor id ${id} is already in use`);
    cursor.usedAt = Date.now();
    return cursor;
  }

  remove(cursor: Cursor): void {
    this.#open.delete(cursor.id.toString());
  }

  kill(id: Long, namespace: string): boolean {
    const cursor = this.#open.get(id.toString());
    if (cursor?.namespace !== namespace) return false;
    this.remove(cursor);
    cursor.kill('operation was interrupted because its cursor was killed');
    return true;
  }

  killWhere(condition: (cursor: Cursor) => boolean, reason: string): void {
    for (const cursor of this.#open.values()) {
      if (!condition(cursor)) continue;
      this.remove(cursor);
      cursor.kill(reason);
    }
  }

  closeIdle(now = Date.now()): void {
    const idle = (cursor: Cursor) =>
      !cursor.noTimeout && !cursor.busy && now - cursor.usedAt > idleMilliseconds;
    this.killWhere(idle, 'cursor timed out');
  }

  closeAll(): void {
    this.killWhere(() => true, 'the database is closing');
  }
}

function randomId(): bigint {
  const bytes = crypto.getRandomValues(new BigUint64Array(1));
  return BigInt.asUintN(62, bytes[0]!) + 1n;
}

export const cursorFields = (cursor: Cursor, open: boolean): Doc => ({
  id: open ? cursor.id : Long.ZERO,
  ns: cursor.namespace,
});
