// Duty: runs one operation of a unified test through the driver. An operation the driver itself lacks throws `NotInDriver`.
import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type AbstractCursor, Collection, Db, GridFSBucket, MongoClient, type ObjectId } from 'mongodb';
import type { Entities } from './entities.ts';
import type { Step } from './format.ts';

type Arguments = Record<string, unknown>;
type Run<T> = (target: T, given: Arguments, options: Arguments) => Promise<unknown> | unknown;

export class NotInDriver extends Error {}

export async function runStep(step: Step, entities: Entities): Promise<unknown> {
  const given: Arguments = { ...step.arguments };
  if (typeof given.session === 'string') given.session = entities.session(given.session);
  if (step.object === 'testRunner') return runTestRunner(step.name, given, entities);
  const target = entities.get(step.object);
  if (target instanceof Collection) return choose(onCollection, step)(target, given, without(given));
  if (target instanceof Db) return choose(onDatabase, step)(target, given, without(given));
  if (target instanceof GridFSBucket) return choose(onBucket, step)(target, given, without(given));
  if (target instanceof MongoClient) return choose(onClient, step)(target, given, without(given));
  return choose(onOther, step)(target as AbstractCursor, given, without(given));
}

function choose<T>(table: Record<string, Run<T>>, step: Step): Run<T> {
  const run = table[step.name];
  if (!run) throw new Error(`the runner does not know the operation ${step.name} on ${step.object}`);
  return run;
}

const positional = new Set([
  'filter',
  'document',
  'documents',
  'update',
  'replacement',
  'pipeline',
  'fieldName',
  'keys',
  'requests',
  'collection',
  'command',
  'commandName',
  'models',
  'to',
  'id',
  'filename',
  'newFilename',
  'source',
  'index',
  'indexes',
  'cursorType',
]);

/** What is not an argument of its own goes into the driver's options. */
function without(given: Arguments, ...extra: string[]): Arguments {
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => !positional.has(name) && !extra.includes(name)),
  );
}

const onCollection: Record<string, Run<Collection>> = {
  aggregate: (target, given, options) => target.aggregate(given.pipeline as object[], options).toArray(),
  bulkWrite: (target, given, options) => target.bulkWrite(given.requests as never, options),
  count: (target, given, options) => target.count(given.filter as object, options),
  countDocuments: (target, given, options) => target.countDocuments(given.filter as object, options),
  createFindCursor: (target, given, options) => startCursor(target.find(given.filter as object, options)),
  createIndex: (target, given, options) => target.createIndex(given.keys as never, options),
  createSearchIndex: (target, given) => target.createSearchIndex(given.model as never),
  createSearchIndexes: (target, given) => target.createSearchIndexes(given.models as never),
  deleteMany: (target, given, options) => target.deleteMany(given.filter as object, options),
  deleteOne: (target, given, options) => target.deleteOne(given.filter as object, options),
  distinct: (target, given, options) =>
    target.distinct(given.fieldName as string, given.filter as object, options),
  drop: (target, _given, options) => target.drop(options),
  dropIndex: (target, given) => target.dropIndex(given.name as string, without(given, 'name')),
  dropIndexes: (target, _given, options) => target.dropIndexes(options),
  dropSearchIndex: (target, given) => target.dropSearchIndex(given.name as string),
  estimatedDocumentCount: (target, _given, options) => target.estimatedDocumentCount(options),
  find: (target, given, options) => target.find(given.filter as object, options).toArray(),
  findOne: (target, given, options) => target.findOne(given.filter as object, options),
  findOneAndDelete: (target, given, options) => target.findOneAndDelete(given.filter as object, options),
  findOneAndReplace: (target, given, options) =>
    target.findOneAndReplace(given.filter as object, given.replacement as object, returned(options)),
  findOneAndUpdate: (target, given, options) =>
    target.findOneAndUpdate(given.filter as object, given.update as object, returned(options)),
  insertMany: (target, given, options) => target.insertMany(given.documents as object[], options),
  insertOne: (target, given, options) => target.insertOne(given.document as object, options),
  listIndexes: (target, _given, options) => target.listIndexes(options).toArray(),
  listIndexNames: async (target, _given, options) =>
    (await target.listIndexes(options).toArray()).map(({ name }) => name),
  listSearchIndexes: (target, given) =>
    target.listSearchIndexes(given.name as string, given.aggregationOptions as object).toArray(),
  rename: (target, given, options) => target.rename(given.to as string, options),
  replaceOne: (target, given, options) =>
    target.replaceOne(given.filter as object, given.replacement as object, options),
  updateMany: (target, given, options) =>
    target.updateMany(given.filter as object, given.update as object, options),
  updateOne: (target, given, options) =>
    target.updateOne(given.filter as object, given.update as object, options),
  updateSearchIndex: (target, given) =>
    target.updateSearchIndex(given.name as string, given.definition as object),
};

function returned(options: Arguments): Arguments {
  const { returnDocument, ...rest } = options;
  return returnDocument ? { ...rest, returnDocument: String(returnDocument).toLowerCase() } : rest;
}

const onDatabase: Record<string, Run<Db>> = {
  aggregate: (target, given, options) => target.aggregate(given.pipeline as object[], options).toArray(),
  createCollection: (target, { collection, ...options }) =>
    target.createCollection(collection as string, options),
  createCommandCursor: (target, given) => commandCursor(target, given),
  dropCollection: (target, given, options) => target.dropCollection(given.collection as string, options),
  listCollectionNames: async (target, given, options) =>
    (await target.listCollections(given.filter as object, { ...options, nameOnly: true }).toArray()).map(
      ({ name }) => name,
    ),
  listCollections: (target, given, options) =>
    target.listCollections(given.filter as object, options).toArray(),
  modifyCollection: (target, { collection, session, ...changes }) =>
    target.command({ collMod: collection, ...changes }, { session: session as never }),
  runCommand: (target, given, options) => target.command(given.command as object, options),
  runCursorCommand: (target, given) => commandCursor(target, given).toArray(),
};

function commandCursor(target: Db, given: Arguments) {
  const {
    command,
    commandName: _,
    batchSize,
    maxTimeMS,
    comment,
    ...options
  } = given as Record<string, never>;
  const cursor = target.runCursorCommand(command!, options);
  if (batchSize !== undefined) cursor.setBatchSize(batchSize);
  if (maxTimeMS !== undefined) cursor.setMaxTimeMS(maxTimeMS);
  if (comment !== undefined) cursor.setComment(comment!);
  return cursor;
}

async function startCursor(cursor: AbstractCursor): Promise<AbstractCursor> {
  // Creating a cursor sends the command; the driver would wait for the first read.
  await cursor.hasNext();
  return cursor;
}

const onClient: Record<string, Run<MongoClient>> = {
  clientBulkWrite: (target, given, options) =>
    target.bulkWrite(
      (given.models as Record<string, { namespace: string }>[]).map(modelOf) as never,
      options,
    ),
  close: (target) => target.close(),
  listDatabaseNames: async (target, _given, options) =>
    (
      await target
        .db('admin')
        .admin()
        .listDatabases({ ...options, nameOnly: true })
    ).databases.map(({ name }) => name),
  listDatabases: async (target, _given, options) =>
    (await target.db('admin').admin().listDatabases(options)).databases,
};

function modelOf(model: Record<string, { namespace: string }>): object {
  const [name] = Object.keys(model);
  return { name, ...model[name!] };
}

const onBucket: Record<string, Run<GridFSBucket>> = {
  delete: (target, given) => target.delete(given.id as ObjectId),
  deleteByName: (target, given) => lacking(target, 'deleteByName', given.filename),
  download: (target, given) => read(target.openDownloadStream(given.id as ObjectId)),
  downloadByName: (target, given, options) =>
    read(target.openDownloadStreamByName(given.filename as string, options)),
  drop: (target) => target.drop(),
  rename: (target, given) => target.rename(given.id as ObjectId, given.newFilename as string),
  renameByName: (target, given) => lacking(target, 'renameByName', given.filename, given.newFilename),
  upload: async (target, given, options) => {
    if (given.contentType !== undefined) throw new NotInDriver('driver: has no contentType of files');
    const { disableMD5: _, ...rest } = options;
    const stream = target.openUploadStream(given.filename as string, rest);
    const bytes = Buffer.from((given.source as { $$hexBytes: string }).$$hexBytes, 'hex');
    await finished(Readable.from([bytes]).pipe(stream));
    return stream.id;
  },
};

function lacking(target: object, name: string, ...values: unknown[]): unknown {
  const method = (target as Record<string, unknown>)[name];
  if (typeof method !== 'function') throw new NotInDriver(`driver: has no ${name}`);
  return method.apply(target, values);
}

async function read(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream.on('error', () => {}).pipe(passing(stream))) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Hands the source's error on, which `pipe` alone does not. */
function passing(source: Readable): PassThrough {
  const through = new PassThrough();
  source.on('error', (error) => through.destroy(error));
  return through;
}

const onOther: Record<string, Run<AbstractCursor & { endSession?: () => Promise<void> }>> = {
  close: (target) => target.close(),
  endSession: (target) => target.endSession?.(),
  iterateOnce: (target) => target.tryNext(),
  iterateUntilDocumentOrError: (target) => target.next(),
};

async function runTestRunner(name: string, given: Arguments, entities: Entities): Promise<unknown> {
  if (
    /^(wait|waitForEvent|assert(Number|Session|Same|Different|Event|Topology).*|recordTopologyDescription)$/.test(
      name,
    )
  )
    return undefined;
  if (name === 'createEntities') return entities.create(given.entities as never);
  if (name.endsWith('failPoint')) throw new NotInDriver('fail point');
  const database = entities.anyClient().db(given.databaseName as string);
  const exists = await has(database, name, given);
  const wanted = !name.includes('NotExists');
  if (exists !== wanted) throw new Error(`${name} does not hold for ${JSON.stringify(given)}`);
  return undefined;
}

async function has(database: Db, name: string, given: Arguments): Promise<boolean> {
  const collection = given.collectionName as string;
  const collections = await database.listCollections({ name: collection }).toArray();
  if (name.startsWith('assertCollection')) return collections.length > 0;
  if (!name.startsWith('assertIndex')) throw new Error(`the runner does not know ${name}`);
  if (collections.length === 0) return false;
  const indexes = await database.collection(collection).indexes();
  return indexes.some((each) => each.name === given.indexName);
}
