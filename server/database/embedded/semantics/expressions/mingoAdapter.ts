// Duty: the only door to mingo: rare expression operators on plain strings and numbers. Arguments are evaluated here, so mingo sees no paths.
import { Double, Int32 } from 'bson';
import { Context, evalExpr } from 'mingo/core';
import * as library from 'mingo/operators/expression';
import { CommandError } from '../../errors.ts';
import { bsonType, isDoc, isNumber, regexParts, toDouble, typeOf, type Value } from '../values.ts';
import type { Evaluate, Scope } from './operator.ts';

/** The operators that mingo gets right, and the type their numbers have on the server. */
const delegated: Record<string, 'int' | 'double'> = {
  $acos: 'double',
  $acosh: 'double',
  $asin: 'double',
  $asinh: 'double',
  $atan: 'double',
  $atan2: 'double',
  $atanh: 'double',
  $cos: 'double',
  $cosh: 'double',
  $degreesToRadians: 'double',
  $radiansToDegrees: 'double',
  $sin: 'double',
  $sinh: 'double',
  $tan: 'double',
  $tanh: 'double',
  $ltrim: 'int',
  $rtrim: 'int',
  $trim: 'int',
  $regexFind: 'int',
  $regexFindAll: 'int',
  $regexMatch: 'int',
  $strcasecmp: 'int',
};
type Any = ReturnType<typeof evalExpr>;
const options = { context: Context.init({ expression: library as never }) } as Parameters<typeof evalExpr>[2];

export function compileWithMingo(operator: string, operand: Value, scope: Scope): Evaluate {
  const kind = Object.hasOwn(delegated, operator) ? delegated[operator] : undefined;
  if (!kind) throw new CommandError(168, `Unrecognized expression '${operator}'`);
  const evaluate = argumentsOf(operand, scope);
  return (root, locals) => {
    try {
      return toTyped(evalExpr(null, { [operator]: evaluate(root, locals) }, options), kind);
    } catch (cause) {
      if (cause instanceof CommandError) throw cause;
      throw new CommandError(2, `${operator}: ${(cause as Error).message}`);
    }
  };
}

type Arguments = (root: Parameters<Evaluate>[0], locals: Value[]) => Any;
const literal = (value: Value): Any => ({ $literal: toPlain(value) });

function argumentsOf(operand: Value, scope: Scope): Arguments {
  if (Array.isArray(operand)) {
    const list = operand.map((entry: Value) => scope.compile(entry));
    return (root, locals) => list.map((evaluate) => literal(evaluate(root, locals)));
  }
  if (isDoc(operand) && !Object.keys(operand)[0]?.startsWith('$')) {
    const entries = Object.entries(operand).map(([name, value]) => [name, scope.compile(value)] as const);
    return (root, locals) =>
      Object.fromEntries(entries.map(([name, evaluate]) => [name, literal(evaluate(root, locals))]));
  }
  const evaluate = scope.compile(operand);
  return (root, locals) => literal(evaluate(root, locals));
}

function toPlain(value: Value): Value {
  if (isNumber(value)) return toDouble(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeOf(value) === bsonType.regex)
    return new RegExp(regexParts(value).pattern, regexParts(value).options.replace('x', ''));
  return value;
}

function toTyped(value: Value, kind: 'int' | 'double'): Value {
  if (typeof value === 'number') return kind === 'int' ? new Int32(value) : new Double(value);
  if (Array.isArray(value)) return value.map((element: Value) => toTyped(element, kind));
  if (isDoc(value))
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toTyped(inner, kind)]));
  return value;
}
