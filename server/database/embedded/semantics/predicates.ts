// Duty: the tests a query operator makes on one value ({ $gt: 5 }, { $in: […] }, …). Paths and logic stay in the matcher.
import type { Binary } from 'bson';
import { badValue, CommandError, failedToParse } from '../errors.ts';
import { type Collation, compareValues, equalValues, hashKey, rankOf, toExact } from './compare.ts';
import {
  bsonType,
  isDoc,
  isNullish,
  isNumber,
  makeRegExp,
  show,
  type TypeName,
  toDouble,
  toRegExp,
  typeOf,
  type Value,
} from './values.ts';

export type Test = (value: Value) => boolean;

export const isNaNValue = (value: Value) => isNumber(value) && Number.isNaN(toDouble(value));
/** MinKey and MaxKey bound values of every type, and what is not there. */
export const isBound = (type: number) => type === bsonType.minKey || type === bsonType.maxKey;

export function equalTo(operand: Value, collation?: Collation): Test {
  if (isNullish(operand)) return isNullish;
  if (typeof operand === 'string' && !collation) return (value) => value === operand;
  const rank = rankOf(operand);
  return (value) => rankOf(value) === rank && equalValues(value, operand, collation);
}

/** $lt, $lte, $gt and $gte compare within one type only; MinKey and MaxKey compare with everything. */
export function ordered(
  operator: '$lt' | '$lte' | '$gt' | '$gte',
  operand: Value,
  collation?: Collation,
): Test {
  const orEqual = operator === '$lte' || operator === '$gte';
  if (isNullish(operand)) return orEqual ? isNullish : () => false;
  if (isNaNValue(operand)) return orEqual ? isNaNValue : () => false;
  const below = operator === '$lt' || operator === '$lte';
  const rank = rankOf(operand);
  const bound = isBound(typeOf(operand));
  const numeric = isNumber(operand);
  return (value) => {
    if (rankOf(value) !== rank) return bound;
    if (numeric && isNaNValue(value)) return false;
    const order = compareValues(value, operand, collation);
    return (orEqual && order === 0) || (below ? order < 0 : order > 0);
  };
}

export function oneOf(operand: Value, operator: '$in' | '$nin', collation?: Collation): Test {
  if (!Array.isArray(operand)) throw badValue(`${operator} needs an array`);
  const keys = new Set<unknown>();
  const others: Test[] = [];
  for (const entry of operand as Value[]) {
    if (isDoc(entry) && Object.keys(entry)[0]?.startsWith('$'))
      throw badValue(`cannot nest $ under ${operator}`);
    if (typeOf(entry) === bsonType.regex) others.push(matchesRegex(entry));
    else if (collation) others.push(equalTo(entry, collation));
    else keys.add(hashKey(entry ?? null));
  }
  return (value) => keys.has(hashKey(value ?? null)) || others.some((test) => test(value));
}

/** A regular expression matches strings, and the very same regular expression stored as a value. */
export function matchesRegex(operand: Value): Test {
  const pattern = toRegExp(operand);
  return (value) =>
    typeof value === 'string'
      ? pattern.test(value)
      : typeOf(value) === bsonType.regex && equalValues(value, operand);
}

export function regexWithOptions(operand: Value, options: Value): Test {
  if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
  if (typeOf(operand) === bsonType.regex) {
    if (options === undefined) return matchesRegex(operand);
    const { source } = toRegExp(operand);
    return textMatches(makeRegExp(source, options));
  }
  if (typeof operand !== 'string') throw badValue('$regex has to be a string');
  return textMatches(makeRegExp(operand, options ?? ''));
}

const textMatches =
  (pattern: RegExp): Test =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

export function sized(operand: Value): Test {
  if (!isNumber(operand))
    throw failedToParse(`Failed to parse $size. Expected a number in: $size: ${show(operand)}`);
  const size = toDouble(operand);
  if (!Number.isInteger(size))
    throw failedToParse(`Failed to parse $size. Expected an integer: $size: ${show(operand)}`);
  if (size < 0)
    throw failedToParse(`Failed to parse $size. Expected a non-negative number in: $size: ${show(operand)}`);
  return (value) => Array.isArray(value) && value.length === size;
}

/** `$type` takes a number, a name, 'number', or an array of them. */
export function ofType(operand: Value): Test {
  const entries: Value[] = Array.isArray(operand) ? operand : [operand];
  if (entries.length === 0) throw failedToParse('$type must match at least one type');
  const types = new Set(entries.flatMap(typeNumbers));
  return (value) => value !== undefined && types.has(typeOf(value));
}

const knownTypes = new Set<number>(Object.values(bsonType));
export function typeNumbers(entry: Value): number[] {
  if (typeof entry === 'string') {
    if (entry === 'number') return [bsonType.double, bsonType.int, bsonType.long, bsonType.decimal];
    if (!Object.hasOwn(bsonType, entry)) throw badValue(`Unknown type name alias: ${entry}`);
    return [bsonType[entry as TypeName]];
  }
  if (!isNumber(entry)) throw typeMismatchForType();
  const number = toDouble(entry);
  if (!knownTypes.has(number)) throw badValue(`Invalid numerical type code: ${number}`);
  return [number];
}
const typeMismatchForType = () => new CommandError(14, 'type must be represented as a number or a string');

export function modulo(operand: Value): Test {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length < 2) throw badValue('malformed mod, not enough elements');
  if (operand.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, rest] = (operand as Value[]).map((part, at) => {
    if (!isNumber(part)) throw badValue(`malformed mod, ${at === 0 ? 'divisor' : 'remainder'} not a number`);
    const number = toDouble(part);
    if (!Number.isFinite(number))
      throw badValue(`malformed mod, ${at === 0 ? 'divisor' : 'remainder'} value is invalid`);
    return BigInt(Math.trunc(number));
  });
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return (value) => {
    const whole = isNumber(value) ? wholePart(value) : undefined;
    return whole !== undefined && whole % divisor! === rest;
  };
}

function wholePart(value: Value): bigint | undefined {
  const exact = toExact(value);
  if ('special' in exact) return undefined;
  const { coefficient, exponent } = exact;
  return exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : coefficient / 10n ** BigInt(-exponent);
}

export type BitsOperator = '$bitsAllSet' | '$bitsAnySet' | '$bitsAllClear' | '$bitsAnyClear';
export function bits(operator: BitsOperator, operand: Value): Test {
  const mask = bitMask(operator, operand);
  return (value) => {
    const stored = storedBits(value);
    if (stored === undefined) return false;
    const common = stored & mask;
    switch (operator) {
      case '$bitsAllSet':
        return common === mask;
      case '$bitsAnySet':
        return common !== 0n;
      case '$bitsAllClear':
        return common === 0n;
      case '$bitsAnyClear':
        return common !== mask;
    }
  };
}

function bitMask(operator: string, operand: Value): bigint {
  if (Array.isArray(operand)) {
    return (operand as Value[]).reduce<bigint>((mask, position) => {
      const at = toDouble(position);
      if (!Number.isInteger(at) || at < 0) {
        throw failedToParse(
          `Failed to parse bit position. Expected a non-negative number in: ${show(position)}`,
        );
      }
      return mask | (1n << BigInt(at));
    }, 0n);
  }
  if (typeOf(operand) === bsonType.binData) return fromBytes(operand as Binary);
  const mask = isNumber(operand) ? toDouble(operand) : Number.NaN;
  if (!Number.isInteger(mask)) {
    throw badValue(
      `${operator} takes an Array, a number, or a BinData but received: ${operator}: ${show(operand)}`,
    );
  }
  if (mask < 0) throw failedToParse(`Expected a non-negative number in: ${operator}: ${show(operand)}`);
  return wholePart(operand)!;
}

function storedBits(value: Value): bigint | undefined {
  const type = typeOf(value);
  if (type === bsonType.binData) return fromBytes(value as Binary);
  if (!isNumber(value)) return undefined;
  const exact = toExact(value);
  if ('special' in exact) return undefined;
  const whole = wholePart(value)!;
  const isWhole = exact.exponent >= 0 || exact.coefficient % 10n ** BigInt(-exact.exponent) === 0n;
  const fits = BigInt.asIntN(64, whole) === whole;
  // Negative numbers are sign-extended for ever, as two's complement is.
  return isWhole && fits ? (whole < 0n ? BigInt.asUintN(256, whole) : whole) : undefined;
}

const fromBytes = (binary: Binary): bigint =>
  BigInt(`0x${Buffer.from(binary.value()).reverse().toString('hex') || '0'}`);
