// Duty: expression operators on strings that count in code points or bytes; the rest of them are mingo's.
import { Int32 } from 'bson';
import { CommandError } from '../../errors.ts';
import { toWhole } from '../numbers.ts';
import { isNullish, isNumber, typeName, type Value } from '../values.ts';
import { toText } from './conversions.ts';
import { many, named, type Operator, type Operators, one, two } from './operator.ts';

function concat(values: Value[]): Value {
  let made = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string')
      throw new CommandError(16702, `$concat only supports strings, not ${typeName(value)}`);
    made += value;
  }
  return made;
}

/** Null counts as an empty string; numbers and dates are written out. */
const textOf = (value: Value): string => (isNullish(value) ? '' : toText(value));

const length = (measure: (text: string) => number, code: number): Operator =>
  one((value, name) => {
    if (typeof value !== 'string')
      throw new CommandError(code, `${name} requires a string argument, found: ${typeName(value)}`);
    return new Int32(measure(value));
  });

function wholes(name: string, values: Value[]): number[] {
  return values.map((value) => {
    const number = toWhole(value);
    if (number === undefined)
      throw new CommandError(
        34450,
        `${name}: starting index and length must be numeric, found: ${typeName(value)}`,
      );
    return number;
  });
}

/** A part of a string, counted in the units that `cut` makes. A negative length means up to the end. */
const part = <Unit>(
  cut: (text: string) => ArrayLike<Unit> & { slice(from: number, to?: number): ArrayLike<Unit> },
  join: (units: ArrayLike<Unit>) => string,
): Operator =>
  many(
    ([value, ...numbers], name) => {
      const [from = 0, count = -1] = wholes(name, numbers);
      if (from < 0)
        throw new CommandError(50752, `${name}: starting index must be non-negative (got: ${from})`);
      return join(cut(textOf(value)).slice(from, count < 0 ? undefined : from + count));
    },
    3,
    3,
  );

const byBytes = part(
  (text) => Buffer.from(text),
  (units) => Buffer.from(units as Buffer).toString(),
);
const byPoints = part(
  (text) => [...text],
  (units) => (units as string[]).join(''),
);

const indexOf = (units: (text: string) => ArrayLike<unknown>): Operator =>
  many(
    ([value, wanted, start, end], name) => {
      if (isNullish(value)) return null;
      if (typeof value !== 'string')
        throw new CommandError(
          40093,
          `${name} requires a string as the first argument, found: ${typeName(value)}`,
        );
      if (typeof wanted !== 'string')
        throw new CommandError(
          40094,
          `${name} requires a string as the second argument, found: ${typeName(wanted)}`,
        );
      const from = isNumber(start) ? (toWhole(start) ?? 0) : 0;
      const text = Array.from(units(value)).slice(0, isNumber(end) ? (toWhole(end) ?? undefined) : undefined);
      const sought = Array.from(units(wanted));
      for (let at = from; at + sought.length <= text.length; at++) {
        if (sought.every((unit, offset) => text[at + offset] === unit)) return new Int32(at);
      }
      return new Int32(-1);
    },
    2,
    4,
  );

const replacement =
  (replace: (text: string, find: string, by: string) => string): Operator =>
  (operand, scope, name) => {
    const doc = named(operand, name, ['input', 'find', 'replacement'], [], [51751, 51750, 51749]);
    const parts = [doc.input, doc.find, doc.replacement].map((part) => scope.compile(part));
    return (root, locals) => {
      const values = parts.map((evaluate) => evaluate(root, locals));
      if (values.some(isNullish)) return null;
      const stray = values.find((value) => typeof value !== 'string');
      if (stray !== undefined)
        throw new CommandError(
          51746,
          `${name} requires that its arguments be strings, found: ${typeName(stray)}`,
        );
      const [text, find, by] = values as [string, string, string];
      return replace(text, find, by);
    };
  };

export const strings: Operators = {
  $concat: many(concat),
  $toLower: one((value) => textOf(value).replace(/[A-Z]+/g, (letters) => letters.toLowerCase())),
  $toUpper: one((value) => textOf(value).replace(/[a-z]+/g, (letters) => letters.toUpperCase())),
  $strLenCP: length((text) => [...text].length, 34471),
  $strLenBytes: length((text) => Buffer.byteLength(text), 34473),
  $substr: byBytes,
  $substrBytes: byBytes,
  $substrCP: byPoints,
  $indexOfCP: indexOf((text) => [...text]),
  $indexOfBytes: indexOf((text) => Buffer.from(text)),
  $replaceOne: replacement((text, find, by) => text.replace(find, () => by)),
  $replaceAll: replacement((text, find, by) => text.replaceAll(find, () => by)),
  $split: two((value, separator) => {
    if (isNullish(value) || isNullish(separator)) return null;
    if (typeof value !== 'string' || typeof separator !== 'string') {
      throw new CommandError(
        40085,
        `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(value)}`,
      );
    }
    if (separator === '') throw new CommandError(40087, '$split requires a non-empty separator');
    return value.split(separator);
  }),
};
