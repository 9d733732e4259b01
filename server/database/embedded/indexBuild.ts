// Duty: a new index from its specification to its last entry: checks, the `building` state, chunked filling.
import type { Collection } from './catalogue.ts';
import type { Engine } from './engine.ts';
import { CommandError } from './errors.ts';
import { type Index, indexFrom, isTrue } from './indexDefinition.ts';
import type { Operation } from './operation.ts';
import { sameKey } from './planner.ts';
import { scan } from './scan.ts';
import { type Doc, encode, isDoc, isNumber, show, toDouble, type Value } from './semantics/values.ts';

const known = new Set([
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'background',
  'expireAfterSeconds',
  'partialFilterExpression',
  'hidden',
  'collation',
  'ns',
  'storageEngine',
]);
const mostFields = 32;

export function checkedSpec(spec: Value, namespace: string): Doc {
  if (!isDoc(spec)) throw new CommandError(14, 'index specification must be an object');
  for (const name of Object.keys(spec)) {
    if (!known.has(name)) {
      throw new CommandError(
        197,
        `Error in specification ${show(spec)} :: caused by :: The field '${name}' is not valid for an index specification.`,
      );
    }
  }
  const { key, name, collation, partialFilterExpression: partial, expireAfterSeconds: seconds } = spec;
  if (!isDoc(key))
    throw new CommandError(9, "The 'key' field is a required property of an index specification");
  if (typeof name !== 'string' || name === '')
    throw new CommandError(9, "The 'name' field is a required property of an index specification");
  checkKey(key);
  if (isDoc(collation) && collation.locale !== 'simple') {
    throw new CommandError(67, `Index with a collation is not implemented: ${namespace}`);
  }
  if (partial !== undefined && !isDoc(partial)) {
    throw new CommandError(14, "The field 'partialFilterExpression' must be an object");
  }
  if (partial !== undefined && isTrue(spec.sparse)) {
    throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  if (isDoc(partial)) checkPartial(partial);
  if (seconds !== undefined) {
    if (!isNumber(seconds) || !(toDouble(seconds) >= 0)) {
      throw new CommandError(67, 'TTL index expireAfterSeconds cannot be less than 0');
    }
    if (Object.keys(key).length > 1)
      throw new CommandError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  }
  return cleaned(spec);
}

function checkKey(key: Doc): void {
  const fields = Object.entries(key);
  if (fields.length === 0) throw new CommandError(67, 'Index keys cannot be an empty object.');
  if (fields.length > mostFields)
    throw new CommandError(67, `Index keys cannot have more than ${mostFields} fields`);
  for (const [field, direction] of fields) {
    if (typeof direction === 'string') throw new CommandError(67, `Unknown index plugin '${direction}'`);
    if (!isNumber(direction) || toDouble(direction) === 0 || Number.isNaN(toDouble(direction))) {
      throw new CommandError(67, 'Values in v:2 index key pattern must be a number or a string');
    }
    if (field === '' || field.split('.').some((part) => part === '' || part.startsWith('$'))) {
      throw new CommandError(67, `Index key contains an illegal field name: ${field}`);
    }
  }
}

const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in']);

function checkPartial(filter: Doc): void {
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$and' || field === '$or') {
      for (const each of condition as Doc[]) checkPartial(each);
      continue;
    }
    const operators = isDoc(condition) ? Object.keys(condition).filter((name) => name.startsWith('$')) : [];
    const bad = field.startsWith('$') ? field : operators.find((name) => !partialOperators.has(name));
    if (bad) throw new CommandError(67, `Expression not supported in partial index: ${bad}`);
  }
}

/** As listIndexes shows it: without what is only an instruction or says nothing. */
function cleaned(spec: Doc): Doc {
  const { v, background: _, ns: __, collation: ___, storageEngine: ____, key, name, ...options } = spec;
  for (const flag of ['unique', 'sparse', 'hidden']) {
    if (options[flag] === undefined) continue;
    if (isTrue(options[flag])) options[flag] = true;
    else delete options[flag];
  }
  return { v: v ?? 2, key, name, ...options };
}

/** The same index if it exists; throws when something else has its name or its key. */
export function existingIndex(collection: Collection, spec: Doc): Index | undefined {
  const wanted = indexFrom({ id: 0, spec });
  for (const index of collection.indexes) {
    const sameName = index.name === wanted.name;
    const same = sameKey(index.spec.key as Doc, spec.key as Doc) && samePartial(index, wanted);
    if (same && (index.fields.join() === '_id' || (sameName && sameOptions(index, wanted)))) return index;
    if (same) {
      const why = sameOptions(index, wanted)
        ? `Index already exists with a different name: ${index.name}`
        : `An equivalent index already exists with the same name but different options. Requested index: ${show(spec)}, existing index: ${show(index.spec)}`;
      throw new CommandError(85, why);
    }
    if (sameName) {
      throw new CommandError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${show(spec)}, existing index: ${show(index.spec)}`,
      );
    }
  }
  return undefined;
}

const sameOptions = (left: Index, right: Index) =>
  left.unique === right.unique &&
  left.sparse === right.sparse &&
  left.expireAfterSeconds === right.expireAfterSeconds;

const samePartial = ({ partial: left }: Index, { partial: right }: Index) =>
  left === right ||
  (left !== undefined && right !== undefined && Buffer.compare(encode(left), encode(right)) === 0);

/** While it builds, writers already keep it; readers use it when it is complete. */
export async function buildIndex(
  engine: Engine,
  collection: Collection,
  spec: Doc,
  operation: Operation,
): Promise<void> {
  const index = await engine.write(() => engine.catalogue.addIndex(collection, spec, true));
  try {
    const plan = { kind: 'collection', reverse: false, exact: true, sorted: true } as const;
    for (const chunk of scan(engine.store, collection, plan, { keys: 0, documents: 0 })) {
      await engine.write(() => {
        for (const { key } of chunk) {
          const bytes = engine.records.get(collection, key);
          if (bytes) engine.records.addEntries(collection, index, { key, bytes });
        }
      });
      await operation.checkpoint();
    }
    await engine.write(() => {
      index.building = false;
      engine.catalogue.save(collection);
    });
  } catch (error) {
    await engine.write(() => engine.catalogue.removeIndex(collection, index));
    await engine.catalogue.clearGarbage();
    throw error;
  }
}
