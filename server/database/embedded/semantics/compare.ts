// Duty: the one total order of BSON values, used by sorts, ranges, groups and (through its properties) index keys.
import type { Binary, BSONSymbol, Code, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import type { Collation } from './collation.ts';
import { canonicalText, compareExact, type Exact, exactFromDouble, exactFromText } from './exactNumbers.ts';
import { bsonType, type Doc, regexParts, typeOf, type Value } from './values.ts';

export { type Collation, compileCollation } from './collation.ts';

/** The place of a type in the order of types; numbers share one, null stands after missing. */
const ranks = new Map<number, number>([
  [bsonType.minKey, -1],
  [bsonType.undefined, 0],
  [bsonType.null, 5],
  [bsonType.int, 10],
  [bsonType.double, 10],
  [bsonType.long, 10],
  [bsonType.decimal, 10],
  [bsonType.string, 15],
  [bsonType.symbol, 15],
  [bsonType.object, 20],
  [bsonType.array, 25],
  [bsonType.binData, 30],
  [bsonType.objectId, 35],
  [bsonType.bool, 40],
  [bsonType.date, 45],
  [bsonType.timestamp, 47],
  [bsonType.regex, 50],
  [bsonType.dbPointer, 55],
  [bsonType.javascript, 60],
  [bsonType.javascriptWithScope, 65],
  [bsonType.maxKey, 127],
]);

export const rankOf = (value: Value): number => ranks.get(typeOf(value))!;

/** Negative, zero or positive. Missing (undefined) comes before null; a sort that equates them maps one to the other first. */
export function compareValues(a: Value, b: Value, collation?: Collation): number {
  if (typeof a === 'string' && typeof b === 'string')
    return collation ? collation.compare(a, b) : compareText(a, b);
  const type = typeOf(a);
  const other = typeOf(b);
  if (type !== other) {
    const difference = ranks.get(type)! - ranks.get(other)!;
    if (difference !== 0) return difference;
  }
  switch (type) {
    case bsonType.int:
    case bsonType.double:
    case bsonType.long:
    case bsonType.decimal:
      return compareNumbers(a, b);
    case bsonType.string:
    case bsonType.symbol:
      return compareValues(symbolText(a), symbolText(b), collation);
    case bsonType.object:
      return compareDocs(a as Doc, b as Doc, collation);
    case bsonType.array:
      return compareArrays(a as Value[], b as Value[], collation);
    case bsonType.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case bsonType.bool:
      return Number(a) - Number(b);
    case bsonType.date:
      return (a as Date).getTime() - (b as Date).getTime();
    case bsonType.binData:
      return compareBinary(a as Binary, b as Binary);
    case bsonType.timestamp:
      return (a as Timestamp).t - (b as Timestamp).t || (a as Timestamp).i - (b as Timestamp).i;
    case bsonType.regex: {
      const [x, y] = [regexParts(a), regexParts(b)];
      return compareText(x.pattern, y.pattern) || compareText(x.options, y.options);
    }
    case bsonType.javascript:
    case bsonType.javascriptWithScope:
      return compareText(String((a as Code).code), String((b as Code).code));
  }
  return 0;
}

export const equalValues = (a: Value, b: Value, collation?: Collation): boolean =>
  compareValues(a, b, collation) === 0;

const symbolText = (value: Value): string =>
  typeof value === 'string' ? value : (value as BSONSymbol).value;

/** The order of the UTF-8 bytes, which differs from JavaScript's where surrogates meet the last 8,192 characters. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) {
      if (x >= 0xd800 && y >= 0xd800)
        return (x >= 0xe000 ? x - 0x2000 : x + 0x800) - (y >= 0xe000 ? y - 0x2000 : y + 0x800);
      return x - y;
    }
  }
  return a.length - b.length;
}

/** The number as a double when that is exact, else undefined. */
function exactDouble(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  const type = typeOf(value);
  if (type === bsonType.int || type === bsonType.double) return (value as Int32 | Double).value;
  if (type === bsonType.long && typeof value !== 'bigint') {
    const double = (value as Long).toNumber();
    if (Number.isSafeInteger(double)) return double;
  }
  return undefined;
}

export function toExact(value: Value): Exact {
  const double = exactDouble(value);
  if (double !== undefined) return exactFromDouble(double);
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (typeOf(value) === bsonType.long) return { coefficient: (value as Long).toBigInt(), exponent: 0 };
  return exactFromText((value as Decimal128).toString());
}

function compareNumbers(a: Value, b: Value): number {
  const x = exactDouble(a);
  const y = exactDouble(b);
  if (x === undefined || y === undefined) return compareExact(toExact(a), toExact(b));
  if (x < y) return -1;
  if (x > y) return 1;
  if (x === y) return 0;
  return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

function compareDocs(a: Doc, b: Doc, collation?: Collation): number {
  const names = Object.keys(a);
  const others = Object.keys(b);
  const length = Math.min(names.length, others.length);
  for (let at = 0; at < length; at++) {
    const name = names[at]!;
    const other = others[at]!;
    const x = a[name];
    const y = b[other];
    const difference = rankOf(x) - rankOf(y) || compareText(name, other) || compareValues(x, y, collation);
    if (difference !== 0) return difference;
  }
  return names.length - others.length;
}

function compareArrays(a: Value[], b: Value[], collation?: Collation): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = compareValues(a[at], b[at], collation);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareBinary(a: Binary | Uint8Array, b: Binary | Uint8Array): number {
  const [x, y] = [binaryParts(a), binaryParts(b)];
  return x.bytes.length - y.bytes.length || x.subtype - y.subtype || Buffer.compare(x.bytes, y.bytes);
}

function binaryParts(value: Binary | Uint8Array): { bytes: Uint8Array; subtype: number } {
  if (value instanceof Uint8Array) return { bytes: value, subtype: 0 };
  return { bytes: value.value(), subtype: value.sub_type };
}

/**
 * A primitive that is the same for two values exactly when `compareValues` calls them equal (without a collation), so
 * that a Map can hold groups and distinct values. Missing and null stay apart.
 */
export function hashKey(value: Value): string | number | boolean | null | undefined {
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? `\0s${value}` : value;
  if (value === null || typeof value === 'boolean' || value === undefined) return value;
  const double = exactDouble(value);
  // Above 2^53 a Long or Decimal128 may equal a double, so all three take the exact form there.
  if (double !== undefined && (Math.abs(double) <= Number.MAX_SAFE_INTEGER || !Number.isFinite(double)))
    return double;
  switch (typeOf(value)) {
    case bsonType.double:
    case bsonType.long:
    case bsonType.decimal:
      return numberKey(value);
    case bsonType.objectId:
      return `\0o${(value as ObjectId).toHexString()}`;
    case bsonType.date:
      return `\0d${(value as Date).getTime()}`;
    case bsonType.array:
      return `\0a${(value as Value[]).map(nestedKey).join('')}`;
    case bsonType.object:
      return `\0{${Object.entries(value as Doc)
        .map(([name, inner]) => `${name.length}:${name}${nestedKey(inner)}`)
        .join('')}`;
    case bsonType.binData: {
      const { bytes, subtype } = binaryParts(value as Binary);
      return `\0b${subtype}:${Buffer.from(bytes).toString('base64')}`;
    }
    case bsonType.timestamp:
      return `\0t${(value as Timestamp).t}:${(value as Timestamp).i}`;
    case bsonType.regex: {
      const { pattern, options } = regexParts(value);
      return `\0r${pattern}\0${options}`;
    }
    case bsonType.symbol:
      return hashKey(symbolText(value));
    case bsonType.javascript:
    case bsonType.javascriptWithScope:
      return `\0j${(value as Code).code}`;
  }
  return `\0${typeOf(value)}`;
}

function numberKey(value: Value): string | number {
  const exact = toExact(value);
  if ('special' in exact) return exact.special;
  const double = Number(`${exact.coefficient}e${exact.exponent}`);
  const same = Number.isFinite(double) && compareExact(exactFromDouble(double), exact) === 0;
  return same && Math.abs(double) <= Number.MAX_SAFE_INTEGER ? double : `\0n${canonicalText(exact)}`;
}

function nestedKey(value: Value): string {
  const key = hashKey(value);
  const text = String(key);
  return `${typeof key === 'string' ? '"' : typeof key === 'object' ? '0' : (typeof key)[0]}${text.length}:${text}`;
}
