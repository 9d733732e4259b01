// Duty: what `collMod` changes of an existing index: when it expires documents, whether it is hidden, whether it is unique.
import type { Collection } from './catalogue.ts';
import type { Engine } from './engine.ts';
import { CommandError } from './errors.ts';
import { type Index, indexFrom, indexRecord, isTrue } from './indexDefinition.ts';
import { recordKeyOf, sharedKeyOf } from './indexEntries.ts';
import { afterPrefix, prefixed } from './keys.ts';
import { sameKey } from './planner.ts';
import { idOf } from './records.ts';
import { type Doc, isDoc, show, type Value } from './semantics/values.ts';

/** Inside a transaction, with the catalogue saved by the caller. */
export function changeIndex(engine: Engine, collection: Collection, change: Doc): Doc {
  const { name, keyPattern, expireAfterSeconds: seconds, hidden, prepareUnique, unique } = change;
  const index = collection.indexes.find((each) =>
    isDoc(keyPattern) ? sameKey(each.spec.key as Doc, keyPattern) : each.name === name,
  );
  if (!index) {
    throw new CommandError(
      27,
      `cannot find index ${show(name ?? keyPattern)} for ns ${collection.namespace}`,
    );
  }
  const reply: Doc = {};
  const spec = { ...index.spec };
  if (seconds !== undefined) {
    if (index.expireAfterSeconds !== undefined) reply.expireAfterSeconds_old = spec.expireAfterSeconds;
    reply.expireAfterSeconds_new = spec.expireAfterSeconds = seconds;
  }
  if (hidden !== undefined) {
    reply.hidden_old = index.hidden;
    reply.hidden_new = spec.hidden = isTrue(hidden);
  }
  if (prepareUnique !== undefined) {
    reply.prepareUnique_old = index.prepareUnique;
    reply.prepareUnique_new = spec.prepareUnique = isTrue(prepareUnique);
  }
  if (isTrue(unique) && !index.unique) {
    if (!index.prepareUnique) {
      throw new CommandError(72, 'Cannot make index unique with outstanding prepareUnique flag unset');
    }
    const violations = duplicates(engine, collection, index);
    if (violations.length > 0) {
      const message =
        'Cannot convert the index to unique. Please resolve conflicting documents before running collMod again.';
      throw new CommandError(359, message, { violations });
    }
    reply.unique_new = spec.unique = true;
    delete spec.prepareUnique;
  }
  const changed = indexFrom({ ...indexRecord(index), unique: index.unique || spec.unique === true, spec });
  collection.indexes = collection.indexes.map((each) => (each === index ? changed : each));
  return reply;
}

/** The documents that share a key, key by key. */
function duplicates(engine: Engine, collection: Collection, index: Index): Doc[] {
  const start = prefixed(index.id, Buffer.alloc(0));
  const groups = new Map<string, Value[]>();
  for (const entry of engine.store.idx.entries({ start, end: afterPrefix(start) })) {
    const shared = sharedKeyOf(entry).toString('latin1');
    const bytes = engine.records.get(collection, recordKeyOf(entry));
    if (bytes) groups.set(shared, [...(groups.get(shared) ?? []), idOf(bytes)]);
  }
  return [...groups.values()].filter((ids) => ids.length > 1).map((ids) => ({ ids }));
}
