// Duty: how a BSON document looks in memory inside the database, its types, and the way in and out of bytes. No comparison here.
import { BSON, type Decimal128, type Double, type Int32, type Long } from 'bson';
import { CommandError } from '../errors.ts';

/**
 * A BSON value as `decode` makes it. Numbers stay typed (`Int32`, `Double`, `Long`, `Decimal128`), so that an update
 * never changes a type by accident; strings, booleans, null, Date, RegExp-as-BSONRegExp, ObjectId, Binary are themselves.
 * `undefined` means that a field is missing.
 */
export type Value = unknown;
export type Doc = { [field: string]: Value };

/** A document on its way through the database: as stored, or decoded. Stages read both, and decode as late as they can. */
export type Row = Uint8Array | Doc;

const decodeOptions = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

export function decode(bytes: Uint8Array): Doc {
  return BSON.deserialize(bytes, decodeOptions) as Doc;
}

export function encode(doc: Doc): Uint8Array {
  return BSON.serialize(doc, { ignoreUndefined: false });
}

/** Type numbers of the BSON specification, and the names that `$type` knows them by. */
export const bsonType = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
} as const;
export type TypeName = keyof typeof bsonType;

const classTypes: Record<string, number> = {
  Int32: bsonType.int,
  Double: bsonType.double,
  Long: bsonType.long,
  Decimal128: bsonType.decimal,
  ObjectId: bsonType.objectId,
  Binary: bsonType.binData,
  BSONRegExp: bsonType.regex,
  Timestamp: bsonType.timestamp,
  BSONSymbol: bsonType.symbol,
  DBRef: bsonType.object,
  MinKey: bsonType.minKey,
  MaxKey: bsonType.maxKey,
};

/** The BSON type number of a value. Plain numbers, bigints, RegExp and byte arrays count as what `encode` would make of them. */
export function typeOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return bsonType.string;
    case 'boolean':
      return bsonType.bool;
    case 'undefined':
      return bsonType.undefined;
    case 'number':
      return (value | 0) === value && !Object.is(value, -0) ? bsonType.int : bsonType.double;
    case 'bigint':
      return bsonType.long;
  }
  if (value === null) return bsonType.null;
  if (Array.isArray(value)) return bsonType.array;
  // A stored field may be called `_bsontype`, so only classes are asked for theirs.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return bsonType.object;
  if (value instanceof Date) return bsonType.date;
  const name = (value as { _bsontype?: string })._bsontype;
  if (name === 'Code') {
    return (value as { scope?: unknown }).scope ? bsonType.javascriptWithScope : bsonType.javascript;
  }
  const type = name === undefined ? undefined : classTypes[name];
  if (type !== undefined) return type;
  if (value instanceof RegExp) return bsonType.regex;
  return value instanceof Uint8Array ? bsonType.binData : bsonType.object;
}

const typeNames = new Map<number, string>(Object.entries(bsonType).map(([name, type]) => [type, name]));
/** The name an error message uses; a missing value is called so. */
export const typeName = (value: Value): string =>
  value === undefined ? 'missing' : (typeNames.get(typeOf(value)) ?? 'object');

export const isDoc = (value: Value): value is Doc =>
  typeof value === 'object' && typeOf(value) === bsonType.object;
export const isNumber = (value: Value): value is number | bigint | Int32 | Double | Long | Decimal128 => {
  const type = typeOf(value);
  return (
    type === bsonType.int || type === bsonType.double || type === bsonType.long || type === bsonType.decimal
  );
};
/** null, undefined and missing: the three that aggregation calls nullish. */
export const isNullish = (value: Value): value is null | undefined => value === null || value === undefined;

/** A field of its own: `constructor` and its like are ordinary field names to a database. */
export const field = (doc: Doc, name: string): Value => (Object.hasOwn(doc, name) ? doc[name] : undefined);

/** Writes a field, also when it is called `__proto__`. */
export function setField(doc: Doc, name: string, value: Value): void {
  if (name === '__proto__') {
    Object.defineProperty(doc, name, { value, writable: true, enumerable: true, configurable: true });
  } else doc[name] = value;
}

/** The number behind any numeric value, rounded to a double. NaN for what is no number. */
export function toDouble(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  switch (typeOf(value)) {
    case bsonType.int:
    case bsonType.double:
      return (value as Int32 | Double).value;
    case bsonType.long:
      return (value as Long).toNumber();
    case bsonType.decimal:
      return Number((value as Decimal128).toString());
  }
  return Number.NaN;
}

/** A value as the server prints it inside error messages. */
export function show(value: Value): string {
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(show).join(', ')} ]`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  switch (typeOf(value)) {
    case bsonType.undefined:
    case bsonType.null:
      return 'null';
    case bsonType.object: {
      const fields = Object.entries(value as Doc).map(([name, inner]) => `${name}: ${show(inner)}`);
      return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
    }
    case bsonType.double: {
      const double = toDouble(value);
      return Number.isInteger(double) ? `${double}.0` : String(double);
    }
    case bsonType.objectId:
      return `ObjectId('${String(value)}')`;
    case bsonType.regex: {
      const { pattern, options } = regexParts(value);
      return `/${pattern}/${options}`;
    }
  }
  return String(value);
}

export function regexParts(value: Value): { pattern: string; options: string } {
  if (value instanceof RegExp) return { pattern: value.source, options: value.flags.replace(/[^imsx]/g, '') };
  return value as { pattern: string; options: string };
}

const patterns = new WeakMap<object, RegExp>();
/** A BSON regular expression as one of JavaScript: options i, m, s, u and x; a leading `(?i)` is understood. */
export function toRegExp(value: Value): RegExp {
  const known = patterns.get(value as object);
  if (known) return known;
  const { pattern, options } = regexParts(value);
  const made = makeRegExp(pattern, options);
  patterns.set(value as object, made);
  return made;
}

export function makeRegExp(pattern: string, options: string): RegExp {
  const unknown = /[^imsxu]/.exec(options);
  if (unknown) throw new CommandError(51108, `invalid flag in regex options: ${unknown[0]}`);
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  let source = inline ? pattern.slice(inline[0].length) : pattern;
  const flags = new Set(options + (inline?.[1] ?? ''));
  if (flags.has('x'))
    source = source.replace(/(\\.|\[(?:\\.|[^\]])*\])|\s+|#.*$/gm, (_, kept?: string) => kept ?? '');
  const wanted = ['i', 'm', 's'].filter((flag) => flags.has(flag)).join('');
  try {
    return new RegExp(source, `${wanted}u`);
  } catch {
    // PCRE allows escapes that JavaScript's unicode mode does not.
  }
  try {
    return new RegExp(source, wanted);
  } catch (cause) {
    throw new CommandError(51091, `Regular expression is invalid: ${(cause as Error).message}`);
  }
}
