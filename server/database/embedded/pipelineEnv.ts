// Duty: gives a pipeline its documents through the planner, takes in what $out and $merge write, and answers what stages
// ask about the database. No stages here.
import { hostname } from 'node:os';
import { UUID } from 'bson';
import { type Collection, collectionOf, databaseOf } from './catalogue.ts';
import type { Engine } from './engine.ts';
import { CommandError } from './errors.ts';
import { insertAll, preparedDoc } from './insert.ts';
import { update } from './modify.ts';
import type { Operation } from './operation.ts';
import { type Selection, select } from './query.ts';
import type { Batches, PipelineEnv, PipelineWriter, Target } from './semantics/aggregate/env.ts';
import { runPipeline } from './semantics/aggregate/pipeline.ts';
import { compileCollation } from './semantics/compare.ts';
import type { Variables } from './semantics/expressions/compile.ts';
import { defaultBudgetBytes } from './semantics/memory.ts';
import { asDoc } from './semantics/rawBson.ts';
import { compileUpdate } from './semantics/update.ts';
import type { Doc, Value } from './semantics/values.ts';

export interface PipelineOptions {
  engine: Engine;
  operation: Operation;
  database: string;
  collection: string | undefined;
  session?: string | undefined;
  collation?: Value;
  hint?: Value;
  variables?: Variables | undefined;
}

/** Collections of this name are unfinished results of $out. */
const temporaryPrefix = 'tmp.agg_out.';

const namespaceOf = ({ database, collection }: Target) => `${database}.${collection}`;

export function pipelineEnv(options: PipelineOptions): PipelineEnv {
  const { engine, operation, collation } = options;
  const env: PipelineEnv = {
    database: options.database,
    collection: options.collection,
    collation: compileCollation(collation),
    hint: options.hint,
    variables: options.variables,
    budgetBytes: defaultBudgetBytes,
    read: (target, selection) => read(engine, operation, { ...selection, collation }, target, env),
    checkpoint: () => operation.checkpoint(),
    writer: writerFor(engine, operation),
    collectionStats: (target, asked) => collectionStats(engine, target, asked),
    indexStats: (target) => indexStats(engine, target),
    sessions: () =>
      options.session ? [{ _id: { id: new UUID(options.session) }, lastUse: new Date() }] : [],
  };
  return env;
}

async function* read(
  engine: Engine,
  operation: Operation,
  selection: Selection,
  target: Target,
  env: PipelineEnv,
): Batches {
  const namespace = namespaceOf(target);
  const view = engine.catalogue.view(namespace);
  if (view) {
    const stages = [...view.pipeline, ...stagesOf(selection)];
    yield* runPipeline(stages, { ...env, ...target, collection: collectionOf(view.viewOn), hint: undefined });
    return;
  }
  const collection = engine.catalogue.find(namespace);
  if (!collection) return;
  for await (const chunk of select(engine, collection, selection, operation)) {
    yield chunk.map(({ bytes }) => bytes);
  }
}

function stagesOf({ filter, sort, skip, limit }: Selection): Doc[] {
  return [
    { $match: filter },
    ...(sort ? [{ $sort: sort }] : []),
    ...(skip ? [{ $skip: skip }] : []),
    ...(limit ? [{ $limit: limit }] : []),
  ];
}

function writerFor(engine: Engine, operation: Operation): PipelineWriter {
  return {
    replaceCollection: (target, rows) => replaceCollection(engine, namespaceOf(target), rows),
    insert: (target, docs) => insertRows(engine, namespaceOf(target), docs.map(preparedDoc)),
    update: async (target, { filter, update: change, variables }) => {
      const updater = compileUpdate(change, { variables });
      const selection = { filter, updater, multi: false, upsert: false };
      return (await update(engine, namespaceOf(target), selection, operation)).matched;
    },
    hasUniqueIndex: (target, fields) => {
      const collection = engine.catalogue.find(namespaceOf(target));
      const wanted = [...fields].sort().join('\0');
      const serves = ({ unique, partial, fields: own }: Collection['indexes'][number]) =>
        unique && !partial && [...own].sort().join('\0') === wanted;
      return wanted === '_id' || collection?.indexes.some(serves) === true;
    },
  };
}

async function insertRows(engine: Engine, namespace: string, documents: Uint8Array[]): Promise<void> {
  const { failures } = await insertAll(engine, namespace, documents, true);
  if (failures[0]) throw failures[0].error;
}

/** Fills a collection beside the old one and puts it in its place in one transaction: nobody sees it half done. */
async function replaceCollection(engine: Engine, namespace: string, rows: Batches): Promise<void> {
  const { catalogue } = engine;
  if (catalogue.view(namespace)) {
    throw new CommandError(166, `Namespace ${namespace} is a view, not a collection`);
  }
  const beside = `${databaseOf(namespace)}.${temporaryPrefix}${new UUID().toString()}`;
  await engine.write(() => {
    const old = catalogue.find(namespace);
    const made = catalogue.create(beside, old?.options ?? {});
    for (const { spec, primary, name } of old?.indexes ?? []) {
      if (!primary && name !== '_id_') catalogue.addIndex(made, spec, false);
    }
  });
  try {
    for await (const batch of rows) {
      await insertRows(
        engine,
        beside,
        batch.map((row) => (row instanceof Uint8Array ? row : preparedDoc(asDoc(row)))),
      );
    }
    await engine.write(() => {
      catalogue.drop(namespace);
      catalogue.rename(beside, namespace);
    });
  } finally {
    if (catalogue.find(beside)) await engine.write(() => catalogue.drop(beside));
    await catalogue.clearGarbage();
  }
}

/** Throws away what a crash left of $out. */
export async function dropTemporary(engine: Engine): Promise<void> {
  const { catalogue } = engine;
  const left = catalogue
    .collections()
    .filter((each) => collectionOf(each.namespace).startsWith(temporaryPrefix));
  for (const { namespace } of left) await engine.write(() => catalogue.drop(namespace));
  if (left.length > 0) await catalogue.clearGarbage();
}

function collectionStats(engine: Engine, target: Target, asked: Doc): Doc {
  const namespace = namespaceOf(target);
  const collection = engine.catalogue.find(namespace);
  if (!collection) throw new CommandError(26, `Collection [${namespace}] not found.`);
  const { count, bytes, indexes } = collection;
  const storageStats = {
    count,
    size: bytes,
    avgObjSize: count > 0 ? Math.floor(bytes / count) : 0,
    nindexes: indexes.length,
  };
  return {
    ns: namespace,
    host: hostname(),
    localTime: new Date(),
    ...(asked.count ? { count } : {}),
    ...(asked.storageStats ? { storageStats } : {}),
  };
}

function indexStats(engine: Engine, target: Target): Doc[] {
  const indexes = engine.catalogue.find(namespaceOf(target))?.indexes ?? [];
  return indexes.map(({ name, spec }) => ({
    name,
    key: spec.key,
    host: hostname(),
    accesses: { ops: 0, since: engine.startedAt },
    spec,
  }));
}
