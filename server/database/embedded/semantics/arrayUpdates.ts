// Duty: the update operators on arrays: $push, $addToSet, $pop, $pull, $pullAll.
import { badValue, failedToParse, typeMismatch } from '../errors.ts';
import { type Collation, compareValues, equalValues } from './compare.ts';
import { compileElement, compileMatcher, isOperators } from './matcher.ts';
import { identical, idText, lastName, type Modifier } from './modifier.ts';
import { toWhole } from './numbers.ts';
import * as predicates from './predicates.ts';
import { compileSort } from './sort.ts';
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

interface PushClauses {
  readonly each: Value[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly compare: ((a: Value, b: Value) => number) | undefined;
}

export const push: Modifier = (argument, path, collation) => {
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

export const addToSet: Modifier = (argument, path, collation) => {
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

export const pop: Modifier = (argument, path) => {
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

export const pull: Modifier = (argument, _, collation) => {
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

export const pullAll: Modifier = (argument, _, collation) => {
  if (!Array.isArray(argument))
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(argument)}`);
  const dropped = argument as Value[];
  return without(
    (element) => !dropped.some((value) => equalValues(element, value, collation)),
    'Cannot apply $pull to a non-array value',
  );
};
