// Duty: reads single fields out of BSON bytes without decoding the whole document. Trusts the bytes: validate them on the way in.
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { bsonType, type Doc, decode, type Row, setField, type Value } from './values.ts';

/** A dotted path, cut once. `indexes[i]` is the array position that part i names, or -1. */
export interface Path {
  readonly text: string;
  readonly names: readonly string[];
  readonly indexes: readonly number[];
  readonly encoded: readonly Buffer[];
}

export function compilePath(text: string): Path {
  const names = text.split('.');
  return {
    text,
    names,
    indexes: names.map((name) => (/^(0|[1-9]\d{0,8})$/.test(name) ? Number(name) : -1)),
    encoded: names.map((name) => Buffer.from(`${name}\0`)),
  };
}

export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const int32 = (bytes: Uint8Array, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);

/** How many bytes the value of this type takes that starts at `at`. */
export function sizeOf(bytes: Uint8Array, type: number, at: number): number {
  switch (type) {
    case bsonType.int:
      return 4;
    case bsonType.double:
    case bsonType.date:
    case bsonType.long:
    case bsonType.timestamp:
      return 8;
    case bsonType.string:
    case bsonType.javascript:
    case bsonType.symbol:
      return 4 + int32(bytes, at);
    case bsonType.object:
    case bsonType.array:
    case bsonType.javascriptWithScope:
      return int32(bytes, at);
    case bsonType.bool:
      return 1;
    case bsonType.objectId:
      return 12;
    case bsonType.binData:
      return 5 + int32(bytes, at);
    case bsonType.decimal:
      return 16;
    case bsonType.regex:
      return bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1 - at;
    case bsonType.dbPointer:
      return 4 + int32(bytes, at) + 12;
  }
  return 0;
}

export function text(bytes: Buffer, from: number, to: number): string {
  if (to - from > 32) return bytes.toString('utf8', from, to);
  let made = '';
  for (let at = from; at < to; at++) {
    const unit = bytes[at]!;
    if (unit > 127) return bytes.toString('utf8', from, to);
    made += String.fromCharCode(unit);
  }
  return made;
}

function valueAt(bytes: Buffer, type: number, at: number): Value {
  switch (type) {
    case bsonType.int:
      return new Int32(int32(bytes, at));
    case bsonType.double:
      return new Double(bytes.readDoubleLE(at));
    case bsonType.string:
      return text(bytes, at + 4, at + 3 + int32(bytes, at));
    case bsonType.object:
      return docAt(bytes, at);
    case bsonType.array:
      return arrayAt(bytes, at);
    case bsonType.objectId:
      return new ObjectId(Uint8Array.prototype.slice.call(bytes, at, at + 12));
    case bsonType.bool:
      return bytes[at] === 1;
    case bsonType.date:
      return new Date(int32(bytes, at + 4) * 4294967296 + (int32(bytes, at) >>> 0));
    case bsonType.long:
      return new Long(int32(bytes, at), int32(bytes, at + 4));
    case bsonType.null:
      return null;
    case bsonType.decimal:
      return new Decimal128(Uint8Array.prototype.slice.call(bytes, at, at + 16));
    case bsonType.timestamp:
      return new Timestamp({ t: int32(bytes, at + 4) >>> 0, i: int32(bytes, at) >>> 0 });
    case bsonType.regex: {
      const end = bytes.indexOf(0, at);
      return new BSONRegExp(text(bytes, at, end), text(bytes, end + 1, bytes.indexOf(0, end + 1)));
    }
    case bsonType.symbol:
      return new BSONSymbol(text(bytes, at + 4, at + 3 + int32(bytes, at)));
    case bsonType.javascript:
      return new Code(text(bytes, at + 4, at + 3 + int32(bytes, at)));
    case bsonType.minKey & 0xff:
      return new MinKey();
    case bsonType.maxKey:
      return new MaxKey();
    case bsonType.binData: {
      const size = int32(bytes, at);
      // Subtype 2 repeats its length, which is not part of the data.
      const skip = bytes[at + 4] === Binary.SUBTYPE_BYTE_ARRAY ? 4 : 0;
      return new Binary(Uint8Array.prototype.slice.call(bytes, at + 5 + skip, at + 5 + size), bytes[at + 4]);
    }
    case bsonType.undefined:
      return undefined;
  }
  return rareValue(bytes, type, at);
}

/** What nobody has written for years is left to the library, wrapped as a document of one field. */
function rareValue(bytes: Buffer, type: number, at: number): Value {
  const value = bytes.subarray(at, at + sizeOf(bytes, type, at));
  const wrapped = Buffer.concat([Buffer.alloc(4), Buffer.from([type, 0x76, 0]), value, Buffer.alloc(1)]);
  wrapped.writeInt32LE(wrapped.length);
  return decode(wrapped).v;
}

function docAt(bytes: Buffer, start: number): Doc {
  const doc: Doc = {};
  for (let at = start + 4; bytes[at] !== 0; ) {
    const type = bytes[at]!;
    const end = bytes.indexOf(0, at + 1);
    setField(doc, text(bytes, at + 1, end), valueAt(bytes, type, end + 1));
    at = end + 1 + sizeOf(bytes, type, end + 1);
  }
  return doc;
}

function arrayAt(bytes: Buffer, start: number): Value[] {
  const array: Value[] = [];
  for (let at = start + 4; bytes[at] !== 0; ) {
    const type = bytes[at]!;
    let value = at + 2;
    while (bytes[value - 1] !== 0) value++;
    array.push(valueAt(bytes, type, value));
    at = value + sizeOf(bytes, type, value);
  }
  return array;
}

/** Where the value of the named field starts, or 0; its type byte is left in `foundType`. */
let foundType = 0;
function find(bytes: Uint8Array, start: number, name: Buffer): number {
  const length = name.length;
  for (let at = start + 4; ; ) {
    const type = bytes[at]!;
    if (type === 0) return 0;
    let same = 0;
    at++;
    while (same < length && bytes[at + same] === name[same]) same++;
    if (same === length) {
      foundType = type;
      return at + length;
    }
    // The names differ at `same`; the stored one ends at the next zero from there.
    at += same;
    while (bytes[at] !== 0) at++;
    at++;
    at += sizeOf(bytes, type, at);
  }
}

/**
 * Follows a path through nested documents and decodes what it reaches: the value at its end, or the first array on the
 * way. `reached()` says how many parts of the path were used; a missing field gives undefined.
 */
export function descend(bytes: Uint8Array, path: Path): Value {
  const { encoded } = path;
  let start = 0;
  for (let part = 0; part < encoded.length; part++) {
    const at = find(bytes, start, encoded[part]!);
    reachedParts = part + 1;
    if (at === 0) {
      reachedParts = encoded.length;
      return undefined;
    }
    if (foundType !== bsonType.object || part === encoded.length - 1) {
      // Only documents and arrays have anything below them.
      if (foundType !== bsonType.array && part < encoded.length - 1) {
        reachedParts = encoded.length;
        return undefined;
      }
      return valueAt(asBuffer(bytes), foundType, at);
    }
    start = at;
  }
  return undefined;
}

let reachedParts = 0;
/** How many parts of the path the last `descend` used. Read it before anything else descends. */
export const reached = (): number => reachedParts;

/** The value of one top-level field. */
export function readField(bytes: Uint8Array, path: Path): Value {
  const at = find(bytes, 0, path.encoded[0]!);
  return at === 0 ? undefined : valueAt(asBuffer(bytes), foundType, at);
}

/** The whole document, for bytes that were validated before: keeps `$ref` documents plain and is faster than `decode`. */
export const decodeTrusted = (bytes: Uint8Array): Doc => docAt(asBuffer(bytes), 0);

export const asDoc = (row: Row): Doc => (row instanceof Uint8Array ? decodeTrusted(row) : row);
