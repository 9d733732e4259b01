// Duty: Map keys for values that count as equal under a collation, for groups and distinct values.
import { type Collation, compareText, hashKey } from './compare.ts';
import { isDoc, type Value } from './values.ts';

type Key = ReturnType<typeof hashKey>;

/** As `hashKey`, but strings that the collation calls equal share a key. One maker serves one stage. */
export function keyMaker(collation?: Collation): (value: Value) => Key {
  if (!collation) return hashKey;
  const representatives: string[] = [];
  const known = new Map<string, string>();
  const representative = (text: string): string => {
    let found = known.get(text);
    if (found === undefined) {
      found = findOrAdd(representatives, text, collation);
      known.set(text, found);
    }
    return found;
  };
  const folded = (value: Value): Value => {
    if (typeof value === 'string') return representative(value);
    if (Array.isArray(value)) return value.map(folded);
    if (!isDoc(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, folded(inner)]));
  };
  return (value) => hashKey(folded(value));
}

/** The list stays sorted by the collation, so that a new string is looked up in few comparisons. */
function findOrAdd(sorted: string[], text: string, collation: Collation): string {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (collation.compare(sorted[middle]!, text) < 0) low = middle + 1;
    else high = middle;
  }
  const candidate = sorted[low];
  if (
    candidate !== undefined &&
    (compareText(candidate, text) === 0 || collation.compare(candidate, text) === 0)
  )
    return candidate;
  sorted.splice(low, 0, text);
  return text;
}
