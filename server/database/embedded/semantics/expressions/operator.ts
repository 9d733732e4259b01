// Duty: what an expression operator is made of: compiled arguments, arity checks and the scope of variables.
import { CommandError } from '../../errors.ts';
import { type Doc, typeName, type Value } from '../values.ts';

/** Evaluates against the document `root`; `locals` holds what $let, $map and their like have bound. */
export type Evaluate = (root: Doc, locals: Value[]) => Value;

/** Where an expression stands while it is compiled. */
export interface Scope {
  compile(expression: Value, scope?: Scope): Evaluate;
  /** The slot of a bound name in `locals`. */
  readonly slots: ReadonlyMap<string, number>;
  /** A scope that knows more names, with the slots they got. */
  bind(names: string[]): { scope: Scope; slots: number[] };
}

export type Operator = (operand: Value, scope: Scope, name: string) => Evaluate;
export type Operators = Record<string, Operator>;

export const asList = (operand: Value): Value[] => (Array.isArray(operand) ? operand : [operand]);

function compileArguments(
  operand: Value,
  scope: Scope,
  name: string,
  least: number,
  most: number,
): Evaluate[] {
  const list = asList(operand);
  if (list.length < least || list.length > most) throw wrongCount(name, list.length, least, most);
  return list.map((entry) => scope.compile(entry));
}

function wrongCount(name: string, count: number, least: number, most: number): CommandError {
  if (least === most) {
    return new CommandError(
      16020,
      `Expression ${name} takes exactly ${least} arguments. ${count} were passed in.`,
    );
  }
  return new CommandError(
    28667,
    `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${count} were passed in.`,
  );
}

export const one =
  (apply: (value: Value, name: string) => Value): Operator =>
  (operand, scope, name) => {
    const [a] = compileArguments(operand, scope, name, 1, 1);
    return (root, locals) => apply(a!(root, locals), name);
  };

export const two =
  (apply: (a: Value, b: Value, name: string) => Value): Operator =>
  (operand, scope, name) => {
    const [a, b] = compileArguments(operand, scope, name, 2, 2);
    return (root, locals) => apply(a!(root, locals), b!(root, locals), name);
  };

/** Any number of arguments, evaluated before the operator sees them. */
export const many =
  (apply: (values: Value[], name: string) => Value, least = 0, most = Number.POSITIVE_INFINITY): Operator =>
  (operand, scope, name) => {
    const list = compileArguments(operand, scope, name, least, most);
    return (root, locals) =>
      apply(
        list.map((evaluate) => evaluate(root, locals)),
        name,
      );
  };

/** Named arguments: `{ $filter: { input, as, cond } }`. Unknown and missing names are refused with the operator's own codes. */
export function named(
  operand: Value,
  name: string,
  required: string[],
  optional: string[] = [],
  codes = [9, 9, 9],
): Doc {
  if (typeof operand !== 'object' || operand === null || Array.isArray(operand)) {
    throw new CommandError(codes[0]!, `${name} only supports an object as its argument`);
  }
  const doc = operand as Doc;
  for (const key of Object.keys(doc)) {
    if (!required.includes(key) && !optional.includes(key)) {
      throw new CommandError(codes[1]!, `Unrecognized parameter to ${name}: ${key}`);
    }
  }
  for (const key of required) {
    if (!Object.hasOwn(doc, key)) throw new CommandError(codes[2]!, `Missing '${key}' parameter to ${name}`);
  }
  return doc;
}

/** A value that has to be an array; the message tells what it was instead. */
export function arrayOf(value: Value, code: number, message: (type: string) => string): Value[] {
  if (!Array.isArray(value)) throw new CommandError(code, message(typeName(value)));
  return value as Value[];
}
