// Duty: the archive format of mongodump (`--archive`): one file of BSON documents, collection by collection, with checksums.
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

export type Part =
  | { kind: 'collection'; prelude: Prelude }
  | { kind: 'document'; database: string; collection: string; bytes: Uint8Array }
  | { kind: 'end'; database: string; collection: string };

/** All collections come first, then the documents of one after the other, each closed by its end. */
export async function* writeArchive(parts: AsyncIterable<Part>): AsyncGenerator<Uint8Array> {
  const start = Buffer.alloc(4);
  start.writeUInt32LE(magic);
  yield start;
  yield encode({
    concurrent_collections: new Int32(1),
    version: '0.1',
    server_version: '8.0.0',
    tool_version: '100.0.0',
  });
  let listing = true;
  let block: { db: string; collection: string } | undefined;
  let crc = crc64Start;
  for await (const part of parts) {
    if (part.kind === 'collection') {
      const { database: db, collection, metadata } = part.prelude;
      yield encode({ db, collection, metadata, size: new Int32(0), type: 'collection' });
      continue;
    }
    if (listing) yield terminator;
    listing = false;
    if (!block) {
      block = { db: part.database, collection: part.collection };
      crc = crc64Start;
      yield encode({ ...block, EOF: false, CRC: Long.ZERO });
    }
    if (part.kind === 'document') {
      crc = crc64(part.bytes, crc);
      yield part.bytes;
      continue;
    }
    yield terminator;
    yield encode({ ...block, EOF: true, CRC: Long.fromBits(crc.low, crc.high) });
    yield terminator;
    block = undefined;
  }
  if (listing) yield terminator;
}

/** Throws when the bytes are no archive, are cut off, or a collection's checksum differs. */
export async function* readArchive(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Part> {
  const pieces = piecesOf(chunks);
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
async function* piecesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer | undefined> {
  let held = Buffer.alloc(0);
  let started = false;
  for await (const chunk of chunks) {
    held = Buffer.concat([held, chunk]);
    if (!started) {
      if (held.length < 4) continue;
      if (held.readUInt32LE(0) !== magic)
        throw new Error('the file is not an archive of mongodump or of this program');
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
