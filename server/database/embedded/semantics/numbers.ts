// Duty: arithmetic on BSON numbers with the server's type rules: the wider type wins, an int that overflows becomes a long.
import { type Decimal128, Double, Int32, Long } from 'bson';
import { toExact } from './compare.ts';
import {
  addExact,
  divideExact,
  type Exact,
  multiplyExact,
  negateExact,
  remainderExact,
  toDecimal128,
} from './exactNumbers.ts';
import { bsonType, toDouble, typeOf, type Value } from './values.ts';

export type Numeric = Int32 | Double | Long | Decimal128;
export type Arithmetic = 'add' | 'subtract' | 'multiply';

const widths: Record<number, number> = {
  [bsonType.int]: 1,
  [bsonType.long]: 2,
  [bsonType.double]: 3,
  [bsonType.decimal]: 4,
};
export const widthOf = (value: Value): number => widths[typeOf(value)] ?? 0;
const width = { int: 1, long: 2, double: 3, decimal: 4 };

const fitsInt = (number: number): boolean => Number.isInteger(number) && number === (number | 0);

export function toBigInt(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  return value instanceof Long ? value.toBigInt() : BigInt(toDouble(value));
}

const fitsLong = (whole: bigint) => BigInt.asIntN(64, whole) === whole;

/** A whole number as the narrowest of int and long, or undefined when even a long cannot hold it. */
function wholeNumber(whole: bigint, atLeast: number): Int32 | Long | undefined {
  if (!fitsLong(whole)) return undefined;
  const fits = whole >= -2147483648n && whole <= 2147483647n;
  return fits && atLeast === width.int ? new Int32(Number(whole)) : Long.fromBigInt(whole);
}

/** Undefined when two whole numbers overflow a long: an update fails then, an expression goes on with doubles. */
export function calculate(operation: Arithmetic, a: Value, b: Value): Numeric | undefined {
  const wider = Math.max(widthOf(a), widthOf(b));
  if (wider === width.double || wider === width.int) {
    const result = onDoubles(operation, toDouble(a), toDouble(b));
    if (wider === width.double) return new Double(result);
    // Two ints make at most 2^62, which a double may round: only small results are exact.
    if (fitsInt(result)) return new Int32(Object.is(result, -0) ? 0 : result);
  }
  if (wider === width.decimal) return toDecimal128(onExact(operation, toExact(a), toExact(b)));
  return wholeNumber(onWholes(operation, toBigInt(a), toBigInt(b)), wider);
}

/** As `calculate`, for expressions: what overflows a long becomes a double. */
export const calculateWide = (operation: Arithmetic, a: Value, b: Value): Numeric =>
  calculate(operation, a, b) ?? new Double(onDoubles(operation, toDouble(a), toDouble(b)));

function onDoubles(operation: Arithmetic, a: number, b: number): number {
  if (operation === 'add') return a + b;
  return operation === 'subtract' ? a - b : a * b;
}

function onWholes(operation: Arithmetic, a: bigint, b: bigint): bigint {
  if (operation === 'add') return a + b;
  return operation === 'subtract' ? a - b : a * b;
}

function onExact(operation: Arithmetic, a: Exact, b: Exact): Exact {
  if (operation === 'add') return addExact(a, b);
  return operation === 'subtract' ? addExact(a, negateExact(b)) : multiplyExact(a, b);
}

/** Division is always of doubles, or of decimals when one side is a decimal. */
export function divide(a: Value, b: Value): Numeric {
  if (Math.max(widthOf(a), widthOf(b)) === width.decimal)
    return toDecimal128(divideExact(toExact(a), toExact(b)));
  return new Double(toDouble(a) / toDouble(b));
}

export function remainder(a: Value, b: Value): Numeric {
  const wider = Math.max(widthOf(a), widthOf(b));
  if (wider === width.decimal) return toDecimal128(remainderExact(toExact(a), toExact(b)));
  if (wider === width.double) return new Double(toDouble(a) % toDouble(b));
  return wholeNumber(toBigInt(a) % toBigInt(b), wider)!;
}

/** A number that must be whole, for counts, sizes and positions; undefined when it is not. */
export function toWhole(value: Value): number | undefined {
  if (widthOf(value) === 0) return undefined;
  const number = toDouble(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** How the server counts: an int while it fits, then a long. */
export const countValue = (count: number): Int32 | Long =>
  fitsInt(count) ? new Int32(count) : Long.fromNumber(count);
