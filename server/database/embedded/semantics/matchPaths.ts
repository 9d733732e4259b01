// Duty: every value that a path of a filter reaches in a document or its bytes, arrays on the way included.
import type { Test } from './predicates.ts';
import { compilePath, descend, type Path, reached } from './rawBson.ts';
import { field, isDoc, type Row, type Value } from './values.ts';

/** Where an array was matched; filled only when somebody asks for the position. */
export interface Trace {
  index: number | undefined;
}
export type Condition = (row: Row, trace?: Trace) => boolean;

/** A condition on a bare value is a condition on the one, nameless, field of a document. */
export const itself = compilePath('');

/** True when any value that the path reaches passes. `expand`: an array at its end also offers its elements. */
export function atPath(path: Path, test: Test, expand = true): Condition {
  return (row, trace) =>
    row instanceof Uint8Array
      ? anyAt(descend(row, path), path, reached(), test, expand && path !== itself, trace)
      : anyAt(field(row, path.names[0]!), path, 1, test, expand && path !== itself, trace);
}

function anyAt(value: Value, path: Path, part: number, test: Test, expand: boolean, trace?: Trace): boolean {
  if (part === path.names.length) {
    if (expand && Array.isArray(value)) {
      for (let at = 0; at < value.length; at++) if (test(value[at])) return found(trace, at);
    }
    return test(value);
  }
  if (Array.isArray(value)) return anyInArray(value, path, part, test, expand, trace);
  if (value === undefined || !isDoc(value)) return test(undefined);
  return anyAt(field(value, path.names[part]!), path, part + 1, test, expand, trace);
}

/** An array in the middle of a path: every document in it is followed, and the position if the path names one. */
function anyInArray(
  array: Value[],
  path: Path,
  part: number,
  test: Test,
  expand: boolean,
  trace?: Trace,
): boolean {
  const position = path.indexes[part]!;
  for (let at = 0; at < array.length; at++) {
    const element = array[at];
    if (isDoc(element) && anyAt(field(element, path.names[part]!), path, part + 1, test, expand, trace)) {
      return found(trace, at);
    }
    if (at !== position) continue;
    // A position at the end of the path means that element alone, not the elements inside it.
    if (
      part + 1 === path.names.length ? test(element) : anyBelow(element, path, part + 1, test, expand, trace)
    ) {
      return found(trace, at);
    }
  }
  return false;
}

function anyBelow(
  value: Value,
  path: Path,
  part: number,
  test: Test,
  expand: boolean,
  trace?: Trace,
): boolean {
  const hasFields = Array.isArray(value) || isDoc(value);
  return hasFields && anyAt(value, path, part, test, expand, trace);
}

function found(trace: Trace | undefined, index: number): true {
  if (trace) trace.index = index;
  return true;
}
