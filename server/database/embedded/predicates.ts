// Duty: what a filter says about single fields, as ranges of encoded keys. Leaves out what it cannot express: the planner
// then lets the matcher check every document.
import { BSONRegExp, Double, MaxKey, MinKey } from 'bson';
import { afterPrefix, encodeEdge, encodeTextPrefix, encodeTuple } from './keys.ts';
import { typeByte } from './keyValues.ts';
import { isOperators } from './semantics/matcher.ts';
import { type Doc, isDoc, type Value } from './semantics/values.ts';

export interface Predicate {
  operator: string;
  value: Value;
}

export interface Predicates {
  fields: Map<string, Predicate[]>;
  /** Every clause of the filter is in `fields`. */
  complete: boolean;
}

const useful = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte', '$regex', '$exists']);

export function predicatesOf(filter: Doc): Predicates {
  const found: Predicates = { fields: new Map(), complete: true };
  collect(filter, found);
  return found;
}

function collect(filter: Doc, found: Predicates): void {
  for (const [name, value] of Object.entries(filter)) {
    if (name === '$and' && Array.isArray(value)) {
      for (const each of value) collect(each as Doc, found);
    } else if (name === '$comment') {
    } else if (name.startsWith('$')) {
      found.complete = false;
    } else {
      for (const each of predicatesOn(value)) {
        if (useful.has(each.operator)) found.fields.set(name, [...(found.fields.get(name) ?? []), each]);
        else found.complete = false;
      }
    }
  }
}

function predicatesOn(value: Value): Predicate[] {
  if (value instanceof BSONRegExp || value instanceof RegExp) return [{ operator: '$regex', value }];
  if (!isOperators(value)) return [{ operator: '$eq', value }];
  const { $regex, $options, ...others } = value;
  const all = Object.entries(others).map(([operator, operand]) => ({ operator, value: operand }));
  if ($regex === undefined) return all;
  const pattern = typeof $regex === 'string' ? new BSONRegExp($regex, textOf($options)) : $regex;
  return [...all, { operator: '$regex', value: pattern }];
}

/** Refuses odd options here by making them unusable: the matcher has the words for the client. */
const textOf = (options: Value): string => (typeof options === 'string' ? [...options].sort().join('') : '');

export interface KeyRange {
  /** Inclusive. */
  start: Buffer;
  /** Exclusive. */
  end: Buffer;
}

export interface FieldBounds {
  /** Ascending and without overlap, in the ascending encoding of one component. */
  ranges: KeyRange[];
  /** Every range is one value. */
  points: boolean;
  /** What lies in the ranges matches, without asking the matcher. */
  exact: boolean;
  /** Only documents that have the field match. */
  impliesExists: boolean;
}

export interface BoundsOptions {
  /** How many fields the index has: long values are cut accordingly. */
  parts: number;
  multikey: boolean;
  /** Strings compare by a collation, which keys do not know. */
  collated: boolean;
}

export function boundsOf(predicates: Predicate[], options: BoundsOptions): FieldBounds | undefined {
  const points = predicates.find(({ operator }) => operator === '$eq') ?? predicates.find(isIn);
  if (points) {
    const values = points.operator === '$in' ? points.value : [points.value];
    const bounds = Array.isArray(values) ? pointBounds(values, options) : undefined;
    if (bounds) return { ...bounds, exact: bounds.exact && predicates.length === 1 };
  }
  const regex = predicates.find(({ operator }) => operator === '$regex');
  const byPrefix = regex && !options.collated ? prefixBounds(regex.value) : undefined;
  return byPrefix ?? rangeBounds(predicates, options);
}

const isIn = ({ operator }: Predicate) => operator === '$in';

function pointBounds(values: Value[], options: BoundsOptions): FieldBounds | undefined {
  let exact = true;
  const keys: Buffer[] = [];
  const descending = Array.from({ length: options.parts }, () => false);
  for (const value of values) {
    if (Array.isArray(value) || value === undefined) return undefined;
    if (value instanceof BSONRegExp || value instanceof RegExp) return undefined;
    if (options.collated && (typeof value === 'string' || isDoc(value))) return undefined;
    if (value === null || isDoc(value)) exact = false;
    keys.push(encodeTuple([value], descending).bytes);
  }
  keys.sort(Buffer.compare);
  const distinct = keys.filter((key, at) => at === 0 || !key.equals(keys[at - 1]!));
  return {
    ranges: distinct.map((key) => ({ start: key, end: afterPrefix(key) })),
    points: true,
    exact,
    impliesExists: !values.includes(null),
  };
}

/** The types whose ranges keys can express, each kept within its own type as MongoDB does. */
const orderedTypes: ReadonlySet<number> = new Set([
  typeByte.number,
  typeByte.string,
  typeByte.objectId,
  typeByte.date,
  typeByte.boolean,
  typeByte.timestamp,
  typeByte.binary,
]);
const comparisons = new Set(['$gt', '$gte', '$lt', '$lte']);

function rangeBounds(predicates: Predicate[], options: BoundsOptions): FieldBounds | undefined {
  let start: Buffer | undefined;
  let end: Buffer | undefined;
  let type: number | undefined;
  let exact = !options.multikey;
  for (const { operator, value } of predicates) {
    const edge = comparisons.has(operator) ? edgeOf(value, options) : undefined;
    const upper = operator.startsWith('$lt');
    // Both edges may come from different elements of an array: then only one of them may narrow the range.
    const taken = start !== undefined || end !== undefined;
    if (!edge || (type !== undefined && type !== edge.type) || (options.multikey && taken)) {
      exact = false;
      continue;
    }
    type = edge.type;
    if (edge.cut) exact = false;
    const key = edge.cut ? (upper ? afterPrefix(edge.bytes) : edge.bytes) : placeEdge(operator, edge.bytes);
    if (upper) end = end && Buffer.compare(end, key) < 0 ? end : key;
    else start = start && Buffer.compare(start, key) > 0 ? start : key;
  }
  if (type === undefined) return undefined;
  const range = { start: start ?? firstOf(type), end: end ?? Buffer.from([type + 1]) };
  const empty = Buffer.compare(range.start, range.end) >= 0;
  return { ranges: empty ? [] : [range], points: false, exact, impliesExists: true };
}

const placeEdge = (operator: string, bytes: Buffer): Buffer =>
  operator === '$gt' || operator === '$lte' ? afterPrefix(bytes) : bytes;

/** NaN stands before all numbers and is in no range. */
const firstOf = (type: number): Buffer =>
  type === typeByte.number ? afterPrefix(encodeEdge(new Double(Number.NaN), 1).bytes) : Buffer.from([type]);

function edgeOf(value: Value, options: BoundsOptions) {
  if (value === null || value === undefined || value instanceof MinKey || value instanceof MaxKey)
    return undefined;
  if (isDoc(value) || Array.isArray(value) || (options.collated && typeof value === 'string'))
    return undefined;
  const edge = encodeEdge(value, options.parts);
  const type = edge.bytes[0]!;
  const notNumber =
    type === typeByte.number && edge.bytes.equals(encodeEdge(new Double(Number.NaN), 1).bytes);
  return orderedTypes.has(type) && !notNumber ? { ...edge, type } : undefined;
}

/** `/^abc/` is the range of strings that begin with "abc", and such an expression itself when one is stored. */
function prefixBounds(value: Value): FieldBounds | undefined {
  if (!(value instanceof BSONRegExp) || value.options !== '') return undefined;
  const text = literalPrefix(value.pattern);
  if (!text) return undefined;
  const limited = encodeTextPrefix(text).subarray(0, 128);
  const self = encodeEdge(value, 1).bytes.subarray(0, 128);
  return {
    ranges: [
      { start: limited, end: afterPrefix(limited) },
      { start: self, end: afterPrefix(self) },
    ],
    points: false,
    exact: false,
    impliesExists: true,
  };
}

function literalPrefix(pattern: string): string | undefined {
  if (!pattern.startsWith('^') || /(^|[^\\])\|/.test(pattern)) return undefined;
  let text = '';
  let at = 1;
  while (at < pattern.length) {
    const escaped = pattern[at] === '\\';
    const character = escaped ? pattern[at + 1] : pattern[at];
    if (character === undefined) break;
    if (escaped ? /[a-zA-Z0-9]/.test(character) : /[.^$*+?()[\]{}|]/.test(character)) break;
    const next = at + (escaped ? 2 : 1);
    if (/[*?{]/.test(pattern[next] ?? '')) break;
    text += character;
    at = next;
  }
  return text;
}
