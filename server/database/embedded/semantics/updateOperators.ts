// Duty: what each update operator does to one value ($set, $inc, $push …). Where the value is comes from updatePaths.ts.
import { Int32, Long, Timestamp } from 'bson';
import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { type Collation, compareValues, equalValues } from './compare.ts';
import { compileElement, compileMatcher, isOperators } from './matcher.ts';
import { type Arithmetic, calculate, toBigInt, toWhole } from './numbers.ts';
import * as predicates from './predicates.ts';
import { compileSort } from './sort.ts';
import type { Change } from './updatePaths.ts';
import {
  bsonType,
  type Doc,
  isDoc,
  isNumber,
  show,
  toDouble,
  typeName,
  typeOf,
  type Value,
} from './values.ts';

/** Makes the change that an operator's argument asks of the field at `path`. */
export type Modifier = (argument: Value, path: string, collation?: Collation) => Change;

/** The same bytes: a value that only equals (5 and 5.0) is still a change. */
export function identical(a: Value, b: Value): boolean {
  if (a === b) return true;
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if (type === bsonType.array) {
    const [x, y] = [a as Value[], b as Value[]];
    return x.length === y.length && x.every((element, at) => identical(element, y[at]));
  }
  if (type === bsonType.object) {
    const [x, y] = [Object.entries(a as Doc), Object.entries(b as Doc)];
    return (
      x.length === y.length &&
      x.every(([name, value], at) => name === y[at]![0] && identical(value, y[at]![1]))
    );
  }
  if (type === bsonType.decimal) return String(a) === String(b);
  if (type === bsonType.double) return Object.is(toDouble(a), toDouble(b));
  return equalValues(a, b);
}

const set: Modifier = (argument) => (current) => (identical(current, argument) ? current : argument);

const idText = (doc: Doc) => `{_id: ${show(doc._id)}}`;
const lastName = (path: string) => path.slice(path.lastIndexOf('.') + 1);

const computed =
  (operation: Arithmetic, verb: string, operator: string): Modifier =>
  (argument, path) => {
    if (!isNumber(argument))
      throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${show(argument)}}`);
    return (current, doc) => {
      if (current === undefined)
        return operation === 'add' ? argument : calculate('multiply', new Int32(0), argument);
      if (!isNumber(current)) {
        throw typeMismatch(
          `Cannot apply ${operator} to a value of non-numeric type. ${idText(doc)} has the field '${lastName(path)}' of non-numeric type ${typeName(current)}`,
        );
      }
      const result = calculate(operation, current, argument);
      if (result === undefined) {
        throw badValue(
          `Failed to apply ${operator} operations to current value (${show(current)}) for document ${idText(doc)}`,
        );
      }
      return identical(current, result) ? current : result;
    };
  };

const extreme =
  (direction: 1 | -1): Modifier =>
  (argument, _, collation) =>
  (current) =>
    current === undefined || compareValues(argument, current, collation) * direction < 0 ? argument : current;

const currentDate: Modifier = (argument) => {
  const type = isDoc(argument) ? argument.$type : undefined;
  if (isDoc(argument)) {
    const stray = Object.keys(argument).find((name) => name !== '$type');
    if (stray !== undefined) throw badValue(`Unrecognized $currentDate option: ${stray}`);
    if (type !== 'date' && type !== 'timestamp') {
      throw badValue(
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
    }
  } else if (typeof argument !== 'boolean') {
    throw badValue(
      `${typeName(argument)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  return () =>
    type === 'timestamp' ? new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }) : new Date();
};

interface PushClauses {
  readonly each: Value[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly compare: ((a: Value, b: Value) => number) | undefined;
}

const push: Modifier = (argument, path, collation) => {
  const { each, position, slice, compare } = pushClauses(argument, collation);
  return (current, doc) => {
    if (current !== undefined && !Array.isArray(current)) {
      throw badValue(
        `The field '${path}' must be an array but is of type ${typeName(current)} in document ${idText(doc)}`,
      );
    }
    let array: Value[] = [...((current as Value[] | undefined) ?? [])];
    const at =
      position === undefined ? array.length : position < 0 ? Math.max(0, array.length + position) : position;
    array.splice(at, 0, ...each);
    if (compare) array.sort(compare);
    if (slice !== undefined) array = slice < 0 ? array.slice(slice) : array.slice(0, slice);
    return current !== undefined && identical(array, current) ? current : array;
  };
};

function pushClauses(argument: Value, collation?: Collation): PushClauses {
  if (!isDoc(argument) || !Object.hasOwn(argument, '$each')) {
    return { each: [argument], position: undefined, slice: undefined, compare: undefined };
  }
  const each = eachArgument(argument, '$push');
  for (const name of Object.keys(argument)) {
    if (!['$each', '$position', '$slice', '$sort'].includes(name))
      throw badValue(`Unrecognized clause in $push: ${name}`);
  }
  return {
    each,
    position: wholeClause(argument, '$position'),
    slice: wholeClause(argument, '$slice'),
    compare: argument.$sort === undefined ? undefined : pushOrder(argument.$sort, collation),
  };
}

function eachArgument(argument: Doc, operator: string): Value[] {
  const each = argument.$each;
  if (!Array.isArray(each)) {
    throw operator === '$push'
      ? badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(each)}`)
      : typeMismatch(
          `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`,
        );
  }
  return each as Value[];
}

function wholeClause(argument: Doc, name: string): number | undefined {
  if (argument[name] === undefined) return undefined;
  const whole = toWhole(argument[name]);
  if (whole === undefined)
    throw badValue(
      `The value for ${name} must be an integer value but was given type: ${typeName(argument[name])}`,
    );
  return whole;
}

function pushOrder(order: Value, collation?: Collation): (a: Value, b: Value) => number {
  if (isDoc(order)) {
    if (Object.keys(order).length === 0)
      throw badValue('The $sort pattern is empty when it should be a set of fields.');
    const sort = compileSort(order, collation);
    return (a, b) => sort.compareDocs(isDoc(a) ? a : {}, isDoc(b) ? b : {});
  }
  const direction = isNumber(order) ? toDouble(order) : 0;
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  return (a, b) => compareValues(a, b, collation) * direction;
}

const addToSet: Modifier = (argument, path, collation) => {
  const each =
    isDoc(argument) && Object.keys(argument)[0] === '$each'
      ? eachArgument(argument, '$addToSet')
      : [argument];
  return (current) => {
    if (current !== undefined && !Array.isArray(current)) {
      throw badValue(
        `Cannot apply $addToSet to non-array field. Field named '${lastName(path)}' has non-array type ${typeName(current)}`,
      );
    }
    const known: Value[] = (current as Value[] | undefined) ?? [];
    const made = [...known];
    for (const value of each)
      if (!made.some((element) => equalValues(element, value, collation))) made.push(value);
    return made.length === known.length && current !== undefined ? current : made;
  };
};

const pop: Modifier = (argument, path) => {
  const direction = isNumber(argument) ? toDouble(argument) : Number.NaN;
  if (direction !== 1 && direction !== -1)
    throw failedToParse(`$pop expects 1 or -1, found: ${show(argument)}`);
  return (current) => {
    if (current === undefined) return current;
    if (!Array.isArray(current))
      throw typeMismatch(`Path '${path}' contains an element of non-array type '${typeName(current)}'`);
    if (current.length === 0) return current;
    return direction === 1 ? current.slice(0, -1) : current.slice(1);
  };
};

const without = (keep: (element: Value) => boolean, complaint: string) => (current: Value) => {
  if (current === undefined) return current;
  if (!Array.isArray(current)) throw badValue(complaint);
  const kept = current.filter(keep);
  return kept.length === current.length ? current : kept;
};

const pull: Modifier = (argument, _, collation) => {
  const drops = pullTest(argument, collation);
  return without((element) => !drops(element), 'Cannot apply $pull to a non-array value');
};

/** A document is a filter on elements that are documents; operators and plain values are tests on the element itself. */
function pullTest(argument: Value, collation?: Collation): predicates.Test {
  if (typeOf(argument) === bsonType.regex) return predicates.matchesRegex(argument);
  if (!isDoc(argument)) return (element) => equalValues(element, argument, collation);
  if (isOperators(argument)) return compileElement(argument, { collation });
  const matcher = compileMatcher(argument, { collation });
  return (element) => isDoc(element) && matcher.matches(element);
}

const pullAll: Modifier = (argument, _, collation) => {
  if (!Array.isArray(argument))
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(argument)}`);
  const dropped = argument as Value[];
  return without(
    (element) => !dropped.some((value) => equalValues(element, value, collation)),
    'Cannot apply $pull to a non-array value',
  );
};

const bit: Modifier = (argument, path) => {
  if (!isDoc(argument)) {
    throw badValue(
      `The $bit modifier is not compatible with a ${typeName(argument)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = Object.entries(argument);
  if (steps.length === 0)
    throw badValue(
      `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`,
    );
  for (const [name, operand] of steps) {
    if (!['and', 'or', 'xor'].includes(name)) {
      throw badValue(
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${show(operand)}}`,
      );
    }
    if (!isWholeType(operand))
      throw badValue(
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(operand)}' is not supported here: {${name}: ${show(operand)}}`,
      );
  }
  return (current = new Int32(0), doc) => {
    if (!isWholeType(current)) {
      throw badValue(
        `Cannot apply $bit to a value of non-integral type.${idText(doc)} has the field ${lastName(path)} of non-integer type ${typeName(current)}`,
      );
    }
    const isLong = [current, ...Object.values(argument)].some((value) => typeOf(value) === bsonType.long);
    const result = steps.reduce((bits, [name, operand]) => {
      const other = toBigInt(operand);
      return name === 'and' ? bits & other : name === 'or' ? bits | other : bits ^ other;
    }, toBigInt(current));
    const made = isLong ? Long.fromBigInt(result) : new Int32(Number(result));
    return identical(current, made) ? current : made;
  };
};
const isWholeType = (value: Value) => typeOf(value) === bsonType.int || typeOf(value) === bsonType.long;

/** `creates`: whether the operator makes a field that is missing. */
export const modifiers: Record<string, { make: Modifier; creates: boolean }> = {
  $set: { make: set, creates: true },
  $setOnInsert: { make: set, creates: true },
  $unset: { make: () => () => undefined, creates: false },
  $inc: { make: computed('add', 'increment', '$inc'), creates: true },
  $mul: { make: computed('multiply', 'multiply', '$mul'), creates: true },
  $min: { make: extreme(1), creates: true },
  $max: { make: extreme(-1), creates: true },
  $currentDate: { make: currentDate, creates: true },
  $push: { make: push, creates: true },
  $addToSet: { make: addToSet, creates: true },
  $pop: { make: pop, creates: false },
  $pull: { make: pull, creates: false },
  $pullAll: { make: pullAll, creates: false },
  $bit: { make: bit, creates: true },
};
