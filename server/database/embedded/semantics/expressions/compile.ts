// Duty: compiles an aggregation expression into one function. What each operator does is in the files beside this one.
import { CommandError } from '../../errors.ts';
import { compilePath, type Path } from '../rawBson.ts';
import { type Doc, field, isDoc, setField, show, type Value } from '../values.ts';
import { arithmetic } from './arithmetic.ts';
import { arrays } from './arrays.ts';
import { conversions } from './conversions.ts';
import { dates } from './dates.ts';
import { logic } from './logic.ts';
import { compileWithMingo } from './mingoAdapter.ts';
import { objects } from './objects.ts';
import type { Evaluate, Operators, Scope } from './operator.ts';
import { strings } from './strings.ts';

/** Values known before any document is read: the command's `let`, a `$lookup`'s, and NOW. */
export type Variables = { readonly [name: string]: Value };

export interface Expression {
  evaluate(doc: Doc): Value;
  /** Set when the expression is nothing but a field path, which can then be read straight from bytes. */
  readonly path: Path | undefined;
  readonly isConstant: boolean;
}

const operators: Operators = {
  ...arithmetic,
  ...arrays,
  ...conversions,
  ...dates,
  ...logic,
  ...objects,
  ...strings,
  $literal: (operand) => () => operand,
  $const: (operand) => () => operand,
  $let: (operand, scope) => {
    const { vars, in: body } = operand as { vars: Doc; in: Value };
    if (!isDoc(vars)) throw new CommandError(16874, 'invalid parameter: expected an object (vars)');
    const values = Object.values(vars).map((value) => scope.compile(value));
    const inner = scope.bind(Object.keys(vars));
    const evaluate = scope.compile(body, inner.scope);
    return (root, locals) => {
      const made = values.map((value) => value(root, locals));
      inner.slots.forEach((slot, at) => {
        locals[slot] = made[at];
      });
      return evaluate(root, locals);
    };
  },
  $expr: (operand, scope) => scope.compile(operand),
};

export function compileExpression(expression: Value, variables: Variables = {}): Expression {
  const evaluate = rootScope(variables).compile(expression);
  // Evaluation never re-enters the same expression, so one array of locals serves every document.
  const locals: Value[] = [];
  const isPath = typeof expression === 'string' && /^\$[^$]/.test(expression);
  return {
    evaluate: (doc) => evaluate(doc, locals),
    path: isPath ? compilePath((expression as string).slice(1)) : undefined,
    isConstant: isConstant(expression),
  };
}

function isConstant(expression: Value): boolean {
  if (typeof expression === 'string') return !expression.startsWith('$');
  if (Array.isArray(expression)) return expression.every(isConstant);
  if (!isDoc(expression)) return true;
  const names = Object.keys(expression);
  if (names.length === 1 && names[0] === '$literal') return true;
  return names.every((name) => !name.startsWith('$') && isConstant(expression[name]));
}

function rootScope(variables: Variables): Scope {
  const known: Variables = { NOW: new Date(), ...variables };
  let slotCount = 0;
  const make = (slots: ReadonlyMap<string, number>): Scope => {
    const scope: Scope = {
      slots,
      compile: (expression, inner = scope) => compileAny(expression, inner, known),
      bind: (names) => {
        const wider = new Map(slots);
        const added = names.map((name) => {
          checkVariableName(name);
          wider.set(name, slotCount);
          return slotCount++;
        });
        return { scope: make(wider), slots: added };
      },
    };
    return scope;
  };
  return make(new Map());
}

function checkVariableName(name: string): void {
  if (name === '') throw new CommandError(9, 'empty variable names are not allowed');
  if (!/^[a-z\u0080-\uffff]/.test(name) && name !== 'CURRENT') {
    throw new CommandError(9, `'${name}' starts with an invalid character for a user variable name`);
  }
  const invalid = /[^\w\u0080-\uffff]/.exec(name);
  if (invalid)
    throw new CommandError(9, `'${name}' contains an invalid character for a variable name: '${invalid[0]}'`);
}

function compileAny(expression: Value, scope: Scope, known: Variables): Evaluate {
  if (typeof expression === 'string') {
    if (expression.startsWith('$$')) return compileVariable(expression, scope, known);
    return expression.startsWith('$') ? readPath(expression.slice(1)) : () => expression;
  }
  if (Array.isArray(expression)) {
    const entries = expression.map((entry: Value) => scope.compile(entry));
    return (root, locals) => entries.map((evaluate) => evaluate(root, locals) ?? null);
  }
  return isDoc(expression) ? compileDoc(expression, scope) : () => expression;
}

function compileDoc(expression: Doc, scope: Scope): Evaluate {
  const names = Object.keys(expression);
  const operator = names.find((name) => name.startsWith('$'));
  if (operator !== undefined) {
    if (names.length > 1) {
      throw new CommandError(
        15983,
        `an expression specification must contain exactly one field, the name of the expression. Found ${names.length} fields in ${show(expression)}`,
      );
    }
    const compile = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
    return compile
      ? compile(expression[operator], scope, operator)
      : compileWithMingo(operator, expression[operator], scope);
  }
  const dotted = names.find((name) => name.includes('.'));
  if (dotted !== undefined)
    throw new CommandError(
      16412,
      `FieldPath field names may not contain '.'. Consider using $getField or $setField.`,
    );
  const fields = names.map((name) => ({ name, evaluate: scope.compile(expression[name]) }));
  return (root, locals) => {
    const made: Doc = {};
    for (const { name, evaluate } of fields) {
      const value = evaluate(root, locals);
      if (value !== undefined) setField(made, name, value);
    }
    return made;
  };
}

function compileVariable(expression: string, scope: Scope, known: Variables): Evaluate {
  const [name = '', ...rest] = expression.slice(2).split('.');
  const follow = (evaluate: Evaluate): Evaluate =>
    rest.length === 0 ? evaluate : (root, locals) => valueAt(evaluate(root, locals), rest, 0);
  const slot = scope.slots.get(name);
  if (slot !== undefined) return follow((_, locals) => locals[slot]);
  if (name === 'ROOT' || name === 'CURRENT') return follow((root) => root);
  if (name === 'REMOVE') return () => undefined;
  if (!Object.hasOwn(known, name)) throw new CommandError(17276, `Use of undefined variable: ${name}`);
  const value = known[name];
  return follow(() => value);
}

function checkFieldPath(path: string): void {
  if (path === '') throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
  if (path.endsWith('.')) throw new CommandError(40353, "FieldPath must not end with a '.'.");
  for (const name of path.split('.')) {
    if (name === '') throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
    if (name.startsWith('$')) {
      throw new CommandError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    }
    if (name.includes('\0'))
      throw new CommandError(16411, 'FieldPath field names may not contain null bytes.');
  }
}

function readPath(path: string): Evaluate {
  checkFieldPath(path);
  const names = path.split('.');
  const [first] = names;
  if (names.length === 1) return (root) => field(root, first!);
  return (root) => valueAt(root, names, 0);
}

/** Follows names through documents; an array on the way gives the array of what its documents hold there. */
export function valueAt(value: Value, names: readonly string[], from: number): Value {
  let current = value;
  for (let part = from; part < names.length; part++) {
    if (Array.isArray(current)) {
      return current
        .filter(isDoc)
        .map((element) => valueAt(element, names, part))
        .filter((element) => element !== undefined);
    }
    if (!isDoc(current)) return undefined;
    current = field(current, names[part]!);
  }
  return current;
}
