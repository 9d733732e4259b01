// Duty: expression operators that take arrays as sets: order and repetition do not count.
import { compareValues, hashKey } from '../compare.ts';
import { isNullish, type Value } from '../values.ts';
import { arrayOf, many, type Operator, type Operators, one } from './operator.ts';
import { truthy } from './truth.ts';

/** One of each value, in the order they came. */
const distinctValues = (values: Value[]): Value[] => [
  ...new Map(values.map((value) => [hashKey(value ?? null), value])).values(),
];

const onSets = (apply: (arrays: Value[][]) => Value, least = 0, most = Number.POSITIVE_INFINITY): Operator =>
  many(
    (values, name) => {
      if (values.some(isNullish)) return null;
      return apply(
        values.map((value) =>
          arrayOf(
            value,
            17047,
            (type) => `All operands of ${name} must be arrays. One argument is of type: ${type}`,
          ),
        ),
      );
    },
    least,
    most,
  );
const keysOf = (values: Value[] | undefined) =>
  new Set((values ?? []).map((value) => hashKey(value ?? null)));
const holds = (keys: Set<unknown>, values: Value[]) =>
  values.every((value) => keys.has(hashKey(value ?? null)));

export const sets: Operators = {
  $setUnion: onSets((lists) => distinctValues(lists.flat()).sort(compareValues)),
  $setIntersection: onSets(([first = [], ...rest]) => {
    const others = rest.map(keysOf);
    return distinctValues(first)
      .filter((value) => others.every((keys) => keys.has(hashKey(value ?? null))))
      .sort(compareValues);
  }),
  $setDifference: onSets(
    ([first = [], second]) => {
      const keys = keysOf(second);
      return distinctValues(first).filter((value) => !keys.has(hashKey(value ?? null)));
    },
    2,
    2,
  ),
  $setEquals: onSets(
    ([first = [], ...rest]) =>
      rest.every((other) => holds(keysOf(first), other) && holds(keysOf(other), first)),
    2,
  ),
  $setIsSubset: onSets(([first = [], second]) => holds(keysOf(second), first), 2, 2),
  $anyElementTrue: one((value) =>
    arrayOf(value, 17041, (type) => `$anyElementTrue's argument must be an array, but is ${type}`).some(
      truthy,
    ),
  ),
  $allElementsTrue: one((value) =>
    arrayOf(value, 17040, (type) => `$allElementsTrue's argument must be an array, but is ${type}`).every(
      truthy,
    ),
  ),
};
