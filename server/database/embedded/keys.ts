// Duty: BSON values as bytes whose order is MongoDB's order, for the keys of the store. Knows nothing of documents or indexes.
import { createHash } from 'node:crypto';
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import type { Value } from './semantics/values.ts';

/** First byte of every encoded value: MongoDB's order between types. Gaps leave room for what is missing today. */
export const typeByte = {
  min: 0x05,
  undefined: 0x08,
  null: 0x10,
  number: 0x18,
  string: 0x20,
  object: 0x28,
  array: 0x30,
  binary: 0x38,
  objectId: 0x40,
  boolean: 0x48,
  date: 0x50,
  timestamp: 0x58,
  regex: 0x60,
  code: 0x68,
  codeWithScope: 0x70,
  max: 0xf0,
} as const;

/** LMDB refuses keys above 1,978 bytes with our page size; what is longer is cut and closed with a hash of the whole. */
const longestKey = 1_400;
const hashBytes = 16;

let buffer = Buffer.allocUnsafe(4_096);
let length = 0;

function room(bytes: number): void {
  if (length + bytes <= buffer.length) return;
  const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + bytes));
  buffer.copy(larger, 0, 0, length);
  buffer = larger;
}

function byte(value: number): void {
  room(1);
  buffer[length++] = value;
}

function escapedText(text: string): void {
  room(text.length * 6 + 2);
  const start = length;
  length += buffer.write(text, length, 'utf8');
  if (text.includes('\0')) {
    const raw = Buffer.from(buffer.subarray(start, length));
    length = start;
    for (const each of raw) {
      buffer[length++] = each;
      if (each === 0) buffer[length++] = 0xff;
    }
  }
  buffer[length++] = 0;
  buffer[length++] = 0;
}

function int64(value: bigint): void {
  room(8);
  buffer.writeBigUInt64BE(BigInt.asUintN(64, value ^ (1n << 63n)), length);
  length += 8;
}

/** A double as eight ordered bytes: the sign bit flipped, all bits flipped for negatives; NaN sorts before all numbers. */
function float64(value: number): void {
  room(8);
  if (Number.isNaN(value)) {
    buffer.fill(0, length, length + 8);
  } else {
    buffer.writeDoubleBE(value === 0 ? 0 : value, length);
    const negative = (buffer[length]! & 0x80) !== 0;
    if (negative) for (let at = 0; at < 8; at++) buffer[length + at]! ^= 0xff;
    else buffer[length]! ^= 0x80;
  }
  length += 8;
}

const remainder = { below: 0x40, exact: 0x80, above: 0xc0 } as const;

function writeDouble(value: number): void {
  byte(typeByte.number);
  float64(value);
  byte(remainder.exact);
}

function writeLong(value: bigint): void {
  const near = Number(value);
  if (BigInt(near) === value) writeDouble(near);
  else writeInexact(near, value < BigInt(near), value < 0n, value.toString().replace('-', ''), 0);
}

function writeDecimal(value: Decimal128): void {
  const text = value.toString();
  const near = Number(text);
  if (Number.isNaN(near) || /inf/i.test(text)) {
    writeDouble(/inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number.NaN);
    return;
  }
  const [, sign, whole, fraction = '', exponentText = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(
    text,
  )!;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits === '') {
    writeDouble(0);
    return;
  }
  const exponent = Number(exponentText) - fraction.length;
  const order = compareToDouble(BigInt(digits) * (sign ? -1n : 1n), exponent, near);
  if (order === 0) writeDouble(near);
  else writeInexact(near, order < 0, sign === '-', digits, exponent);
}

/** What a double cannot hold: the nearest double, on which side of it, then the decimal digits themselves. */
function writeInexact(
  near: number,
  below: boolean,
  negative: boolean,
  digits: string,
  exponent: number,
): void {
  byte(typeByte.number);
  float64(near);
  byte(below ? remainder.below : remainder.above);
  const start = length;
  room(3 + digits.length);
  buffer.writeUInt16BE(digits.length + exponent + 0x8000, length);
  length += 2;
  length += buffer.write(digits.replace(/0+$/, ''), length, 'latin1');
  byte(0);
  if (negative) invert(start);
}

/** Exact order of `digits × 10^exponent` and a double, by integer arithmetic. */
function compareToDouble(digits: bigint, exponent: number, double: number): number {
  if (!Number.isFinite(double)) return double > 0 ? -1 : 1;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, double);
  const raw = bits.getBigUint64(0);
  const biased = Number((raw >> 52n) & 0x7ffn);
  const mantissa = (raw & 0xfffffffffffffn) | (biased ? 1n << 52n : 0n);
  const power = (biased || 1) - 1075;
  let left = digits;
  let right = double < 0 ? -mantissa : mantissa;
  if (exponent > 0) left *= 10n ** BigInt(exponent);
  else right *= 10n ** BigInt(-exponent);
  if (power > 0) right <<= BigInt(power);
  else left <<= BigInt(-power);
  return left < right ? -1 : left > right ? 1 : 0;
}

function invert(start: number): void {
  for (let at = start; at < length; at++) buffer[at]! ^= 0xff;
}

function writeValue(value: Value): void {
  switch (typeof value) {
    case 'string':
      byte(typeByte.string);
      escapedText(value);
      return;
    case 'number':
      writeDouble(value);
      return;
    case 'bigint':
      writeLong(value);
      return;
    case 'boolean':
      byte(typeByte.boolean);
      byte(value ? 1 : 0);
      return;
    case 'undefined':
      byte(typeByte.undefined);
      return;
  }
  if (value === null) byte(typeByte.null);
  else if (value instanceof Int32 || value instanceof Double) writeDouble(value.valueOf());
  else if (value instanceof ObjectId) {
    byte(typeByte.objectId);
    room(12);
    buffer.set(value.id, length);
    length += 12;
  } else if (value instanceof Date) {
    byte(typeByte.date);
    int64(Number.isNaN(value.getTime()) ? -(1n << 63n) : BigInt(value.getTime()));
  } else if (value instanceof Timestamp) {
    byte(typeByte.timestamp);
    room(8);
    buffer.writeBigUInt64BE(BigInt.asUintN(64, value.toBigInt()), length);
    length += 8;
  } else if (value instanceof Long) writeLong(value.toBigInt());
  else if (value instanceof Decimal128) writeDecimal(value);
  else if (Array.isArray(value)) {
    byte(typeByte.array);
    for (const each of value) writeValue(each);
    byte(0);
  } else writeRare(value as object);
}

function writeRare(value: object): void {
  if (value instanceof Binary) {
    const bytes = value.buffer.subarray(0, value.position);
    byte(typeByte.binary);
    room(bytes.length + 5);
    buffer.writeUInt32BE(bytes.length, length);
    buffer[length + 4] = value.sub_type;
    buffer.set(bytes, length + 5);
    length += bytes.length + 5;
  } else if (value instanceof BSONSymbol) writeValue(value.valueOf());
  else if (value instanceof BSONRegExp || value instanceof RegExp) {
    byte(typeByte.regex);
    escapedText(value instanceof RegExp ? value.source : value.pattern);
    escapedText(value instanceof RegExp ? value.flags : value.options);
  } else if (value instanceof Code) {
    byte(value.scope ? typeByte.codeWithScope : typeByte.code);
    escapedText(value.code);
    if (value.scope) writeValue(value.scope);
  } else if (value instanceof MinKey) byte(typeByte.min);
  else if (value instanceof MaxKey) byte(typeByte.max);
  else if (value instanceof DBRef) writeObject(value.toJSON());
  else writeObject(value);
}

/** MongoDB compares field by field: type first, then name, then value. */
function writeObject(value: object): void {
  byte(typeByte.object);
  for (const [name, each] of Object.entries(value)) {
    const start = length;
    writeValue(each);
    const type = buffer[start]!;
    const body = Buffer.from(buffer.subarray(start + 1, length));
    length = start;
    byte(type);
    escapedText(name);
    room(body.length);
    buffer.set(body, length);
    length += body.length;
  }
  byte(0);
}

export interface EncodedKey {
  bytes: Buffer;
  /** The key was too long: its tail is a hash, so it serves equality but no order. */
  cut: boolean;
}

function cutAt(start: number, limit: number): boolean {
  if (length - start <= limit) return false;
  const hash = createHash('sha256').update(buffer.subarray(start, length)).digest();
  length = start + limit - hashBytes;
  length += hash.copy(buffer, length, 0, hashBytes);
  return true;
}

/** The key of a tuple of values, e.g. an index entry; `descending[i]` turns the order of component i around. */
export function encodeTuple(values: readonly Value[], descending: readonly boolean[]): EncodedKey {
  length = 0;
  let cut = false;
  const limit = Math.floor(longestKey / descending.length);
  for (let at = 0; at < values.length; at++) {
    const start = length;
    writeValue(values[at]);
    if (cutAt(start, limit)) cut = true;
    if (descending[at]) invert(start);
  }
  return { bytes: Buffer.from(buffer.subarray(0, length)), cut };
}

/**
 * The edge of a range over component values of an index of `parts` fields. When the value is too long for its component
 * the edge is only the part that keys have in common, and `cut` says so.
 */
export function encodeEdge(value: Value, parts: number): EncodedKey {
  length = 0;
  writeValue(value);
  const limit = Math.floor(longestKey / parts);
  const cut = length > limit;
  return { bytes: Buffer.from(buffer.subarray(0, cut ? limit - hashBytes : length)), cut };
}

/** What every string begins with that begins with `text`. */
export function encodeTextPrefix(text: string): Buffer {
  length = 0;
  byte(typeByte.string);
  escapedText(text);
  return Buffer.from(buffer.subarray(0, length - 2));
}

/** One value, always ascending: the key of a record, or one edge of a range. */
export function encodeValue(value: Value): Buffer {
  return encodeTuple([value], [false]).bytes;
}

export function inverted(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.map((each) => each ^ 0xff));
}

export function prefixed(id: number, key: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(4 + key.length);
  bytes.writeUInt32BE(id, 0);
  bytes.set(key, 4);
  return bytes;
}

/** The smallest key that is greater than every key which begins with `prefix`. */
export function afterPrefix(prefix: Uint8Array): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  if (end === 0) throw new RangeError('no key follows a prefix of only 0xff');
  const next = Buffer.from(prefix.subarray(0, end));
  next[end - 1]!++;
  return next;
}
