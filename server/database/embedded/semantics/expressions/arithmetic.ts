// Duty: expression operators on numbers, and on dates where adding and subtracting them means something.
import { Decimal128, Double, Int32, Long } from 'bson';
import { CommandError } from '../../errors.ts';
import { toExact } from '../compare.ts';
import { approximate, toDecimal128, toPlaces } from '../exactNumbers.ts';
import { calculateWide, divide, remainder, toWhole, widthOf } from '../numbers.ts';
import { bsonType, isNullish, isNumber, toDouble, typeName, typeOf, type Value } from '../values.ts';
import { many, type Operator, type Operators, one, two } from './operator.ts';

function add(values: Value[]): Value {
  let sum: Value = new Int32(0);
  let date = false;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) throw new CommandError(16612, 'only one date allowed in an $add expression');
      date = true;
    } else if (!isNumber(value)) {
      throw new CommandError(14, `$add only supports numeric or date types, not ${typeName(value)}`);
    }
    sum = calculateWide('add', sum, value instanceof Date ? Long.fromNumber(value.getTime()) : value);
  }
  return date ? new Date(Math.round(toDouble(sum))) : sum;
}

function subtract(a: Value, b: Value): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
    if (isNumber(b)) return new Date(Math.round(a.getTime() - toDouble(b)));
  } else if (isNumber(a) && isNumber(b)) return calculateWide('subtract', a, b);
  throw new CommandError(14, `can't $subtract ${typeName(b)} from ${typeName(a)}`);
}

function multiply(values: Value[]): Value {
  if (values.some(isNullish)) return null;
  return values.reduce((product, value) => {
    if (!isNumber(value))
      throw new CommandError(14, `$multiply only supports numeric types, not ${typeName(value)}`);
    return calculateWide('multiply', product, value);
  }, new Int32(1) as Value);
}

const quotient: Operator = two((a, b) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumber(a) || !isNumber(b)) {
    throw new CommandError(14, `$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  }
  if (toDouble(b) === 0) throw new CommandError(2, "can't $divide by zero");
  return divide(a, b);
});

const modulo: Operator = two((a, b) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumber(a) || !isNumber(b)) {
    throw new CommandError(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  }
  if (toDouble(b) === 0) throw new CommandError(16610, "can't $mod by zero");
  return remainder(a, b);
});

/** An operator on one number that gives a double. */
const real = (apply: (number: number) => number): Operator =>
  one((value, name) => {
    if (isNullish(value)) return null;
    if (!isNumber(value))
      throw new CommandError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    return new Double(apply(toDouble(value)));
  });

/** An operator on one number that keeps its type. */
const sameType = (apply: (number: number) => number): Operator =>
  one((value, name) => {
    if (isNullish(value)) return null;
    if (!isNumber(value))
      throw new CommandError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    return like(value, apply);
  });

function like(value: Value, apply: (number: number) => number): Value {
  const result = apply(toDouble(value));
  switch (typeOf(value)) {
    case bsonType.int:
      return result === (result | 0) ? new Int32(result) : Long.fromNumber(result);
    case bsonType.long:
      return Number.isSafeInteger(result) ? Long.fromNumber(result) : value;
    case bsonType.decimal:
      return Decimal128.fromString(String(result));
  }
  return new Double(result);
}

/** $round and $trunc: to a number of decimal places, which may be negative. $round goes to the even neighbour. */
const withPlaces = (how: 'cut' | 'round'): Operator =>
  many(
    ([value, places], name) => {
      if (isNullish(value) || places === null) return null;
      if (!isNumber(value))
        throw new CommandError(51081, `${name} only supports numeric types, not ${typeName(value)}`);
      const digits = places === undefined ? 0 : toWhole(places);
      if (digits === undefined || digits < -20 || digits > 100) {
        throw new CommandError(
          51083,
          `cannot apply ${name} with precision value ${String(places)} value must be in [-20, 100]`,
        );
      }
      const rounded = toPlaces(toExact(value), digits, how);
      return typeOf(value) === bsonType.decimal
        ? toDecimal128(rounded)
        : like(value, () => approximate(rounded));
    },
    1,
    2,
  );

function power(base: Value, exponent: Value): Value {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumber(base)) throw new CommandError(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumber(exponent))
    throw new CommandError(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  const result = toDouble(base) ** toDouble(exponent);
  const whole = widthOf(base) <= 2 && widthOf(exponent) <= 2 && Number.isSafeInteger(result);
  if (!whole) return new Double(result);
  const isInt = widthOf(base) === 1 && widthOf(exponent) === 1 && result === (result | 0);
  return isInt ? new Int32(result) : Long.fromNumber(result);
}

const bitwise = (apply: (a: bigint, b: bigint) => bigint, start: bigint): Operator =>
  many((values, name) => {
    if (values.some(isNullish)) return null;
    const wholes = values.map((value) => {
      const type = typeOf(value);
      if (type !== bsonType.int && type !== bsonType.long) {
        throw new CommandError(14, `${name} only supports int and long operands, not ${typeName(value)}.`);
      }
      return typeof value === 'bigint'
        ? value
        : value instanceof Long
          ? value.toBigInt()
          : BigInt(toDouble(value));
    });
    const result = wholes.reduce(apply, start);
    return values.some((value) => typeOf(value) === bsonType.long)
      ? Long.fromBigInt(BigInt.asIntN(64, result))
      : new Int32(Number(BigInt.asIntN(32, result)));
  });

export const arithmetic: Operators = {
  $add: many(add),
  $subtract: two(subtract),
  $multiply: many(multiply),
  $divide: quotient,
  $mod: modulo,
  $abs: sameType(Math.abs),
  $ceil: sameType(Math.ceil),
  $floor: sameType(Math.floor),
  $round: withPlaces('round'),
  $trunc: withPlaces('cut'),
  $pow: two(power),
  $sqrt: real(Math.sqrt),
  $exp: real(Math.exp),
  $ln: real(Math.log),
  $log10: real(Math.log10),
  $log: two((value, base) =>
    isNullish(value) || isNullish(base)
      ? null
      : new Double(Math.log(toDouble(value)) / Math.log(toDouble(base))),
  ),
  $rand: () => () => new Double(Math.random()),
  $bitAnd: bitwise((a, b) => a & b, -1n),
  $bitOr: bitwise((a, b) => a | b, 0n),
  $bitXor: bitwise((a, b) => a ^ b, 0n),
  $bitNot: one((value) => (isNullish(value) ? null : like(value, (number) => ~number))),
};
