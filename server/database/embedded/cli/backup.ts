// Duty: saves a whole database to an archive file and brings it back, through an ordinary connection.
import { open, rename, rm } from 'node:fs/promises';
import { EJSON } from 'bson';
import { type Doc, decode, encode } from '../semantics/values.ts';
import { type Block, type Prelude, readArchive, writeArchive } from './archive.ts';
import type { Client } from './client.ts';

interface Listed extends Prelude {
  type: string;
}

async function collectionsOf(client: Client): Promise<Listed[]> {
  const listed: Listed[] = [];
  const { databases } = await client.command('admin', { listDatabases: 1, nameOnly: true });
  for (const { name: database } of databases as { name: string }[]) {
    for await (const { name, type, options } of client.documents(database, {
      listCollections: 1,
      cursor: {},
    })) {
      const collection = String(name);
      const indexes: Doc[] = [];
      if (type === 'collection') {
        for await (const index of client.documents(database, { listIndexes: collection, cursor: {} }))
          indexes.push(index);
      }
      const metadata = EJSON.stringify(
        { options, indexes, collectionName: collection, type },
        { relaxed: false },
      );
      listed.push({ database, collection, metadata, type: String(type) });
    }
  }
  return listed;
}

/** Writes beside the file and renames at the end: a file of this name is always a whole backup. */
export async function backup(
  client: Client,
  path: string,
): Promise<{ collections: number; documents: number }> {
  const listed = await collectionsOf(client);
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600);
  let documents = 0;
  async function* blocks(): AsyncGenerator<Block> {
    for (const { database, collection, type } of listed) {
      if (type === 'view') continue;
      yield { database, collection, documents: counted(database, collection) };
    }
  }
  async function* counted(database: string, collection: string): AsyncGenerator<Uint8Array> {
    for await (const bytes of client.rows(database, {
      find: collection,
      noCursorTimeout: true,
      batchSize: 1_000,
    })) {
      documents++;
      yield bytes;
    }
  }
  try {
    for await (const bytes of writeArchive(listed, blocks())) await file.write(bytes);
    await file.sync();
    await file.close();
    await rename(unfinished, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(unfinished, { force: true });
    throw error;
  }
  return { collections: listed.length, documents };
}

const batchBytes = 8 * 1024 * 1024;
const batchDocuments = 1_000;

/** Into empty collections only, unless `drop` lets the backup take their place. Indexes come last: that is faster. */
export async function restore(
  client: Client,
  path: string,
  { drop }: { drop: boolean },
): Promise<{ collections: number; documents: number }> {
  // A first reading proves the file whole before anything is changed.
  const preludes: Prelude[] = [];
  for await (const part of readArchive(path)) if (part.kind === 'collection') preludes.push(part.prelude);
  for (const { database, collection } of preludes) await makeRoom(client, database, collection, drop);
  for (const prelude of preludes) await createFrom(client, prelude);
  let documents = 0;
  let batch: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of readArchive(path)) {
    if (part.kind === 'collection') continue;
    if (part.kind === 'document') {
      batch.push(part.bytes);
      bytes += part.bytes.length;
      documents++;
    }
    const full = bytes > batchBytes || batch.length >= batchDocuments;
    if (batch.length > 0 && (full || part.kind === 'end')) {
      await client.insert(part.database, part.collection, batch);
      batch = [];
      bytes = 0;
    }
  }
  for (const { database, collection, metadata } of preludes) {
    const indexes = indexesOf(metadata);
    if (indexes.length > 0) await client.command(database, { createIndexes: collection, indexes });
  }
  return { collections: preludes.length, documents };
}

async function makeRoom(client: Client, database: string, collection: string, drop: boolean): Promise<void> {
  if (drop) {
    await client.command(database, { drop: collection });
    return;
  }
  const { n } = await client.command(database, { count: collection });
  if (Number(n) > 0)
    throw new Error(`${database}.${collection} is not empty: restore with --drop replaces it`);
}

const parsed = (metadata: string): Doc => decode(encode(EJSON.parse(metadata, { relaxed: false }) as Doc));

async function createFrom(client: Client, { database, collection, metadata }: Prelude): Promise<void> {
  const { options } = parsed(metadata) as { options?: Doc };
  const exists = client.documents(database, { listCollections: 1, filter: { name: collection }, cursor: {} });
  for await (const _ of exists) return;
  await client.command(database, { create: collection, ...options });
}

const indexesOf = (metadata: string): Doc[] =>
  ((parsed(metadata).indexes ?? []) as Doc[]).filter(({ key }) => Object.keys(key as Doc).join() !== '_id');
