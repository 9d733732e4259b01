// Duty: expression operators that name, test and convert types.
import { Decimal128, Double, Int32, Long, ObjectId, type Timestamp } from 'bson';
import { badValue, CommandError } from '../../errors.ts';
import { toBigInt } from '../numbers.ts';
import { bsonType, isNullish, isNumber, toDouble, typeName, typeOf, type Value } from '../values.ts';
import { parseDate } from './dateText.ts';
import { named, type Operator, type Operators, one } from './operator.ts';
import { truthy } from './truth.ts';

const failure = (message: string, value: Value) =>
  new CommandError(241, `${message} in $convert with no onError value: ${String(value)}`);
const unsupported = (value: Value, to: string) =>
  new CommandError(
    241,
    `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`,
  );

function numberFrom(value: Value, to: string): number {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string') {
    const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
    if (Number.isNaN(number)) throw failure(`Failed to parse number '${value}'`, value);
    return number;
  }
  if (value instanceof Date && to !== 'int') return value.getTime();
  if (!isNumber(value)) throw unsupported(value, to);
  return toDouble(value);
}

function toInt(value: Value): Value {
  const number = Math.trunc(numberFrom(value, 'int'));
  if (typeof value === 'string' && !/^[+-]?\d+$/.test(value))
    throw failure(`Failed to parse number '${value}'`, value);
  if (number !== (number | 0)) throw failure('Conversion would overflow target type', value);
  return new Int32(number);
}

function toLong(value: Value): Value {
  if (typeOf(value) === bsonType.long) return value;
  const number = Math.trunc(numberFrom(value, 'long'));
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw failure(`Failed to parse number '${value}'`, value);
    return Long.fromBigInt(BigInt(value));
  }
  if (!Number.isFinite(number) || Math.abs(number) >= 2 ** 63)
    throw failure('Conversion would overflow target type', value);
  return Long.fromNumber(number);
}

function toDecimal(value: Value): Value {
  if (typeOf(value) === bsonType.decimal) return value;
  if (typeof value === 'string') {
    numberFrom(value, 'decimal');
    return Decimal128.fromString(value);
  }
  if (typeOf(value) === bsonType.long) return Decimal128.fromString(String(toBigInt(value)));
  const number = numberFrom(value, 'decimal');
  // A double becomes the 15 digits it is certain of.
  return Decimal128.fromString(
    Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(15))),
  );
}

export function toDate(value: Value): Date {
  if (value instanceof Date) return value;
  switch (typeOf(value)) {
    case bsonType.objectId:
      return (value as ObjectId).getTimestamp();
    case bsonType.timestamp:
      return new Date((value as Timestamp).t * 1000);
    case bsonType.long:
    case bsonType.double:
    case bsonType.decimal:
      return new Date(Math.trunc(toDouble(value)));
    case bsonType.string: {
      const date = parseDate(value as string);
      if (Number.isNaN(date.getTime()))
        throw new CommandError(241, `Error parsing date string '${String(value)}'`);
      return date;
    }
  }
  throw unsupported(value, 'date');
}

export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'boolean' || isNumber(value) || typeOf(value) === bsonType.objectId)
    return String(value);
  throw unsupported(value, 'string');
}

function toObjectId(value: Value): Value {
  if (typeOf(value) === bsonType.objectId) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (!/^[0-9a-f]{24}$/i.test(value)) throw failure(`Failed to parse objectId '${value}'`, value);
  return new ObjectId(value);
}

const converters: Record<string, (value: Value) => Value> = {
  int: toInt,
  long: toLong,
  double: (value) => new Double(numberFrom(value, 'double')),
  decimal: toDecimal,
  bool: truthy,
  date: toDate,
  string: toText,
  objectId: toObjectId,
};
const converterNumbers: Record<number, string> = Object.fromEntries(
  Object.keys(converters).map((name) => [bsonType[name as keyof typeof bsonType], name]),
);

const to = (target: string): Operator =>
  one((value) => (isNullish(value) ? null : converters[target]!(value)));

const convert: Operator = (operand, scope, name) => {
  const doc = named(operand, name, ['input', 'to'], ['onError', 'onNull', 'format', 'byteOrder']);
  const input = scope.compile(doc.input);
  const target = scope.compile(doc.to);
  const onError = Object.hasOwn(doc, 'onError') ? scope.compile(doc.onError) : undefined;
  const onNull = scope.compile(doc.onNull ?? null);
  return (root, locals) => {
    const value = input(root, locals);
    if (isNullish(value)) return onNull(root, locals);
    const wanted = target(root, locals);
    const key = typeof wanted === 'string' ? wanted : converterNumbers[toDouble(wanted)];
    const converter = key !== undefined && Object.hasOwn(converters, key) ? converters[key] : undefined;
    if (!converter) throw badValue(`Unknown type name: ${String(wanted)}`);
    try {
      return converter(value);
    } catch (error) {
      if (onError) return onError(root, locals);
      throw error;
    }
  };
};

export const conversions: Operators = {
  $type: one((value) => typeName(value)),
  $isNumber: one(isNumber),
  $toInt: to('int'),
  $toLong: to('long'),
  $toDouble: to('double'),
  $toDecimal: to('decimal'),
  $toBool: to('bool'),
  $toDate: to('date'),
  $toString: to('string'),
  $toObjectId: to('objectId'),
  $convert: convert,
};
