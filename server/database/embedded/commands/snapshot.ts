// Duty: the one command that MongoDB does not have: every document as of one moment, for backups, while writers go on.
import { type Collection, collectionOf, databaseOf } from '../catalogue.ts';
import type { Engine } from '../engine.ts';
import { afterPrefix, prefixed } from '../keys.ts';
import type { Operation } from '../operation.ts';
import { type Doc, encode, type Row } from '../semantics/values.ts';
import type { CursorReply } from '../wire.ts';
import { type Commands, type Context, integer } from './command.ts';
import { openCursor } from './find.ts';

/**
 * `{ snapshot: 1, batchSize }`, on `admin` for all databases, else for its own. Rows: first `{ collection: { database, name, type,
 * options, indexes } }` for each collection and view; then per collection `{ begins: n }`, its place in that list, and
 * `{ document: … }` for each document.
 */
export const snapshotCommands: Commands = {
  snapshot: { fields: ['batchSize'], run: snapshot },
};

const chunkDocuments = 256;
const chunkBytes = 4 * 1024 * 1024;

function snapshot(context: Context, body: Doc): Promise<CursorReply> {
  const { engine, operation, database } = context;
  const rows = rowsOf(engine, database === 'admin' ? undefined : database, operation);
  const namespace = `${database}.$cmd.snapshot`;
  return openCursor(context, { namespace, rows, operation }, integer(body, 'batchSize') ?? 1_000);
}

async function* rowsOf(
  engine: Engine,
  database: string | undefined,
  operation: Operation,
): AsyncGenerator<Row[]> {
  // Both in one turn: no collection is made or dropped between them.
  const moment = engine.store.moment();
  const collections = engine.catalogue.collections(database);
  const databases = database === undefined ? engine.catalogue.databases() : [database];
  const views = databases.flatMap((name) => engine.catalogue.views(name));
  try {
    yield [
      ...collections.map(listed),
      ...views.map(({ namespace, options }) => ({
        collection: { ...named(namespace), type: 'view', options, indexes: [] },
      })),
    ].map((row) => encode(row));
    for (const [at, { id }] of collections.entries()) {
      yield [encode({ begins: at })];
      const end = afterPrefix(prefixed(id, Buffer.alloc(0)));
      let start = prefixed(id, Buffer.alloc(0));
      let limit = chunkDocuments;
      for (;;) {
        const entries = engine.store.docs.entries({ start, end, limit }, moment);
        if (entries.length > 0) yield entries.map(({ value }) => wrapped(value));
        if (entries.length < limit) break;
        start = Buffer.concat([entries.at(-1)!.key, Buffer.alloc(1)]);
        const bytes = entries.reduce((sum, { value }) => sum + value.length, 0);
        limit = bytes > chunkBytes ? Math.max(1, limit >> 2) : Math.min(chunkDocuments, limit * 2);
        await operation.checkpoint();
      }
    }
  } finally {
    moment.done();
  }
}

const named = (namespace: string) => ({ database: databaseOf(namespace), name: collectionOf(namespace) });

function listed({ namespace, options, indexes }: Collection): Doc {
  const specs = indexes.filter(({ building }) => !building).map(({ spec }) => spec);
  return { collection: { ...named(namespace), type: 'collection', options, indexes: specs } };
}

const head = Buffer.from('\u0003document\0', 'latin1');

/** `{ document: … }` without decoding what is inside. */
function wrapped(document: Uint8Array): Uint8Array {
  const row = Buffer.allocUnsafe(4 + head.length + document.length + 1);
  row.writeInt32LE(row.length, 0);
  head.copy(row, 4);
  row.set(document, 4 + head.length);
  row[row.length - 1] = 0;
  return row;
}

/** The document inside such a row; undefined when it is another kind of row. */
export function unwrapped(row: Uint8Array): Uint8Array | undefined {
  const isDocument = Buffer.from(row.buffer, row.byteOffset + 4, head.length).equals(head);
  return isDocument ? row.subarray(4 + head.length, row.length - 1) : undefined;
}
