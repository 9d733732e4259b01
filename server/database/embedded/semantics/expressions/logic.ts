// Duty: expression operators that compare, combine and choose: $eq … $cmp, $and, $or, $not, $cond, $ifNull, $switch.
import { Int32 } from 'bson';
import { CommandError } from '../../errors.ts';
import { compareValues } from '../compare.ts';
import { isDoc, isNullish, type Value } from '../values.ts';
import { asList, named, type Operator, type Operators, one, two } from './operator.ts';
import { truthy } from './truth.ts';

const comparison = (accept: (order: number) => boolean): Operator =>
  two((a, b) => accept(compareValues(a, b)));

const condition: Operator = (operand, scope, name) => {
  const parts = isDoc(operand) ? ifThenElse(operand) : asList(operand);
  if (parts.length !== 3) {
    throw new CommandError(
      16020,
      `Expression ${name} takes exactly 3 arguments. ${parts.length} were passed in.`,
    );
  }
  const [test, yes, no] = parts.map((part) => scope.compile(part));
  return (root, locals) => (truthy(test!(root, locals)) ? yes!(root, locals) : no!(root, locals));
};

function ifThenElse(operand: { [name: string]: Value }): Value[] {
  const parts = named(operand, '$cond', ['if', 'then', 'else'], [], [17080, 17083, 17080]);
  return [parts.if, parts.then, parts.else];
}

const choice: Operator = (operand, scope) => {
  const { branches, default: otherwise } = named(
    operand,
    '$switch',
    [],
    ['branches', 'default'],
    [40060, 40067, 40068],
  );
  if (!Array.isArray(branches))
    throw new CommandError(40061, `$switch expected an array for 'branches', found: ${typeof branches}`);
  if (branches.length === 0) throw new CommandError(40068, '$switch requires at least one branch.');
  const cases = (branches as Value[]).map((branch) => {
    if (!isDoc(branch)) throw new CommandError(40062, '$switch expected each branch to be an object');
    if (!Object.hasOwn(branch, 'case'))
      throw new CommandError(40064, "$switch requires each branch have a 'case' expression");
    if (!Object.hasOwn(branch, 'then'))
      throw new CommandError(40065, "$switch requires each branch have a 'then' expression.");
    return { test: scope.compile(branch.case), value: scope.compile(branch.then) };
  });
  const fallback = otherwise === undefined ? undefined : scope.compile(otherwise);
  return (root, locals) => {
    for (const { test, value } of cases) if (truthy(test(root, locals))) return value(root, locals);
    if (fallback) return fallback(root, locals);
    throw new CommandError(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

export const logic: Operators = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $cmp: two((a, b) => new Int32(Math.sign(compareValues(a, b)))),
  $and: (operand, scope) => {
    const list = asList(operand).map((entry) => scope.compile(entry));
    return (root, locals) => list.every((evaluate) => truthy(evaluate(root, locals)));
  },
  $or: (operand, scope) => {
    const list = asList(operand).map((entry) => scope.compile(entry));
    return (root, locals) => list.some((evaluate) => truthy(evaluate(root, locals)));
  },
  $not: one((value) => !truthy(value)),
  $cond: condition,
  $switch: choice,
  $ifNull: (operand, scope) => {
    const list = asList(operand).map((entry) => scope.compile(entry));
    if (list.length < 2)
      throw new CommandError(1257300, `$ifNull needs at least two arguments, had: ${list.length}`);
    return (root, locals) => {
      let value: Value;
      for (const evaluate of list) {
        value = evaluate(root, locals);
        if (!isNullish(value)) return value;
      }
      return value;
    };
  },
};
