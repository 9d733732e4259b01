// Duty: expression operators on arrays: elements, slices, $map, $filter, $reduce. As sets they are sets.ts, with accumulators arrayAccumulators.ts.
import { Int32 } from 'bson';
import { CommandError } from '../../errors.ts';
import { compareValues, equalValues } from '../compare.ts';
import { toWhole } from '../numbers.ts';
import { compileSort } from '../sort.ts';
import { type Doc, isDoc, isNullish, toDouble, typeName, type Value } from '../values.ts';
import { arrayAccumulators } from './arrayAccumulators.ts';
import {
  arrayOf,
  asList,
  type Evaluate,
  many,
  named,
  type Operator,
  type Operators,
  one,
  two,
} from './operator.ts';
import { sets } from './sets.ts';
import { truthy } from './truth.ts';

function elementAt(array: Value, index: Value): Value {
  if (isNullish(array) || isNullish(index)) return null;
  const list = arrayOf(
    array,
    28689,
    (type) => `$arrayElemAt's first argument must be an array, but is ${type}`,
  );
  const at = toWhole(index);
  if (at === undefined)
    throw new CommandError(
      28690,
      `$arrayElemAt's second argument must be a numeric value, but is ${typeName(index)}`,
    );
  return list.at(at);
}

/** `input`, a name for the element, and a body that sees it: $map, $filter, and the like. */
function overElements(
  operand: Doc,
  scope: Parameters<Operator>[1],
  body: string,
): { input: Evaluate; each: (root: Doc, locals: Value[], element: Value) => Value } {
  const { scope: inner, slots } = scope.bind([typeof operand.as === 'string' ? operand.as : 'this']);
  const evaluate = scope.compile(operand[body], inner);
  return {
    input: scope.compile(operand.input),
    each: (root, locals, element) => {
      locals[slots[0]!] = element;
      return evaluate(root, locals);
    },
  };
}

const map: Operator = (operand, scope, name) => {
  const { input, each } = overElements(
    named(operand, name, ['input', 'in'], ['as'], [16878, 16879, 16880]),
    scope,
    'in',
  );
  return (root, locals) => {
    const value = input(root, locals);
    if (isNullish(value)) return null;
    const list = arrayOf(value, 16883, (type) => `input to $map must be an array not ${type}`);
    return list.map((element) => each(root, locals, element) ?? null);
  };
};

const filter: Operator = (operand, scope, name) => {
  const doc = named(operand, name, ['input', 'cond'], ['as', 'limit'], [28646, 28647, 28648]);
  const { input, each } = overElements(doc, scope, 'cond');
  const limit = doc.limit === undefined ? undefined : scope.compile(doc.limit);
  return (root, locals) => {
    const value = input(root, locals);
    if (isNullish(value)) return null;
    const list = arrayOf(value, 28651, (type) => `input to $filter must be an array not ${type}`);
    const most = limit
      ? (toWhole(limit(root, locals)) ?? Number.POSITIVE_INFINITY)
      : Number.POSITIVE_INFINITY;
    const kept: Value[] = [];
    for (const element of list) {
      if (kept.length >= most) break;
      if (truthy(each(root, locals, element))) kept.push(element);
    }
    return kept;
  };
};

const reduce: Operator = (operand, scope, name) => {
  const doc = named(operand, name, ['input', 'initialValue', 'in'], [], [40075, 40076, 40077]);
  const input = scope.compile(doc.input);
  const initial = scope.compile(doc.initialValue);
  const inner = scope.bind(['value', 'this']);
  const body = scope.compile(doc.in, inner.scope);
  const [valueSlot, thisSlot] = inner.slots;
  return (root, locals) => {
    const value = input(root, locals);
    if (isNullish(value)) return null;
    const list = arrayOf(value, 40080, (type) => `$reduce requires that 'input' be an array, found: ${type}`);
    let result = initial(root, locals);
    for (const element of list) {
      locals[valueSlot!] = result;
      locals[thisSlot!] = element;
      result = body(root, locals);
    }
    return result;
  };
};

function slice([array, first, second]: Value[]): Value {
  if (isNullish(array) || isNullish(first)) return null;
  const list = arrayOf(
    array,
    28724,
    (type) => `First argument to $slice must be an array, but is of type: ${type}`,
  );
  const from = toWhole(first);
  if (from === undefined)
    throw new CommandError(
      28725,
      `Second argument to $slice must be a numeric value, but is of type: ${typeName(first)}`,
    );
  if (second === undefined) return from < 0 ? list.slice(from) : list.slice(0, from);
  const count = toWhole(second);
  if (count === undefined || count <= 0)
    throw new CommandError(28729, `Third argument to $slice must be positive: ${String(second)}`);
  const start = from < 0 ? Math.max(0, list.length + from) : from;
  return list.slice(start, start + count);
}

function range([start, end, step]: Value[]): Value {
  const [from, to, by] = [toWhole(start), toWhole(end), step === undefined ? 1 : toWhole(step)];
  if (from === undefined || to === undefined)
    throw new CommandError(34443, '$range requires numeric starting and ending values');
  if (by === undefined || by === 0) throw new CommandError(34449, '$range requires a non-zero step value');
  const made: Int32[] = [];
  for (let at = from; by > 0 ? at < to : at > to; at += by) made.push(new Int32(at));
  return made;
}

function indexOf([array, wanted, start, end]: Value[]): Value {
  if (isNullish(array)) return null;
  const list = arrayOf(
    array,
    40090,
    (type) => `$indexOfArray requires an array as a first argument, found: ${type}`,
  );
  const from = start === undefined ? 0 : toDouble(start);
  const to = end === undefined ? list.length : Math.min(toDouble(end), list.length);
  for (let at = from; at < to; at++) if (equalValues(list[at], wanted)) return new Int32(at);
  return new Int32(-1);
}

function zip(operand: Value, scope: Parameters<Operator>[1], name: string): Evaluate {
  const doc = named(operand, name, ['inputs'], ['useLongestLength', 'defaults'], [34460, 34464, 34465]);
  const inputs = asList(doc.inputs).map((entry) => scope.compile(entry));
  const defaults = scope.compile(doc.defaults ?? []);
  return (root, locals) => {
    const lists = inputs.map((evaluate) => evaluate(root, locals));
    if (lists.some(isNullish)) return null;
    const arrays = lists.map((list) =>
      arrayOf(list, 34468, (type) => `$zip found a non-array expression in input: ${type}`),
    );
    const lengths = arrays.map((list) => list.length);
    const length = doc.useLongestLength === true ? Math.max(...lengths) : Math.min(...lengths);
    const fill = defaults(root, locals) as Value[];
    return Array.from({ length }, (_, at) =>
      arrays.map((list, which) => (at < list.length ? list[at] : (fill[which] ?? null))),
    );
  };
}

function sortArray(operand: Value, scope: Parameters<Operator>[1], name: string): Evaluate {
  const doc = named(operand, name, ['input', 'sortBy'], [], [2942500, 2942501, 2942502]);
  const input = scope.compile(doc.input);
  const by = doc.sortBy;
  const order = isDoc(by) ? compileSort(by).compareDocs : undefined;
  const direction = order ? 1 : toDouble(by);
  return (root, locals) => {
    const value = input(root, locals);
    if (isNullish(value)) return null;
    const list = arrayOf(
      value,
      2942504,
      (type) => `The input argument to $sortArray must be an array, but was of type: ${type}`,
    );
    if (order) return [...list].sort((a, b) => order(isDoc(a) ? a : {}, isDoc(b) ? b : {}));
    return [...list].sort((a, b) => compareValues(a, b) * direction);
  };
}

export const arrays: Operators = {
  ...arrayAccumulators,
  ...sets,
  $arrayElemAt: two(elementAt),
  $map: map,
  $filter: filter,
  $reduce: reduce,
  $slice: many(slice, 2, 3),
  $range: many(range, 2, 3),
  $indexOfArray: many(indexOf, 2, 4),
  $zip: zip,
  $sortArray: sortArray,
  $size: one(
    (value) =>
      new Int32(
        arrayOf(value, 17124, (type) => `The argument to $size must be an array, but was of type: ${type}`)
          .length,
      ),
  ),
  $isArray: one((value) => Array.isArray(value)),
  $in: two((wanted, array) => {
    const list = arrayOf(
      array,
      40081,
      (type) => `$in requires an array as a second argument, found: ${type}`,
    );
    return list.some((element) => equalValues(element, wanted));
  }),
  $concatArrays: many((values) => {
    if (values.some(isNullish)) return null;
    return values.flatMap((value) =>
      arrayOf(value, 28664, (type) => `$concatArrays only supports arrays, not ${type}`),
    );
  }),
  $reverseArray: one((value) => {
    if (isNullish(value)) return null;
    return [
      ...arrayOf(
        value,
        34435,
        (type) => `The argument to $reverseArray must be an array, but was of type: ${type}`,
      ),
    ].reverse();
  }),
};
