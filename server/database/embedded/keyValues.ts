// Duty: one BSON value of any type as bytes whose order is MongoDB's order. Knows nothing of documents or indexes.
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
import { numberType, writeDecimal, writeDouble, writeLong } from './keyNumbers.ts';
import type { KeyWriter } from './keyWriter.ts';
import type { Value } from './semantics/values.ts';

/** First byte of every encoded value: MongoDB's order between types. Gaps leave room for what is missing today. */
export const typeByte = {
  min: 0x05,
  undefined: 0x08,
  null: 0x10,
  number: numberType,
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

export function writeValue(key: KeyWriter, value: Value): void {
  switch (typeof value) {
    case 'string':
      key.byte(typeByte.string);
      key.text(value);
      return;
    case 'number':
      writeDouble(key, value);
      return;
    case 'bigint':
      writeLong(key, value);
      return;
    case 'boolean':
      key.byte(typeByte.boolean);
      key.byte(value ? 1 : 0);
      return;
    case 'undefined':
      key.byte(typeByte.undefined);
      return;
  }
  if (value === null) key.byte(typeByte.null);
  else if (value instanceof Int32 || value instanceof Double) writeDouble(key, value.valueOf());
  else if (value instanceof ObjectId) {
    key.byte(typeByte.objectId);
    key.bytes(value.id);
  } else if (value instanceof Date) {
    key.byte(typeByte.date);
    key.int64(Number.isNaN(value.getTime()) ? -(1n << 63n) : BigInt(value.getTime()));
  } else if (value instanceof Timestamp) {
    key.byte(typeByte.timestamp);
    key.uint64(value.toBigInt());
  } else if (value instanceof Long) writeLong(key, value.toBigInt());
  else if (value instanceof Decimal128) writeDecimal(key, value);
  else if (Array.isArray(value)) {
    key.byte(typeByte.array);
    for (const each of value) writeValue(key, each);
    key.byte(0);
  } else writeRare(key, value as object);
}

function writeRare(key: KeyWriter, value: object): void {
  if (value instanceof Binary) {
    const bytes = value.buffer.subarray(0, value.position);
    key.byte(typeByte.binary);
    key.uint32(bytes.length);
    key.byte(value.sub_type);
    key.bytes(bytes);
  } else if (value instanceof BSONSymbol) writeValue(key, value.valueOf());
  else if (value instanceof BSONRegExp || value instanceof RegExp) {
    key.byte(typeByte.regex);
    key.text(value instanceof RegExp ? value.source : value.pattern);
    key.text(value instanceof RegExp ? value.flags : value.options);
  } else if (value instanceof Code) {
    key.byte(value.scope ? typeByte.codeWithScope : typeByte.code);
    key.text(value.code);
    if (value.scope) writeValue(key, value.scope);
  } else if (value instanceof MinKey) key.byte(typeByte.min);
  else if (value instanceof MaxKey) key.byte(typeByte.max);
  else if (value instanceof DBRef) writeObject(key, value.toJSON());
  else writeObject(key, value);
}

/** MongoDB compares field by field: type first, then name, then value. */
function writeObject(key: KeyWriter, value: object): void {
  key.byte(typeByte.object);
  for (const [name, each] of Object.entries(value)) {
    const start = key.length;
    writeValue(key, each);
    const type = key.at(start);
    const body = key.take(start + 1);
    key.length = start;
    key.byte(type);
    key.text(name);
    key.bytes(body);
  }
  key.byte(0);
}
