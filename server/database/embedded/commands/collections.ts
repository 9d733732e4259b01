// Duty: commands on whole collections and databases: create, drop, rename, change, list.
import { Long } from 'bson';
import { type Collection, collectionOf, databaseOf, type View } from '../catalogue.ts';
import { CommandError } from '../errors.ts';
import { changeIndex } from '../indexChange.ts';
import { compileMatcher } from '../semantics/matcher.ts';
import { type Doc, encode, isDoc, toDouble } from '../semantics/values.ts';
import { checkValidation } from '../validation.ts';
import type { CursorReply } from '../wire.ts';
import { checkTimeSeries, clusteredIndexOf } from './collectionOptions.ts';
import {
  type Commands,
  type Context,
  checkedNamespace,
  flag,
  integer,
  namespaceOf,
  optionalDoc,
  text,
} from './command.ts';
import { openCursor } from './find.ts';

export const collectionCommands: Commands = {
  create: {
    fields: [
      'capped',
      'size',
      'max',
      'viewOn',
      'pipeline',
      'collation',
      'timeseries',
      'expireAfterSeconds',
      'clusteredIndex',
      'changeStreamPreAndPostImages',
      'validator',
      'validationLevel',
      'validationAction',
      'indexOptionDefaults',
      'storageEngine',
      'autoIndexId',
      'idIndex',
      'encryptedFields',
      'temp',
      'flags',
    ],
    run: create,
  },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  renameCollection: { fields: ['to', 'dropTarget', 'stayTemp'], adminOnly: true, run: rename },
  collMod: {
    fields: [
      'index',
      'changeStreamPreAndPostImages',
      'expireAfterSeconds',
      'viewOn',
      'pipeline',
      'validator',
      'validationLevel',
      'validationAction',
    ],
    run: modify,
  },
  listCollections: {
    fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor', 'includePendingDrops'],
    run: listCollections,
  },
  listDatabases: {
    fields: ['filter', 'nameOnly', 'authorizedDatabases'],
    adminOnly: true,
    run: listDatabases,
  },
};

const refused = ['encryptedFields', 'storageEngine', 'indexOptionDefaults'];

async function create(context: Context, body: Doc): Promise<Doc> {
  const namespace = namespaceOf(context, body);
  const { catalogue } = context.engine;
  const options = optionsOf(body);
  for (const name of refused) {
    const value = options[name];
    if (value === undefined || (isDoc(value) && Object.keys(value).length === 0)) delete options[name];
    else throw new CommandError(238, `Collection option '${name}' is not implemented`);
  }
  if (isDoc(options.collation) && options.collation.locale !== 'simple') {
    throw new CommandError(
      238,
      'A default collation of a collection is not implemented: name it in each query',
    );
  }
  checkValidation(options);
  if (options.timeseries !== undefined) checkTimeSeries(options);
  if (options.clusteredIndex !== undefined) options.clusteredIndex = clusteredIndexOf(options);
  if (!flag(options, 'capped')) delete options.capped;
  else if (integer(options, 'size') === undefined) {
    throw new CommandError(72, "the 'size' field is required when 'capped' is true");
  }
  await context.engine.write(() => {
    const existing = catalogue.find(namespace) ?? catalogue.view(namespace);
    if (existing) {
      if (sameOptions(existing.options, options)) return;
      throw new CommandError(48, `Collection ${namespace} already exists.`);
    }
    if (options.viewOn === undefined) catalogue.create(namespace, options);
    else
      catalogue.createView(namespace, { viewOn: text(options, 'viewOn'), pipeline: options.pipeline ?? [] });
  });
  return {};
}

function optionsOf(body: Doc): Doc {
  const known = collectionCommands.create!.fields!;
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => known.includes(name) && value !== null),
  );
}

const sameOptions = (left: Doc, right: Doc) => Buffer.compare(encode(left), encode(right)) === 0;

async function drop(context: Context, body: Doc): Promise<Doc> {
  const { engine } = context;
  const namespace = namespaceOf(context, body);
  const dropped = await engine.write(() => {
    const found = engine.catalogue.find(namespace);
    if (!found && !engine.catalogue.view(namespace)) return undefined;
    engine.catalogue.drop(namespace);
    return { nIndexesWas: found?.indexes.length ?? 0 };
  });
  // Dropping what is not there is no error since MongoDB 7.0.
  if (!dropped) return {};
  engine.cursors.killWhere((cursor) => cursor.namespace === namespace, `collection dropped: ${namespace}`);
  await engine.catalogue.clearGarbage();
  return { nIndexesWas: dropped.nIndexesWas, ns: namespace };
}

async function dropDatabase(context: Context): Promise<Doc> {
  const { engine, database } = context;
  const { catalogue } = engine;
  const names = [...catalogue.collections(database), ...catalogue.views(database)].map(
    ({ namespace }) => namespace,
  );
  if (names.length === 0) return {};
  await engine.write(() => {
    for (const name of names) catalogue.drop(name);
  });
  engine.cursors.killWhere(
    (cursor) => databaseOf(cursor.namespace) === database,
    `database dropped: ${database}`,
  );
  await catalogue.clearGarbage();
  return { dropped: database };
}

async function rename(context: Context, body: Doc): Promise<Doc> {
  const { engine } = context;
  const from = text(body, 'renameCollection');
  const to = text(body, 'to');
  const dropTarget = flag(body, 'dropTarget');
  for (const name of [from, to]) checkedNamespace(databaseOf(name), collectionOf(name));
  await engine.write(() => {
    if (!engine.catalogue.find(from)) throw new CommandError(26, `Source collection ${from} does not exist`);
    if (from === to) throw new CommandError(20, "Can't rename a collection to itself");
    if (engine.catalogue.find(to) || engine.catalogue.view(to)) {
      if (!dropTarget) throw new CommandError(48, 'target namespace exists');
      engine.catalogue.drop(to);
    }
    engine.catalogue.rename(from, to);
  });
  engine.cursors.killWhere(({ namespace }) => namespace === from || namespace === to, 'collection renamed');
  await engine.catalogue.clearGarbage();
  return {};
}

async function modify(context: Context, body: Doc): Promise<Doc> {
  const { engine } = context;
  const namespace = namespaceOf(context, body);
  return engine.write(() => {
    const view = engine.catalogue.view(namespace);
    if (view) {
      const { viewOn = view.options.viewOn, pipeline = view.options.pipeline } = body;
      engine.catalogue.createView(namespace, { viewOn, pipeline });
      return {};
    }
    const collection = engine.catalogue.find(namespace);
    if (!collection) throw new CommandError(26, `ns does not exist: ${namespace}`);
    const index = optionalDoc(body, 'index');
    const reply = index ? changeIndex(engine, collection, index) : {};
    collection.options = changedOptions(collection.options, body);
    engine.catalogue.save(collection);
    return reply;
  });
}

const changeable = [
  'changeStreamPreAndPostImages',
  'expireAfterSeconds',
  'validator',
  'validationLevel',
  'validationAction',
];

function changedOptions(options: Doc, body: Doc): Doc {
  const changes = changeable.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]);
  const changed: Doc = { ...options, ...Object.fromEntries(changes) };
  checkValidation(changed);
  return changed;
}

async function listCollections(context: Context, body: Doc): Promise<CursorReply> {
  const { engine, database, operation } = context;
  const nameOnly = flag(body, 'nameOnly');
  const all = [
    ...engine.catalogue.collections(database).map(describeCollection),
    ...engine.catalogue.views(database).map(describeView),
  ];
  const matcher = compileMatcher(optionalDoc(body, 'filter') ?? {});
  const matching = all
    .filter((each) => matcher.matches(each))
    .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
  const rows = matching.map((each) => (nameOnly ? { name: each.name, type: each.type } : each));
  const batchSize = integer(optionalDoc(body, 'cursor') ?? {}, 'batchSize') ?? 101;
  return openCursor(
    context,
    { namespace: `${database}.$cmd.listCollections`, rows: once(rows), operation },
    batchSize,
  );
}

export async function* once(rows: Doc[]): AsyncGenerator<Doc[]> {
  yield rows;
}

function describeCollection(collection: Collection): Doc {
  const { namespace, options, uuid, indexes } = collection;
  const idIndex = indexes.find((each) => each.unique && each.fields.length === 1 && each.fields[0] === '_id');
  return {
    name: collectionOf(namespace),
    type: 'timeseries' in options ? 'timeseries' : 'collection',
    options,
    info: { readOnly: false, uuid },
    ...(idIndex && !('clusteredIndex' in options) ? { idIndex: idIndex.spec } : {}),
  };
}

function describeView({ namespace, options }: View): Doc {
  return { name: collectionOf(namespace), type: 'view', options, info: { readOnly: true } };
}

function listDatabases({ engine }: Context, body: Doc): Doc {
  const nameOnly = flag(body, 'nameOnly');
  const matcher = compileMatcher(optionalDoc(body, 'filter') ?? {});
  const all = engine.catalogue.databases().map((name): Doc => {
    const bytes = engine.catalogue.collections(name).reduce((sum, each) => sum + each.bytes, 0);
    return { name, sizeOnDisk: Long.fromNumber(bytes), empty: bytes === 0 };
  });
  const databases = all.filter((each) => matcher.matches(each));
  if (nameOnly) return { databases: databases.map(({ name }) => ({ name })) };
  const total = databases.reduce((sum, each) => sum + toDouble(each.sizeOnDisk), 0);
  return {
    databases,
    totalSize: Long.fromNumber(total),
    totalSizeMb: Long.fromNumber(Math.floor(total / 2 ** 20)),
  };
}
