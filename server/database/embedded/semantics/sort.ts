// Duty: sorting: the keys a document sorts by, their order, and sorting many rows or the best few within a memory budget.
import { badValue, CommandError } from '../errors.ts';
import { type Collation, compareValues } from './compare.ts';
import { defaultBudgetBytes, MemoryBudget, sizeOfRow, sizeOfValue } from './memory.ts';
import { compilePath, descend, type Path, reached } from './rawBson.ts';
import { type Doc, field, isDoc, isNumber, type Row, show, toDouble, type Value } from './values.ts';

export interface SortField {
  readonly path: Path;
  readonly direction: 1 | -1;
}

export interface Sort {
  readonly fields: readonly SortField[];
  /** What the row sorts by, one value for each field. */
  keys(row: Row): Value[];
  compareKeys(a: readonly Value[], b: readonly Value[]): number;
  compareDocs(a: Doc, b: Doc): number;
  sorter(options?: { limit?: number | undefined; budgetBytes?: number | undefined }): Sorter;
}

/** Takes rows in any order and gives them back sorted; with a limit it holds only about twice that many. */
export interface Sorter {
  add(row: Row): void;
  rows(): Row[];
}

export function compileSort(spec: Doc, collation?: Collation): Sort {
  const fields = Object.entries(spec).map(([name, order]) => sortField(name, order));
  if (fields.length > 32) throw new CommandError(13103, 'too many compound keys');
  const keys = (row: Row) => fields.map((sorted) => keyOf(row, sorted, collation));
  const compareKeys = (a: readonly Value[], b: readonly Value[]) => {
    for (let at = 0; at < fields.length; at++) {
      const order = compareValues(a[at], b[at], collation);
      if (order !== 0) return order * fields[at]!.direction;
    }
    return 0;
  };
  return {
    fields,
    keys,
    compareKeys,
    compareDocs: (a, b) => compareKeys(keys(a), keys(b)),
    sorter: ({ limit, budgetBytes = defaultBudgetBytes } = {}) =>
      makeSorter(keys, compareKeys, limit, budgetBytes),
  };
}

function sortField(name: string, order: Value): SortField {
  if (isDoc(order)) {
    if (Object.hasOwn(order, '$meta'))
      throw badValue('query requires text score metadata, but it is not available');
    throw new CommandError(17312, 'the only expression supported by $sort right now is {$meta: "textScore"}');
  }
  if (!isNumber(order))
    throw new CommandError(15974, `Illegal key in $sort specification: ${name}: ${show(order)}`);
  const direction = toDouble(order);
  if (direction !== 1 && direction !== -1) {
    throw new CommandError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
  }
  if (name === '') throw new CommandError(40352, 'FieldPath cannot be constructed with empty string');
  if (name.split('.').some((part) => part === ''))
    throw new CommandError(15998, 'FieldPath field names may not be empty strings.');
  if (name.startsWith('$'))
    throw new CommandError(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  return { path: compilePath(name), direction };
}

/** A missing field sorts as null, an empty array before it, and any other array by its lowest or highest element. */
function keyOf(row: Row, { path, direction }: SortField, collation?: Collation): Value {
  if (row instanceof Uint8Array) {
    const value = descend(row, path);
    return bestOf(value, path, reached(), direction, collation);
  }
  return bestOf(field(row, path.names[0]!), path, 1, direction, collation);
}

function bestOf(value: Value, path: Path, part: number, direction: number, collation?: Collation): Value {
  if (Array.isArray(value)) return bestOfArray(value, path, part, direction, collation);
  if (part === path.names.length) return value === undefined ? null : value;
  return isDoc(value) ? bestOf(field(value, path.names[part]!), path, part + 1, direction, collation) : null;
}

function bestOfArray(
  array: Value[],
  path: Path,
  part: number,
  direction: number,
  collation?: Collation,
): Value {
  const atEnd = part === path.names.length;
  if (array.length === 0) return atEnd ? undefined : null;
  const position = atEnd ? -1 : path.indexes[part]!;
  if (position >= 0 && position < array.length && !isDoc(array[0])) {
    return bestOf(array[position], path, part + 1, direction, collation);
  }
  let best: Value = atEnd ? array[0] : inElement(array[0], path, part, direction, collation);
  for (let at = 1; at < array.length; at++) {
    const candidate = atEnd ? array[at] : inElement(array[at], path, part, direction, collation);
    if (compareValues(candidate, best, collation) * direction < 0) best = candidate;
  }
  return best;
}

const inElement = (
  element: Value,
  path: Path,
  part: number,
  direction: number,
  collation?: Collation,
): Value =>
  isDoc(element) ? bestOf(field(element, path.names[part]!), path, part + 1, direction, collation) : null;

interface Entry {
  readonly row: Row;
  readonly keys: Value[];
  readonly bytes: number;
}

function makeSorter(
  keysOf: (row: Row) => Value[],
  compareKeys: Sort['compareKeys'],
  limit: number | undefined,
  budgetBytes: number,
): Sorter {
  const budget = new MemoryBudget(budgetBytes, 'Sort');
  const compare = (a: Entry, b: Entry) => compareKeys(a.keys, b.keys);
  const most = limit ? Math.max(2 * limit, 64) : Number.POSITIVE_INFINITY;
  let entries: Entry[] = [];
  let worst: Value[] | undefined;
  const cut = (count: number) => {
    entries.sort(compare);
    for (const { bytes } of entries.slice(count)) budget.release(bytes);
    entries = entries.slice(0, count);
  };
  return {
    add(row) {
      const keys = keysOf(row);
      if (worst && compareKeys(keys, worst) >= 0) return;
      const bytes = sizeOfRow(row) + sizeOfValue(keys);
      budget.take(bytes);
      entries.push({ row, keys, bytes });
      if (entries.length < most) return;
      cut(limit!);
      worst = entries[limit! - 1]!.keys;
    },
    rows() {
      if (limit) cut(limit);
      else entries.sort(compare);
      return entries.map((entry) => entry.row);
    },
  };
}
