// Duty: accumulators used as expressions: over their arguments, or over the elements of one array.
import { CommandError } from '../../errors.ts';
import { countArgument, countedAccumulators, plainAccumulators } from '../aggregate/accumulators.ts';
import type { Accumulator } from '../aggregate/sums.ts';
import { isDoc, isNullish, typeName, type Value } from '../values.ts';
import { asList, type Operator } from './operator.ts';

/** `$sum: ['$a', '$b']` and `$sum: '$list'` as expressions: over the arguments, or over the elements of the only one. */
const overArguments =
  (create: () => Accumulator): Operator =>
  (operand, scope) => {
    const list = asList(operand).map((entry) => scope.compile(entry));
    return (root, locals) => {
      const values = list.map((evaluate) => evaluate(root, locals));
      const only = values[0];
      const accumulator = create();
      for (const value of values.length === 1 && Array.isArray(only) ? (only as Value[]) : values)
        accumulator.add(value);
      return accumulator.result();
    };
  };

const endOf =
  (pick: (array: Value[]) => Value, code: number): Operator =>
  (operand, scope, name) => {
    const evaluate = scope.compile(Array.isArray(operand) && operand.length === 1 ? operand[0] : operand);
    return (root, locals) => {
      const value = evaluate(root, locals);
      if (isNullish(value)) return null;
      if (!Array.isArray(value))
        throw new CommandError(code, `${name}'s argument must be an array, but is ${typeName(value)}`);
      return pick(value as Value[]);
    };
  };

const countedOverArray =
  (create: (count: number) => Accumulator): Operator =>
  (operand, scope, name) => {
    if (!isDoc(operand)) throw new CommandError(5787801, `specification must be an object; found ${name}`);
    const input = scope.compile(operand.input);
    const count = scope.compile(operand.n);
    return (root, locals) => {
      const value = input(root, locals);
      if (!Array.isArray(value)) throw new CommandError(5788200, 'Input must be an array');
      const accumulator = create(countArgument(count(root, locals), name));
      for (const element of value as Value[]) accumulator.add(element);
      return accumulator.result();
    };
  };

export const arrayAccumulators: Record<string, Operator> = {
  ...Object.fromEntries(
    ['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'].map((name) => [
      name,
      overArguments(plainAccumulators[name]!),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(countedAccumulators).map(([name, create]) => [name, countedOverArray(create)]),
  ),
  $first: endOf((array) => array[0], 28689),
  $last: endOf((array) => array.at(-1), 28689),
};
