// Duty: reads what a plan names, in chunks that are each one moment of the store; between chunks others may write.
import type { Collection } from './catalogue.ts';
import { CommandError } from './errors.ts';
import { recordKeyOf } from './indexEntries.ts';
import { afterPrefix, prefixed } from './keys.ts';
import type { IndexPlan, Plan } from './planner.ts';
import type { KeyRange } from './predicates.ts';
import type { Stored } from './records.ts';
import type { Entry, Range, Store } from './store.ts';

export interface ScanCounts {
  keys: number;
  documents: number;
}

const largestChunk = 1_024;
const chunkBytes = 4 * 1024 * 1024;

/** `expected` is how many documents will probably be enough: the first chunk reads no more. */
export function* scan(
  store: Store,
  collection: Collection,
  plan: Plan,
  counts: ScanCounts,
  expected = 64,
): Generator<Stored[]> {
  switch (plan.kind) {
    case 'collection':
      yield* readDocuments(store, collection, [whole], plan.reverse, counts, expected);
      return;
    case 'index':
      if (plan.index.primary) {
        const before = counts.documents;
        for (const chunk of readDocuments(store, collection, plan.ranges, plan.reverse, counts, expected)) {
          counts.keys += chunk.length;
          yield chunk;
        }
        if (counts.documents === before) counts.keys += 1;
        return;
      }
      yield* readIndex(store, collection, plan, counts, expected);
      return;
    case 'or': {
      const seen = new Set<string>();
      for (const each of plan.plans) {
        for (const chunk of scan(store, collection, each, counts, expected)) yield unseen(chunk, seen);
      }
    }
  }
}

const whole: KeyRange = { start: Buffer.alloc(0), end: Buffer.alloc(0) };

function unseen(chunk: Stored[], seen: Set<string>): Stored[] {
  return chunk.filter(({ key }) => {
    const name = Buffer.from(key).toString('latin1');
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** Cuts the key out of its place only when somebody asks for it. */
class Placed implements Stored {
  readonly #place: Buffer;
  readonly bytes: Buffer;

  constructor(place: Buffer, bytes: Buffer) {
    this.#place = place;
    this.bytes = bytes;
  }

  get key(): Uint8Array {
    return this.#place.subarray(4);
  }
}

function* readDocuments(
  store: Store,
  collection: Collection,
  ranges: KeyRange[],
  reverse: boolean,
  counts: ScanCounts,
  expected: number,
): Generator<Stored[]> {
  const read = (range: Range) => store.docs.entries(range);
  for (const entries of inChunks(read, collection.id, ranges, reverse, expected)) {
    alive(collection);
    counts.documents += entries.length;
    yield entries.map(({ key, value }) => new Placed(key, value));
  }
}

function* readIndex(
  store: Store,
  collection: Collection,
  plan: IndexPlan,
  counts: ScanCounts,
  expected: number,
): Generator<Stored[]> {
  const seen = new Set<string>();
  const read = (range: Range) => store.idx.entries(range);
  for (const entries of inChunks(read, plan.index.id, plan.ranges, plan.reverse, expected)) {
    alive(collection);
    counts.keys += entries.length;
    const chunk: Stored[] = [];
    for (const entry of entries) {
      const key = recordKeyOf(entry);
      const bytes = store.docs.get(prefixed(collection.id, key));
      if (bytes) chunk.push({ key, bytes });
    }
    const distinct = plan.index.arraysAt !== 0 ? unseen(chunk, seen) : chunk;
    counts.documents += distinct.length;
    yield distinct;
  }
}

/** Every chunk seeks anew behind the last key, so that no read transaction stays open. */
function* inChunks(
  read: (range: Range) => Entry[],
  id: number,
  ranges: KeyRange[],
  reverse: boolean,
  expected: number,
): Generator<Entry[]> {
  const prefix = prefixed(id, Buffer.alloc(0));
  let limit = Math.max(1, Math.min(expected, largestChunk));
  for (const range of ranges) {
    let start = prefixed(id, range.start);
    let end = range.end.length === 0 ? afterPrefix(prefix) : prefixed(id, range.end);
    for (;;) {
      const entries = read({ start, end, limit, reverse });
      if (entries.length > 0) yield entries;
      if (entries.length < limit) break;
      const last = entries.at(-1)!.key;
      if (reverse) end = last;
      else start = Buffer.concat([last, Buffer.alloc(1)]);
      const bytes = entries.reduce((sum, { value }) => sum + value.length, 0);
      // Large documents make small chunks.
      limit = bytes > chunkBytes ? Math.max(1, limit >> 2) : Math.min(largestChunk, Math.max(64, limit * 2));
    }
  }
}

/** How many entries an exact index plan covers, without reading a document. */
export function countEntries(store: Store, collection: Collection, plan: IndexPlan): number {
  const id = plan.index.primary ? collection.id : plan.index.id;
  const table = plan.index.primary ? store.docs : store.idx;
  let total = 0;
  for (const { start, end } of plan.ranges) {
    const last = end.length === 0 ? afterPrefix(prefixed(id, end)) : prefixed(id, end);
    total += table.count(prefixed(id, start), last);
  }
  return total;
}

function alive(collection: Collection): void {
  if (collection.dropped) {
    throw new CommandError(175, `collection dropped. UUID ${collection.uuid.toHexString()}`);
  }
}
