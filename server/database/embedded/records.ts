// Duty: keeps documents, their index entries and the counts together: one change is whole or not at all. Runs inside
// `Store.write`; everything is checked before the first put, because a throw undoes nothing.
import type { Catalogue, Collection } from './catalogue.ts';
import { duplicateKey } from './duplicateKey.ts';
import { CommandError } from './errors.ts';
import type { Index } from './indexDefinition.ts';
import { entriesOf, entryFor, type IndexEntries, recordKeyOf } from './indexEntries.ts';
import { afterPrefix, encodeTuple, prefixed } from './keys.ts';
import { compilePath, decodeTrusted, readField } from './semantics/rawBson.ts';
import type { Doc, Value } from './semantics/values.ts';
import type { Store } from './store.ts';

/** A stored document: the key within its collection, and its bytes. */
export interface Stored {
  key: Uint8Array;
  bytes: Uint8Array;
}

const idPath = compilePath('_id');
export const idOf = (bytes: Uint8Array): Value => readField(bytes, idPath);

export class Records {
  readonly #store: Store;
  readonly #catalogue: Catalogue;

  constructor(store: Store, catalogue: Catalogue) {
    this.#store = store;
    this.#catalogue = catalogue;
  }

  get(collection: Collection, key: Uint8Array): Buffer | undefined {
    return this.#store.docs.get(prefixed(collection.id, key));
  }

  insert(collection: Collection, bytes: Uint8Array): void {
    this.#alive(collection);
    const id = idOf(bytes);
    const key = this.#keyFor(collection, id);
    const place = prefixed(collection.id, key);
    if (this.#store.docs.has(place)) {
      throw duplicateKey(collection.namespace, collection.indexes[0]!, { _id: id });
    }
    const changes = this.#changes(collection, key, undefined, bytes);
    this.#store.docs.put(place, bytes);
    this.#apply(collection, changes, key);
    if (collection.sequenced) collection.nextSequence++;
    this.#counted(collection, 1, bytes.length);
    if (collection.options.capped) this.#trim(collection);
  }

  replace(collection: Collection, old: Stored, bytes: Uint8Array): void {
    this.#alive(collection);
    const changes = this.#changes(collection, old.key, old.bytes, bytes);
    this.#store.docs.put(prefixed(collection.id, old.key), bytes);
    this.#apply(collection, changes, old.key);
    this.#counted(collection, 0, bytes.length - old.bytes.length);
  }

  remove(collection: Collection, old: Stored): void {
    this.#alive(collection);
    const changes = this.#changes(collection, old.key, old.bytes, undefined);
    this.#store.docs.remove(prefixed(collection.id, old.key));
    this.#apply(collection, changes, old.key);
    this.#counted(collection, -1, -old.bytes.length);
  }

  /** Adds the entries of one existing document to an index that is being built. */
  addEntries(collection: Collection, index: Index, record: Stored): void {
    const entries = entriesOf(index, decodeTrusted(record.bytes));
    this.#checkUnique(collection, index, entries, record);
    this.#apply(collection, [{ index, removed: [], added: entries.prefixes, entries }], record.key);
  }

  #keyFor(collection: Collection, id: Value): Buffer {
    if (collection.sequenced) return sequenceKey(collection);
    const { bytes, cut } = encodeTuple([id], [false]);
    const index = collection.indexes[0]!;
    if (cut && !index.cut) {
      index.cut = true;
      this.#catalogue.save(collection);
    }
    return bytes;
  }

  #alive(collection: Collection): void {
    if (collection.dropped)
      throw new CommandError(26, `Collection ${collection.namespace} was dropped meanwhile`);
  }

  #changes(collection: Collection, key: Uint8Array, before?: Uint8Array, after?: Uint8Array): Change[] {
    const changes: Change[] = [];
    let old: Doc | undefined;
    let now: Doc | undefined;
    for (const index of collection.indexes) {
      if (index.primary) continue;
      old ??= before && decodeTrusted(before);
      now ??= after && decodeTrusted(after);
      const removed = old ? entriesOf(index, old).prefixes : [];
      const entries = now ? entriesOf(index, now) : { prefixes: [], arraysAt: 0, cut: false };
      const added = entries.prefixes.filter((each) => !removed.some((other) => other.equals(each)));
      const gone = removed.filter((each) => !entries.prefixes.some((other) => other.equals(each)));
      if (after) this.#checkUnique(collection, index, { ...entries, prefixes: added }, { key, bytes: after });
      if (added.length > 0 || gone.length > 0) changes.push({ index, removed: gone, added, entries });
    }
    return changes;
  }

  #checkUnique(collection: Collection, index: Index, entries: IndexEntries, record: Stored): void {
    if (!index.unique && !index.prepareUnique) return;
    for (const prefix of entries.prefixes) {
      const [found] = this.#store.idx.entries({ start: prefix, end: afterPrefix(prefix), limit: 1 });
      if (found && !recordKeyOf(found).equals(record.key)) {
        throw duplicateKey(collection.namespace, index, decodeTrusted(record.bytes));
      }
    }
  }

  #apply(collection: Collection, changes: Change[], key: Uint8Array): void {
    let flagged = false;
    for (const { index, removed, added, entries } of changes) {
      for (const prefix of removed) this.#store.idx.remove(entryFor(prefix, key).key);
      for (const prefix of added) {
        const entry = entryFor(prefix, key);
        this.#store.idx.put(entry.key, entry.value);
      }
      if (entries.arraysAt & ~index.arraysAt || (entries.cut && !index.cut)) {
        index.arraysAt |= entries.arraysAt;
        index.cut ||= entries.cut;
        flagged = true;
      }
    }
    if (flagged) this.#catalogue.save(collection);
  }

  #counted(collection: Collection, documents: number, bytes: number): void {
    collection.count += documents;
    collection.bytes += bytes;
    collection.version++;
    this.#catalogue.countsChanged(collection);
  }

  /** A capped collection forgets its oldest documents. */
  #trim(collection: Collection): void {
    const size = Number(collection.options.size ?? Infinity);
    const max = Number(collection.options.max ?? Infinity);
    while (collection.count > max || (collection.bytes > size && collection.count > 1)) {
      const start = prefixed(collection.id, Buffer.alloc(0));
      const [oldest] = this.#store.docs.entries({ start, end: afterPrefix(start), limit: 1 });
      this.remove(collection, { key: oldest!.key.subarray(4), bytes: oldest!.value });
    }
  }
}

interface Change {
  index: Index;
  removed: Buffer[];
  added: Buffer[];
  entries: IndexEntries;
}

const sequenceKey = (collection: Collection): Buffer => {
  const key = Buffer.allocUnsafe(8);
  key.writeBigUInt64BE(BigInt(collection.nextSequence));
  return key;
};
