// Duty: the commands createIndexes, listIndexes and dropIndexes.
import type { Collection } from '../catalogue.ts';
import { CommandError } from '../errors.ts';
import { buildIndex, checkedSpec, existingIndex } from '../indexBuild.ts';
import type { Index } from '../indexDefinition.ts';
import { sameKey } from '../planner.ts';
import { type Doc, isDoc, type Value } from '../semantics/values.ts';
import type { CursorReply } from '../wire.ts';
import { once } from './collections.ts';
import { type Commands, type Context, integer, list, namespaceOf, optionalDoc } from './command.ts';
import { openCursor } from './find.ts';

export const indexCommands: Commands = {
  createIndexes: {
    fields: ['indexes', 'commitQuorum', 'ignoreUnknownIndexOptions', 'v'],
    run: createIndexes,
  },
  listIndexes: { fields: ['cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'], run: listIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
  deleteIndexes: { fields: ['index'], run: dropIndexes },
};

async function createIndexes(context: Context, body: Doc): Promise<Doc> {
  const { engine, operation } = context;
  const namespace = namespaceOf(context, body);
  if (body.commitQuorum !== undefined && body.commitQuorum !== null) {
    throw new CommandError(2, 'The commitQuorum option is supported only on replica sets');
  }
  const specs = list(body, 'indexes').map((spec) => checkedSpec(spec, namespace));
  if (specs.length === 0) throw new CommandError(2, 'Must specify at least one index to create');
  const created = engine.catalogue.find(namespace) === undefined;
  const collection = await engine.write(() => engine.catalogue.ensure(namespace));
  const numIndexesBefore = collection.indexes.length;
  for (const spec of specs) {
    if (!existingIndex(collection, spec)) await buildIndex(engine, collection, spec, operation);
  }
  const numIndexesAfter = collection.indexes.length;
  const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
  return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: created, ...note };
}

function found(context: Context, namespace: string): Collection {
  const { catalogue } = context.engine;
  const collection = catalogue.find(namespace);
  if (collection) return collection;
  if (catalogue.view(namespace))
    throw new CommandError(166, `Namespace ${namespace} is a view, not a collection`);
  throw new CommandError(26, `ns does not exist: ${namespace}`);
}

async function listIndexes(context: Context, body: Doc): Promise<CursorReply> {
  const namespace = namespaceOf(context, body);
  const { indexes, options } = found(context, namespace);
  const specs = indexes.filter((each) => !each.building).map(({ spec }) => spec);
  if ('clusteredIndex' in options) specs[0] = { ...(options.clusteredIndex as Doc), clustered: true };
  const batchSize = integer(optionalDoc(body, 'cursor') ?? {}, 'batchSize') ?? 101;
  return openCursor(context, { namespace, rows: once(specs), operation: context.operation }, batchSize);
}

async function dropIndexes(context: Context, body: Doc): Promise<Doc> {
  const { engine } = context;
  const collection = found(context, namespaceOf(context, body));
  const nIndexesWas = collection.indexes.length;
  const doomed = named(collection, body.index);
  await engine.write(() => {
    for (const index of doomed) engine.catalogue.removeIndex(collection, index);
  });
  await engine.catalogue.clearGarbage();
  return { nIndexesWas };
}

function named(collection: Collection, which: Value): Index[] {
  const others = collection.indexes.filter((each) => !each.fields.includes('_id') || each.fields.length > 1);
  if (which === '*') return others;
  const names = Array.isArray(which) ? which : [which];
  return names.map((name) => {
    const index = collection.indexes.find((each) =>
      isDoc(name) ? sameKey(each.spec.key as Doc, name) : each.name === name,
    );
    if (!index) {
      throw new CommandError(
        27,
        isDoc(name) ? "can't find index with key" : `index not found with name [${String(name)}]`,
      );
    }
    if (!others.includes(index)) throw new CommandError(72, 'cannot drop _id index');
    return index;
  });
}
