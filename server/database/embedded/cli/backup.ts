// Duty: saves a whole database to an archive, as of one moment, and brings it back, through an ordinary connection.
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { EJSON } from 'bson';
import { unwrapped } from '../commands/snapshot.ts';
import { type Doc, decode, encode, toDouble } from '../semantics/values.ts';
import { type Part, type Prelude, readArchive, writeArchive } from './archive.ts';
import type { Client } from './client.ts';

export interface Amount {
  collections: number;
  documents: number;
}

interface Listed {
  database: string;
  name: string;
  type: string;
  options: Doc;
  indexes: Doc[];
}

/** Everything in that database, or in all, as of one moment while others write. */
export async function* snapshotParts(client: Client, database?: string): AsyncGenerator<Part> {
  const listed: Listed[] = [];
  let current: Listed | undefined;
  const named = ({ database: of, name: collection }: Listed) => ({ database: of, collection });
  for await (const row of client.rows(database ?? 'admin', { snapshot: 1 })) {
    const bytes = unwrapped(row);
    if (bytes) {
      yield { kind: 'document', ...named(current!), bytes };
      continue;
    }
    const { collection, begins } = decode(row) as { collection?: Listed; begins?: number };
    if (collection) {
      listed.push(collection);
      const { name: collectionName, type, options, indexes } = collection;
      const told = { options, indexes, collectionName, type };
      yield {
        kind: 'collection',
        prelude: { ...named(collection), metadata: EJSON.stringify(told, { relaxed: false }) },
      };
      continue;
    }
    if (current) yield { kind: 'end', ...named(current) };
    current = listed[toDouble(begins)]!;
  }
  if (current) yield { kind: 'end', ...named(current) };
}

/** Writes beside the file and renames at the end: a file of this name is always a whole backup. */
export async function backup(client: Client, path: string): Promise<Amount> {
  const unfinished = `${path}.unfinished`;
  const file = await open(unfinished, 'w', 0o600);
  const amount = { collections: 0, documents: 0 };
  try {
    const parts = counted(snapshotParts(client), amount);
    for await (const bytes of writeArchive(parts)) await file.write(bytes);
    await file.sync();
    await file.close();
    await rename(unfinished, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(unfinished, { force: true });
    throw error;
  }
  return amount;
}

/** The same parts; `amount` grows as they pass. */
export async function* counted(parts: AsyncIterable<Part>, amount: Amount): AsyncGenerator<Part> {
  for await (const part of parts) {
    if (part.kind === 'collection') amount.collections += 1;
    if (part.kind === 'document') amount.documents += 1;
    yield part;
  }
}

const archiveFile = (path: string) => readArchive(createReadStream(path, { highWaterMark: 1024 * 1024 }));

/** Into empty collections only, unless `drop` lets the backup take their place. */
export async function restore(client: Client, path: string, { drop }: { drop: boolean }): Promise<Amount> {
  // A first reading proves the file whole before anything is changed.
  const preludes: Prelude[] = [];
  for await (const part of archiveFile(path)) if (part.kind === 'collection') preludes.push(part.prelude);
  for (const { database, collection } of preludes) await makeRoom(client, database, collection, drop);
  return restoreParts(client, archiveFile(path));
}

const batchBytes = 8 * 1024 * 1024;
const batchDocuments = 1_000;

/** Into collections that are empty or not there. Indexes come last: that is faster. */
export async function restoreParts(client: Client, parts: AsyncIterable<Part>): Promise<Amount> {
  const preludes: Prelude[] = [];
  let documents = 0;
  let batch: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of parts) {
    if (part.kind === 'collection') {
      preludes.push(part.prelude);
      await createFrom(client, part.prelude);
      continue;
    }
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
