// Duty: what every update operator is, and how it tells that nothing changed.
import type { Collation } from './compare.ts';
import { equalValues } from './compare.ts';
import type { Change } from './updatePaths.ts';
import { bsonType, type Doc, show, toDouble, typeOf, type Value } from './values.ts';

/** Makes the change that an operator's argument asks of the field at `path`. */
export type Modifier = (argument: Value, path: string, collation?: Collation) => Change;

/** The same bytes: a value that only equals (5 and 5.0) is still a change. */
export function identical(a: Value, b: Value): boolean {
  if (a === b) return true;
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  if (type === bsonType.array) {
    const [x, y] = [a as Value[], b as Value[]];
    return x.length === y.length && x.every((element, at) => identical(element, y[at]));
  }
  if (type === bsonType.object) {
    const [x, y] = [Object.entries(a as Doc), Object.entries(b as Doc)];
    return (
      x.length === y.length &&
      x.every(([name, value], at) => name === y[at]![0] && identical(value, y[at]![1]))
    );
  }
  if (type === bsonType.decimal) return String(a) === String(b);
  if (type === bsonType.double) return Object.is(toDouble(a), toDouble(b));
  return equalValues(a, b);
}

export const idText = (doc: Doc) => `{_id: ${show(doc._id)}}`;
export const lastName = (path: string) => path.slice(path.lastIndexOf('.') + 1);
