// Duty: which collections and indexes exist, and how many documents and bytes each holds, in memory and in the store's
// meta table. Does not touch documents or index entries, except to clear away what was dropped.
import { UUID } from 'bson';
import { CommandError } from './errors.ts';
import { type Index, indexFrom, indexRecord } from './indexDefinition.ts';
import { afterPrefix, prefixed } from './keys.ts';
import { type Doc, decode, encode } from './semantics/values.ts';
import type { Store } from './store.ts';

export interface Collection {
  readonly id: number;
  /** `database.name`; changes when renamed. */
  namespace: string;
  readonly uuid: UUID;
  /** What `create` was told, as listCollections shows it. */
  options: Doc;
  /** The index on `_id` comes first. */
  indexes: Index[];
  count: number;
  bytes: number;
  /** Grows with every write, so that a search can tell whether it still holds. */
  version: number;
  /** Records keep the order of insertion (capped, time series) instead of the order of `_id`. */
  readonly sequenced: boolean;
  nextSequence: number;
  dropped: boolean;
}

export interface View {
  readonly namespace: string;
  readonly viewOn: string;
  readonly pipeline: Doc[];
  readonly options: Doc;
}

const nextIdKey = Buffer.from('next');
const collectionKey = (namespace: string) => Buffer.from(`c${namespace}`);
const countKey = (id: number) => Buffer.concat([Buffer.from('n'), prefixed(id, Buffer.alloc(0))]);
const garbageKey = (id: number) => Buffer.concat([Buffer.from('g'), prefixed(id, Buffer.alloc(0))]);

export const databaseOf = (namespace: string) => namespace.slice(0, namespace.indexOf('.'));
export const collectionOf = (namespace: string) => namespace.slice(namespace.indexOf('.') + 1);

export class Catalogue {
  readonly #store: Store;
  readonly #collections = new Map<string, Collection>();
  readonly #views = new Map<string, View>();
  readonly #changed = new Set<Collection>();
  #nextId = 1;

  constructor(store: Store) {
    this.#store = store;
    this.#load();
    store.onLostWrites(() => this.#load());
  }

  find(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  view(namespace: string): View | undefined {
    return this.#views.get(namespace);
  }

  collections(database?: string): Collection[] {
    const all = [...this.#collections.values()];
    return database === undefined ? all : all.filter((each) => databaseOf(each.namespace) === database);
  }

  views(database: string): View[] {
    return [...this.#views.values()].filter((each) => databaseOf(each.namespace) === database);
  }

  databases(): string[] {
    const names = [...this.#collections.keys(), ...this.#views.keys()].map(databaseOf);
    return [...new Set(names)].sort();
  }

  /** Inside a transaction: the collection, made on the way when it does not exist. */
  ensure(namespace: string): Collection {
    if (this.#views.has(namespace))
      throw new CommandError(166, `Namespace ${namespace} is a view, not a collection`);
    return this.find(namespace) ?? this.create(namespace, {});
  }

  /** Inside a transaction. */
  create(namespace: string, options: Doc): Collection {
    checkNamespace(namespace);
    const sequenced = 'capped' in options || 'timeseries' in options;
    const collection: Collection = {
      id: this.#takeId(),
      namespace,
      uuid: new UUID(),
      options,
      indexes: [],
      count: 0,
      bytes: 0,
      version: 0,
      sequenced,
      nextSequence: 1,
      dropped: false,
    };
    if (!('timeseries' in options)) collection.indexes.push(this.#idIndex(options, sequenced));
    this.#collections.set(namespace, collection);
    this.save(collection);
    this.#saveCount(collection);
    return collection;
  }

  /** Inside a transaction. */
  createView(namespace: string, options: Doc): void {
    checkNamespace(namespace);
    this.#store.meta.put(collectionKey(namespace), encode({ view: true, options }));
    this.#views.set(namespace, viewFrom(namespace, options));
  }

  #idIndex(options: Doc, sequenced: boolean): Index {
    const clustered = options.clusteredIndex as Doc | undefined;
    const name = typeof clustered?.name === 'string' ? clustered.name : '_id_';
    const spec: Doc = { v: 2, key: { _id: 1 }, name };
    return indexFrom({ id: this.#takeId(), spec, unique: true, primary: !sequenced });
  }

  /** Inside a transaction: gives the index its number and remembers it. */
  addIndex(collection: Collection, spec: Doc, building: boolean): Index {
    const index = indexFrom({ id: this.#takeId(), spec, building });
    collection.indexes.push(index);
    this.save(collection);
    return index;
  }

  /** Inside a transaction: the entries go with `clearGarbage`. */
  removeIndex(collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((each) => each !== index);
    this.#store.meta.put(garbageKey(index.id), Buffer.from('i'));
    this.save(collection);
  }

  /** Inside a transaction: the documents and entries go with `clearGarbage`. */
  drop(namespace: string): void {
    const collection = this.#collections.get(namespace);
    this.#store.meta.remove(collectionKey(namespace));
    this.#views.delete(namespace);
    if (!collection) return;
    collection.dropped = true;
    this.#collections.delete(namespace);
    this.#store.meta.remove(countKey(collection.id));
    this.#store.meta.put(garbageKey(collection.id), Buffer.from('d'));
    for (const index of collection.indexes) this.#store.meta.put(garbageKey(index.id), Buffer.from('i'));
  }

  /** Inside a transaction. */
  rename(from: string, to: string): void {
    checkNamespace(to);
    const collection = this.#collections.get(from)!;
    this.#store.meta.remove(collectionKey(from));
    this.#collections.delete(from);
    collection.namespace = to;
    this.#collections.set(to, collection);
    this.save(collection);
  }

  /** Inside a transaction: after a change of options or of an index's flags. */
  save(collection: Collection): void {
    const { id, uuid, options, indexes } = collection;
    const record = encode({ id, uuid, options, indexes: indexes.map(indexRecord) });
    this.#store.meta.put(collectionKey(collection.namespace), record);
  }

  countsChanged(collection: Collection): void {
    this.#changed.add(collection);
  }

  /** Last thing inside every transaction, so that counts and documents are on disk together. */
  saveCounts(): void {
    for (const collection of this.#changed) if (!collection.dropped) this.#saveCount(collection);
    this.#changed.clear();
  }

  #saveCount(collection: Collection): void {
    const bytes = Buffer.allocUnsafe(24);
    bytes.writeDoubleLE(collection.count, 0);
    bytes.writeDoubleLE(collection.bytes, 8);
    bytes.writeDoubleLE(collection.nextSequence, 16);
    this.#store.meta.put(countKey(collection.id), bytes);
  }

  /** Removes what dropped collections and indexes left, in small transactions. Safe to repeat after a crash. */
  async clearGarbage(): Promise<void> {
    const start = Buffer.from('g');
    const pending = this.#store.meta.entries({ start, end: afterPrefix(start) });
    for (const { key, value } of pending) {
      const prefix = key.subarray(1);
      const table = String(value) === 'd' ? this.#store.docs : this.#store.idx;
      const range = { start: prefix, end: afterPrefix(prefix), limit: 1_000 };
      for (;;) {
        const left = await this.#store.write(() => {
          const keys = table.keys(range);
          for (const each of keys) table.remove(each);
          if (keys.length < range.limit) this.#store.meta.remove(key);
          return keys.length === range.limit;
        });
        if (!left) break;
      }
    }
  }

  #takeId(): number {
    const id = this.#nextId++;
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeUInt32BE(this.#nextId);
    this.#store.meta.put(nextIdKey, bytes);
    return id;
  }

  #load(): void {
    const before = new Map([...this.#collections.values()].map((each) => [each.id, each]));
    this.#collections.clear();
    this.#changed.clear();
    this.#views.clear();
    this.#nextId = this.#store.meta.get(nextIdKey)?.readUInt32BE() ?? 1;
    const start = Buffer.from('c');
    for (const { key, value } of this.#store.meta.entries({ start, end: afterPrefix(start) })) {
      const namespace = key.toString('utf8', 1);
      const record = decode(value);
      const options = record.options as Doc;
      if (record.view) {
        this.#views.set(namespace, viewFrom(namespace, options));
        continue;
      }
      const id = Number(record.id);
      const counts = this.#store.meta.get(countKey(id));
      const loaded: Collection = {
        id,
        namespace,
        uuid: new UUID((record.uuid as UUID).toString('hex')),
        options,
        indexes: (record.indexes as Doc[]).map((each) => indexFrom(each)),
        count: counts?.readDoubleLE(0) ?? 0,
        bytes: counts?.readDoubleLE(8) ?? 0,
        version: 0,
        sequenced: 'capped' in options || 'timeseries' in options,
        nextSequence: counts?.readDoubleLE(16) ?? 1,
        dropped: false,
      };
      const known = before.get(id);
      // Operations under way hold on to the object they know: it is corrected in place.
      const collection = known ? Object.assign(known, loaded, { version: known.version + 1 }) : loaded;
      before.delete(id);
      this.#collections.set(namespace, collection);
    }
    for (const lost of before.values()) lost.dropped = true;
  }
}

function viewFrom(namespace: string, options: Doc): View {
  const { viewOn, pipeline } = options as { viewOn: string; pipeline?: Doc[] };
  return { namespace, viewOn: `${databaseOf(namespace)}.${viewOn}`, pipeline: pipeline ?? [], options };
}

function checkNamespace(namespace: string): void {
  const name = collectionOf(namespace);
  const bad =
    name === '' ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    /[$\0]/.test(name) ||
    Buffer.byteLength(namespace) > 255 ||
    !/^[^/\\. "$\0]{1,63}$/.test(databaseOf(namespace));
  if (bad) throw new CommandError(73, `Invalid namespace specified '${namespace}'`);
  if (name.startsWith('system.') && name !== 'system.js') {
    throw new CommandError(73, `Invalid system namespace: ${namespace}`);
  }
}
