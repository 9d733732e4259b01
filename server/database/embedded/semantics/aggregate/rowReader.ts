// Duty: reads the value of an expression from a row: straight from the bytes when it is made of field paths only.
import { compileExpression, type Variables, valueAt } from '../expressions/compile.ts';
import { asDoc, descend, type Path, reached } from '../rawBson.ts';
import { type Doc, isDoc, type Row, setField, type Value } from '../values.ts';

export interface RowReader {
  read(row: Row): Value;
  /** Whether a row should be decoded once before several readers look at it. */
  readonly needsDoc: boolean;
}

export function compileReader(expression: Value, variables?: Variables): RowReader {
  const compiled = compileExpression(expression, variables);
  if (compiled.isConstant) {
    const value = compiled.evaluate({});
    return { read: () => value, needsDoc: false };
  }
  const { path } = compiled;
  if (path) return { read: (row) => readPath(row, path), needsDoc: false };
  const parts = partReaders(expression, variables);
  if (parts) return { read: (row) => readParts(row, parts), needsDoc: false };
  return { read: (row) => compiled.evaluate(asDoc(row)), needsDoc: true };
}

function readPath(row: Row, path: Path): Value {
  if (!(row instanceof Uint8Array)) return valueAt(row, path.names, 0);
  const value = descend(row, path);
  const used = reached();
  return used < path.names.length ? valueAt(value, path.names, used) : value;
}

type Parts = (readonly [string, RowReader])[];

/** `{ year: '$year', kind: '$kind' }`: a document whose every field can be read from bytes. */
function partReaders(expression: Value, variables?: Variables): Parts | undefined {
  if (!isDoc(expression) || Object.keys(expression).some((name) => name.startsWith('$'))) return undefined;
  const parts = Object.entries(expression).map(
    ([name, inner]) => [name, compileReader(inner, variables)] as const,
  );
  return parts.some(([, reader]) => reader.needsDoc) ? undefined : parts;
}

function readParts(row: Row, parts: Parts): Doc {
  const made: Doc = {};
  for (const [name, reader] of parts) {
    const value = reader.read(row);
    if (value !== undefined) setField(made, name, value);
  }
  return made;
}
