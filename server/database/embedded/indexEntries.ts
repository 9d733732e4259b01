// Duty: which entries a document has in an index. Pure: reads no store and keeps no state.
import { createHash } from 'node:crypto';
import { CommandError } from './errors.ts';
import type { Index } from './indexDefinition.ts';
import { encodeTuple, prefixed } from './keys.ts';
import { type Doc, isDoc, type Value } from './semantics/values.ts';

export interface IndexEntries {
  /** Without the record's suffix: `u32 index | key(v1)…key(vn)`. Distinct. */
  prefixes: Buffer[];
  /** Bit n: the nth field was met as an array, or inside one. */
  arraysAt: number;
  cut: boolean;
}

const missing = Symbol('missing');

interface Slot {
  value: Value;
  /** Path parts that still lead on from `value`. */
  rest: readonly string[];
  /** An array element that is indexed as it is. */
  terminal?: boolean;
}

const none: IndexEntries = { prefixes: [], arraysAt: 0, cut: false };

export function entriesOf(index: Index, doc: Doc): IndexEntries {
  if (index.partialMatcher && !index.partialMatcher.matches(doc)) return none;
  const tuples: Value[][] = [];
  const arraysAt = expand(
    index.parts.map((rest) => ({ value: doc, rest })),
    index,
    tuples,
  );
  if (index.sparse && tuples.every((tuple) => tuple.every((value) => value === missing))) return none;
  const seen = new Map<string, Buffer>();
  let cut = false;
  for (const tuple of tuples) {
    const key = encodeTuple(
      tuple.map((value) => (value === missing ? null : value)),
      index.descending,
    );
    if (key.cut) cut = true;
    if (tuples.length === 1) return { prefixes: [prefixed(index.id, key.bytes)], arraysAt, cut };
    seen.set(key.bytes.toString('latin1'), key.bytes);
  }
  return { prefixes: [...seen.values()].map((key) => prefixed(index.id, key)), arraysAt, cut };
}

/** An entry is `u32 index | key(v1)…key(vn) | key of the record`; its value says where the record's key begins. */
export interface StoredEntry {
  key: Buffer;
  value: Buffer;
}

const longestSuffix = 500;

/** A record key too long to stand twice in the store is hashed in the entry's key and stands whole in its value. */
export function entryFor(prefix: Uint8Array, recordKey: Uint8Array): StoredEntry {
  if (recordKey.length > longestSuffix) {
    const hash = createHash('sha256').update(recordKey).digest().subarray(0, 16);
    return { key: Buffer.concat([prefix, hash]), value: Buffer.from(recordKey) };
  }
  const value = Buffer.allocUnsafe(2);
  value.writeUInt16BE(prefix.length);
  return { key: Buffer.concat([prefix, recordKey]), value };
}

export function recordKeyOf({ key, value }: StoredEntry): Buffer {
  return value.length === 2 ? key.subarray(value.readUInt16BE()) : value;
}

/** What documents with equal values share. */
export function sharedKeyOf({ key, value }: StoredEntry): Buffer {
  return key.subarray(0, value.length === 2 ? value.readUInt16BE() : key.length - 16);
}

/** Walks every path as far as documents go; the first array met is taken apart, element by element. Answers which fields met one. */
function expand(slots: Slot[], index: Index, tuples: Value[][]): number {
  const walked = slots.map(walk);
  const first = walked.find((slot) => Array.isArray(slot.value) && !slot.terminal);
  if (!first) {
    tuples.push(walked.map((slot) => slot.value));
    return 0;
  }
  const array = first.value as Value[];
  for (const slot of walked) {
    if (Array.isArray(slot.value) && !slot.terminal && slot.value !== array) {
      throw new CommandError(171, `cannot index parallel arrays [${index.fields.join('] [')}]`);
    }
  }
  const into = (element: Value, empty: boolean): Slot[] =>
    walked.map((slot) => {
      if (slot.value !== array || slot.terminal) return slot;
      if (slot.rest.length === 0) return { value: empty ? undefined : element, rest: [], terminal: true };
      return isDoc(element) ? { value: element, rest: slot.rest } : { value: missing, rest: [] };
    });
  let arraysAt = 0;
  for (const [at, slot] of walked.entries()) if (slot.value === array && !slot.terminal) arraysAt |= 1 << at;
  if (array.length === 0) arraysAt |= expand(into(undefined, true), index, tuples);
  for (const element of array) arraysAt |= expand(into(element, false), index, tuples);
  return arraysAt;
}

function walk(slot: Slot): Slot {
  let { value, rest } = slot;
  if (slot.terminal || value === missing) return slot;
  while (rest.length > 0) {
    const name = rest[0]!;
    if (Array.isArray(value)) {
      // A number in a path names a position, unless the elements have such a field themselves.
      if (!/^\d+$/.test(name) || value.some((each) => isDoc(each) && name in each)) break;
      value = Number(name) < value.length ? value[Number(name)] : missing;
    } else if (isDoc(value)) {
      value = Object.hasOwn(value, name) ? value[name] : missing;
    } else {
      value = missing;
    }
    rest = rest.slice(1);
    if (value === missing) rest = [];
  }
  return { value, rest };
}
