// Duty: the application's database as a stream of parts, and a stream of parts as an embedded database. Into a MongoDB: mongoPlace.ts. No files, no secrets.
import { join } from 'node:path';
import { EJSON } from 'bson';
import { type Db, MongoClient } from 'mongodb';
import { databaseName } from '../database/connect.ts';
import type { Part } from '../database/embedded/cli/archive.ts';
import { type Amount, restoreParts, snapshotParts } from '../database/embedded/cli/backup.ts';
import { Client } from '../database/embedded/cli/client.ts';
import { startEmbeddedDatabase } from '../database/embedded/supervisor.ts';
import { refuseHalfRestored } from '../database/unfinishedRestore.ts';

/** Where an installation keeps everything. */
export interface Places {
  DATA_DIR: string;
  MONGODB_URI?: string | undefined;
  /** The database's name inside the embedded server; tests take one each. */
  name?: string;
}

/** What came of bringing a database back: how much, and faults found when everything was looked at once more. */
export interface Brought extends Amount {
  faults: string[];
}

/**
 * Every document of the application. The embedded database is read as of one moment; of a MongoDB each document is whole, but
 * what is written meanwhile may be in or not.
 */
export async function* databaseParts({ DATA_DIR, MONGODB_URI, name }: Places): AsyncGenerator<Part> {
  await refuseHalfRestored({ DATA_DIR, MONGODB_URI });
  if (MONGODB_URI) {
    const client = await MongoClient.connect(MONGODB_URI);
    try {
      yield* mongoParts(client.db());
    } finally {
      await client.close();
    }
    return;
  }
  const database = await startEmbeddedDatabase({ dir: join(DATA_DIR, 'database') });
  const client = await Client.open(database.uri);
  try {
    yield* snapshotParts(client, name ?? databaseName);
  } finally {
    client.close();
    await database.stop();
  }
}

async function* mongoParts(db: Db): AsyncGenerator<Part> {
  const database = db.databaseName;
  const all = await db.listCollections({}, { nameOnly: false }).toArray();
  const own = all.filter(({ name }) => !name.startsWith('system.'));
  for (const { name: collection, type, options } of own) {
    const indexes = type === 'collection' ? await db.collection(collection).indexes() : [];
    const told = { options: options ?? {}, indexes, collectionName: collection, type };
    yield {
      kind: 'collection',
      prelude: { database, collection, metadata: EJSON.stringify(told, { relaxed: false }) },
    };
  }
  for (const { name: collection, type } of own) {
    if (type !== 'collection') continue;
    const rows = db.collection(collection).find({}, { raw: true, batchSize: 1_000 });
    for await (const bytes of rows) yield { kind: 'document', database, collection, bytes: bytes as never };
    yield { kind: 'end', database, collection };
  }
}

/** Into a new folder, on an embedded database of its own, which is looked through and closed afterwards. */
export async function bringToFolder(dataDir: string, parts: AsyncIterable<Part>): Promise<Brought> {
  const database = await startEmbeddedDatabase({ dir: join(dataDir, 'database') });
  const client = await Client.open(database.uri);
  try {
    const collections: string[] = [];
    const amount = await restoreParts(client, renamed(parts, databaseName, collections));
    const faults: string[] = [];
    for (const collection of collections) {
      const verdict = await client.command(databaseName, { validate: collection, full: true });
      faults.push(...(verdict.errors as string[]));
    }
    return { ...amount, faults };
  } finally {
    client.close();
    await database.stop();
  }
}

/** A database may have another name where it comes back; `collections` learns their names. */
async function* renamed(
  parts: AsyncIterable<Part>,
  database: string,
  collections: string[],
): AsyncGenerator<Part> {
  for await (const part of parts) {
    if (part.kind === 'collection') {
      const { type } = JSON.parse(part.prelude.metadata) as { type?: string };
      if (type !== 'view') collections.push(part.prelude.collection);
      yield { ...part, prelude: { ...part.prelude, database } };
    } else yield { ...part, database };
  }
}
