// Duty: a MongoDB's database held for one restore: marked first, emptied of what a killed one left, filled, and unmarked last. No files, no secrets.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { BSON, EJSON } from 'bson';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { beatMilliseconds, isGoneAfter, lookMilliseconds } from '../beats.ts';
import type { Part, Prelude } from '../database/embedded/cli/archive.ts';
import { unfinishedRestore } from '../database/unfinishedRestore.ts';
import { ownMark, type ProcessMark } from '../processMark.ts';
import type { Brought } from './database.ts';

interface Mark {
  _id: string;
  /** Stays when another restore takes over, so that it knows the folder of the one before. */
  id: string;
  holder: string;
  /** Rises while the holder lives. */
  beat: number;
  process: ProcessMark | null;
}
const _id = 'unfinished';

const duplicateKey = 11000;

export interface MongoPlace {
  /** Of this restore and of those before it that were killed. */
  id: string;
  fill(parts: AsyncIterable<Part>): Promise<Brought>;
  /** The restore is whole, folder and all. */
  done(): Promise<void>;
  /** Leaves no record. What could not be taken back stays marked. */
  undo(): Promise<void>;
}

export class DatabaseNotEmpty extends Error {
  constructor(name: string) {
    super(`The database ${name} has records already: a backup comes back into an empty one only.`);
  }
}

export class RestoreUnderWay extends Error {
  constructor(name: string) {
    super(`Another restore into the database ${name} is under way.`);
  }
}

/** A database that has no record, or nothing but what a restore left that lives no more. */
export async function holdMongo(uri: string): Promise<MongoPlace> {
  const client = await MongoClient.connect(uri);
  try {
    return await held(client);
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function held(client: MongoClient): Promise<MongoPlace> {
  const db = client.db();
  const marks = db.collection<Mark>(unfinishedRestore);
  const holder = randomUUID();
  const earlier = await marks.findOne({ _id });
  if (earlier) await takeOver(db, marks, earlier, holder);
  else await begin(db, marks, holder);
  let isOurs = true;
  let hasBegun = false;
  let filling: Promise<unknown> = Promise.resolve();
  const beat = async () => {
    const { matchedCount } = await marks.updateOne({ _id, holder }, { $inc: { beat: 1 } });
    isOurs &&= matchedCount === 1;
  };
  // A beat that fails is one beat less; a database that is away fails the restore itself.
  const timer = setInterval(() => void beat().catch(() => undefined), beatMilliseconds);
  const ensureOurs = () => {
    if (!isOurs) throw new RestoreUnderWay(db.databaseName);
  };
  const close = () => {
    clearInterval(timer);
    return client.close();
  };
  return {
    id: earlier?.id ?? holder,
    async fill(parts) {
      ensureOurs();
      if (!earlier) await refuseRecords(db);
      hasBegun = true;
      await empty(db);
      const inserting = insertInto(db, parts, ensureOurs);
      filling = inserting;
      return { ...(await inserting), faults: [] };
    },
    async done() {
      ensureOurs();
      await marks.drop();
      await close();
    },
    async undo() {
      try {
        // Whoever reads the file may fail before whoever inserts has heard of it.
        await filling.catch(() => undefined);
        if (isOurs && hasBegun) await empty(db);
        if (isOurs && (hasBegun || !earlier)) await marks.drop();
      } finally {
        await close();
      }
    },
  };
}

async function begin(db: Db, marks: Collection<Mark>, holder: string): Promise<void> {
  await refuseRecords(db);
  try {
    await marks.insertOne({ _id, id: holder, holder, beat: 0, process: ownMark() });
  } catch (error) {
    if ((error as { code?: number }).code === duplicateKey) throw new RestoreUnderWay(db.databaseName);
    throw error;
  }
}

/** Waits until it is sure that the one before lives no more; nothing is dropped yet. */
async function takeOver(db: Db, marks: Collection<Mark>, earlier: Mark, next: string): Promise<void> {
  const { holder, beat } = earlier;
  for (let looks = 0; !isGoneAfter(looks, earlier.process); looks += 1) {
    await pause(lookMilliseconds);
    const now = await marks.findOne({ _id });
    if (now?.holder !== holder || now.beat !== beat) throw new RestoreUnderWay(db.databaseName);
  }
  const { matchedCount } = await marks.updateOne(
    { _id, holder, beat },
    { $set: { holder: next, beat: 0, process: ownMark() } },
  );
  if (matchedCount !== 1) throw new RestoreUnderWay(db.databaseName);
}

async function ownCollections(db: Db): Promise<string[]> {
  const all = await db.listCollections({}, { nameOnly: true }).toArray();
  return all.map(({ name }) => name).filter((name) => name !== unfinishedRestore && !/^system\./.test(name));
}

async function refuseRecords(db: Db): Promise<void> {
  for (const name of await ownCollections(db))
    if (await db.collection(name).findOne()) throw new DatabaseNotEmpty(db.databaseName);
}

async function empty(db: Db): Promise<void> {
  for (const name of await ownCollections(db)) await db.dropCollection(name);
}

const batchBytes = 8 * 1024 * 1024;
const asWritten = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;

async function insertInto(
  db: Db,
  parts: AsyncIterable<Part>,
  ensureOurs: () => void,
): Promise<{ collections: number; documents: number }> {
  const preludes: Prelude[] = [];
  let documents = 0;
  let batch: BSON.Document[] = [];
  let bytes = 0;
  for await (const part of parts) {
    if (part.kind === 'collection') {
      ensureOurs();
      preludes.push(part.prelude);
      const { options = {} } = EJSON.parse(part.prelude.metadata) as { options?: object };
      await db.createCollection(part.prelude.collection, options);
      continue;
    }
    if (part.kind === 'document') {
      batch.push(BSON.deserialize(part.bytes, asWritten));
      bytes += part.bytes.length;
      documents += 1;
    }
    if (batch.length > 0 && (part.kind === 'end' || bytes > batchBytes || batch.length >= 1_000)) {
      ensureOurs();
      await db.collection(part.collection).insertMany(batch, { ordered: true });
      batch = [];
      bytes = 0;
    }
  }
  for (const { collection, metadata } of preludes) {
    const { indexes = [] } = EJSON.parse(metadata) as {
      indexes?: { key: Record<string, 1>; name: string; v?: number }[];
    };
    const own = indexes.filter(({ name }) => name !== '_id_').map(({ v: _version, ...index }) => index);
    if (own.length > 0) await db.collection(collection).createIndexes(own);
  }
  return { collections: preludes.length, documents };
}
