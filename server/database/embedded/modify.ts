// Duty: updates and deletes: finds what matches, then changes it in bounded transactions that look again before they write.
import { ObjectId } from 'bson';
import type { Collection } from './catalogue.ts';
import type { Engine } from './engine.ts';
import { CommandError } from './errors.ts';
import { checkId, largestDocument, preparedDoc } from './insert.ts';
import { encodeValue } from './keys.ts';
import type { Operation } from './operation.ts';
import { firstMatch, type Selection, search, select } from './query.ts';
import { idOf, type Stored } from './records.ts';
import { compileCollation } from './semantics/compare.ts';
import { compileMatcher, type Matcher } from './semantics/matcher.ts';
import { decodeTrusted } from './semantics/rawBson.ts';
import type { Updater } from './semantics/update.ts';
import { type Doc, encode, type Value } from './semantics/values.ts';
import { validate } from './validation.ts';

const transactionDocuments = 1_000;
const transactionBytes = 8 * 1024 * 1024;
/** Collections up to this size are searched inside the transaction, whatever the plan. */
const smallCollection = 500;

export interface Changed {
  matched: number;
  modified: number;
  upserted?: Doc;
  before?: Uint8Array;
  after?: Uint8Array;
}

export interface Change extends Selection {
  updater: Updater;
  multi: boolean;
  upsert: boolean;
  bypassValidation?: boolean;
}

export async function update(
  engine: Engine,
  namespace: string,
  change: Change,
  operation: Operation,
): Promise<Changed> {
  if (change.multi) {
    const result = await updateMany(engine, namespace, change, operation);
    if (result.matched > 0 || !change.upsert) return result;
  }
  const matcher = matcherOf(change);
  return changeFirst(engine, namespace, change, operation, (collection, found) => {
    if (found) return applyUpdate(engine, collection, found, change, matcher);
    return change.upsert ? upsert(engine, namespace, change) : { matched: 0, modified: 0 };
  });
}

export async function remove(
  engine: Engine,
  namespace: string,
  selection: Selection,
  multi: boolean,
  operation: Operation,
): Promise<{ deleted: number; before?: Uint8Array }> {
  if (multi) {
    const deleted = await eachMatch(engine, namespace, selection, operation, (collection, record) =>
      engine.records.remove(collection, record),
    );
    return { deleted };
  }
  return changeFirst(engine, namespace, selection, operation, (collection, found) => {
    if (!found) return { deleted: 0 };
    engine.records.remove(collection, found);
    return { deleted: 1, before: found.bytes };
  });
}

const matcherOf = ({ filter, collation, variables }: Selection): Matcher =>
  compileMatcher(filter, { collation: compileCollation(collation), variables });

/**
 * Finds the first match and changes it in one transaction. A long search runs outside, where it can pause; the
 * transaction then makes sure that the search still holds, or has it repeated.
 */
async function changeFirst<T>(
  engine: Engine,
  namespace: string,
  selection: Selection,
  operation: Operation,
  change: (collection: Collection, found: Stored | undefined) => T,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const seen = engine.catalogue.find(namespace);
    const version = seen?.version;
    const outside = seen && attempt < 3 && isLong(engine, seen, selection);
    const candidate = outside ? await firstOf(engine, seen, selection, operation) : undefined;
    const done = await engine.write((): { result: T } | undefined => {
      const collection = engine.catalogue.find(namespace);
      if (!collection) return { result: change(noCollection, undefined) };
      if (!outside) return { result: change(collection, firstMatch(engine, collection, selection)) };
      const unchanged = candidate
        ? engine.records.get(collection, candidate.key)?.equals(candidate.bytes)
        : collection.version === version;
      return collection === seen && unchanged ? { result: change(collection, candidate) } : undefined;
    });
    if (done) return done.result;
  }
}

/** Stands for a collection that does not exist: only an upsert goes on from there, and makes it. */
const noCollection = { namespace: '' } as Collection;

function isLong(engine: Engine, collection: Collection, selection: Selection): boolean {
  if (collection.count <= smallCollection) return false;
  const { plan } = search(engine, collection, selection);
  return !(plan.kind === 'index' && (plan.byId || (plan.sorted && plan.exact)));
}

async function firstOf(engine: Engine, collection: Collection, selection: Selection, operation: Operation) {
  for await (const [first] of select(engine, collection, { ...selection, limit: 1 }, operation)) return first;
  return undefined;
}

/** Collects the keys of all matches first, so that no document is met twice, then changes them piece by piece. */
async function eachMatch(
  engine: Engine,
  namespace: string,
  selection: Selection,
  operation: Operation,
  change: (collection: Collection, record: Stored, matcher: Matcher) => void,
): Promise<number> {
  const collection = engine.catalogue.find(namespace);
  if (!collection) return 0;
  const keys: Uint8Array[] = [];
  const found = search(engine, collection, selection);
  for (const chunk of found.chunks) {
    await operation.checkpoint();
    for (const { key } of chunk) keys.push(key);
  }
  let changed = 0;
  for (let start = 0; start < keys.length; ) {
    start = await engine.write(() => {
      let bytes = 0;
      let at = start;
      for (; at < keys.length && at - start < transactionDocuments && bytes < transactionBytes; at++) {
        const record = { key: keys[at]!, bytes: engine.records.get(collection, keys[at]!) };
        if (!record.bytes || !found.matcher.matchesBytes(record.bytes)) continue;
        change(collection, record as Stored, found.matcher);
        bytes += record.bytes.length;
        changed++;
      }
      return at;
    });
    await operation.checkpoint();
  }
  return changed;
}

async function updateMany(
  engine: Engine,
  namespace: string,
  change: Change,
  operation: Operation,
): Promise<Changed> {
  let modified = 0;
  const matched = await eachMatch(engine, namespace, change, operation, (collection, record, matcher) => {
    modified += applyUpdate(engine, collection, record, change, matcher).modified;
  });
  return { matched, modified };
}

function applyUpdate(
  engine: Engine,
  collection: Collection,
  record: Stored,
  change: Change,
  matcher: Matcher,
): Changed {
  const doc = decodeTrusted(record.bytes);
  const position = matcher.position(doc);
  const id = doc._id;
  const made = withId(change.updater.apply(doc, { position, isInsert: false }), id);
  const bytes = encode(made);
  const unchanged = { matched: 1, modified: 0, before: record.bytes, after: record.bytes };
  if (Buffer.compare(bytes, record.bytes) === 0) return unchanged;
  if (Buffer.compare(encodeValue(idOf(bytes)), encodeValue(id)) !== 0) throw immutableId();
  if (bytes.length > largestDocument) {
    throw new CommandError(17419, `Resulting document after update is larger than ${largestDocument}`);
  }
  if (!change.bypassValidation) validate(collection, bytes, record.bytes);
  engine.records.replace(collection, record, bytes);
  return { matched: 1, modified: 1, before: record.bytes, after: bytes };
}

/** `_id` stays, and stays in front. */
function withId(doc: Doc, id: Value): Doc {
  if (Object.keys(doc)[0] === '_id') return doc;
  return Object.hasOwn(doc, '_id') ? { _id: doc._id, ...doc } : { _id: id, ...doc };
}

const immutableId = () =>
  new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");

function upsert(engine: Engine, namespace: string, change: Change): Changed {
  const made = change.updater.upsertDocument(change.filter);
  const doc = withId(made, Object.hasOwn(made, '_id') ? made._id : new ObjectId());
  checkId(doc._id);
  const bytes = preparedDoc(doc);
  const collection = engine.catalogue.ensure(namespace);
  if (!change.bypassValidation) validate(collection, bytes);
  engine.records.insert(collection, bytes);
  return { matched: 0, modified: 0, upserted: { _id: doc._id }, after: bytes };
}
