// Duty: the archive format of mongodump (`--archive`): one file of BSON documents, collection by collection, with checksums.
import { createReadStream } from 'node:fs';
import { Int32, Long } from 'bson';
import { decode, encode } from '../semantics/values.ts';
import { crc64, crc64Start } from './crc64.ts';

const magic = 0x8199e26d;
const terminator = Buffer.from([0xff, 0xff, 0xff, 0xff]);

export interface Prelude {
  database: string;
  collection: string;
  /** Extended JSON: options and indexes, as mongodump writes them. */
  metadata: string;
}

export interface Block {
  database: string;
  collection: string;
  documents: AsyncIterable<Uint8Array>;
}

export async function* writeArchive(
  preludes: Prelude[],
  blocks: AsyncIterable<Block>,
): AsyncGenerator<Uint8Array> {
  const start = Buffer.alloc(4);
  start.writeUInt32LE(magic);
  yield start;
  yield encode({
    concurrent_collections: new Int32(1),
    version: '0.1',
    server_version: '8.0.0',
    tool_version: '100.0.0',
  });
  for (const { database: db, collection, metadata } of preludes) {
    yield encode({ db, collection, metadata, size: new Int32(0), type: 'collection' });
  }
  yield terminator;
  for await (const { database: db, collection, documents } of blocks) {
    let crc = crc64Start;
    yield encode({ db, collection, EOF: false, CRC: Long.ZERO });
    for await (const document of documents) {
      crc = crc64(document, crc);
      yield document;
    }
    yield terminator;
    yield encode({ db, collection, EOF: true, CRC: Long.fromBits(crc.low, crc.high) });
    yield terminator;
  }
}

export type Part =
  | { kind: 'collection'; prelude: Prelude }
  | { kind: 'document'; database: string; collection: string; bytes: Uint8Array }
  | { kind: 'end'; database: string; collection: string };

/** Throws when the file is no archive, is cut off, or a collection's checksum differs. */
export async function* readArchive(path: string): AsyncGenerator<Part> {
  const pieces = piecesOf(path);
  await pieces.next();
  for (let piece = await next(pieces); piece; piece = await next(pieces)) {
    const { db, collection, metadata } = decode(piece);
    const prelude = {
      database: String(db),
      collection: String(collection),
      metadata: String(metadata ?? '{}'),
    };
    yield { kind: 'collection', prelude };
  }
  const sums = new Map<string, typeof crc64Start>();
  for (;;) {
    const { value, done } = await pieces.next();
    if (done) break;
    if (!value) throw new Error('the archive is damaged: a block has no header');
    const header = decode(value);
    const [database, collection] = [String(header.db), String(header.collection)];
    const namespace = `${database}.${collection}`;
    for (let bytes = await next(pieces); bytes; bytes = await next(pieces)) {
      sums.set(namespace, crc64(bytes, sums.get(namespace) ?? crc64Start));
      yield { kind: 'document', database, collection, bytes };
    }
    if (header.EOF !== true) continue;
    const sum = sums.get(namespace) ?? crc64Start;
    if (!Long.fromBits(sum.low, sum.high).equals(header.CRC as Long)) {
      throw new Error(`the archive is damaged: the checksum of ${namespace} differs`);
    }
    sums.delete(namespace);
    yield { kind: 'end', database, collection };
  }
  if (sums.size > 0) throw new Error('the archive is cut off');
}

async function next(pieces: AsyncGenerator<Buffer | undefined>): Promise<Buffer | undefined> {
  const { value, done } = await pieces.next();
  if (done) throw new Error('the archive is cut off');
  return value;
}

/** First the header, then documents; `undefined` is a terminator. */
async function* piecesOf(path: string): AsyncGenerator<Buffer | undefined> {
  let held = Buffer.alloc(0);
  let started = false;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    held = Buffer.concat([held, chunk as Buffer]);
    if (!started) {
      if (held.length < 4) continue;
      if (held.readUInt32LE(0) !== magic)
        throw new Error(`${path} is not an archive of mongodump or of this program`);
      held = held.subarray(4);
      started = true;
    }
    while (held.length >= 4) {
      const size = held.readInt32LE(0);
      if (size === -1) {
        yield undefined;
        held = held.subarray(4);
        continue;
      }
      if (size < 5 || size > 17 * 1024 * 1024) throw new Error('the archive is damaged');
      if (held.length < size) break;
      yield held.subarray(0, size);
      held = held.subarray(size);
    }
  }
  if (!started || held.length > 0) throw new Error('the archive is cut off');
}
