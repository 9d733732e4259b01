// Duty: reads the arguments that queries share (filter, sort, hint, collation, let, batches) into a selection.

import { CommandError } from '../errors.ts';
import type { Selection } from '../query.ts';
import { compileExpression, type Variables } from '../semantics/expressions/compile.ts';
import { type Doc, isDoc, typeName, type Value } from '../semantics/values.ts';
import { integer, optionalDoc } from './command.ts';

export function variablesOf(body: Doc, name = 'let'): Variables | undefined {
  const bindings = optionalDoc(body, name);
  if (!bindings) return undefined;
  return Object.fromEntries(
    Object.entries(bindings).map(([variable, value]) => [variable, compileExpression(value).evaluate({})]),
  );
}

export function hintOf(value: Value): Value {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' && !isDoc(value)) {
    throw new CommandError(9, `Hint must be a string or an object, found ${typeName(value)}`);
  }
  return value;
}

export function selectionOf(body: Doc, filterName: string): Selection {
  return {
    filter: optionalDoc(body, filterName) ?? {},
    sort: nonEmpty(optionalDoc(body, 'sort')),
    hint: hintOf(body.hint),
    collation: optionalDoc(body, 'collation'),
    variables: variablesOf(body),
    skip: integer(body, 'skip') ?? 0,
    limit: integer(body, 'limit') ?? 0,
  };
}

export const nonEmpty = (doc: Doc | undefined): Doc | undefined =>
  doc && Object.keys(doc).length > 0 ? doc : undefined;
