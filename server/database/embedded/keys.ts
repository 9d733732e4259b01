// Duty: the keys of the store: tuples of values, edges of ranges, prefixes. How one value looks is keyValues.ts.
import { createHash } from 'node:crypto';
import { typeByte, writeValue } from './keyValues.ts';
import { KeyWriter } from './keyWriter.ts';
import type { Value } from './semantics/values.ts';

/** LMDB refuses keys above 1,978 bytes with our page size; what is longer is cut and closed with a hash of the whole. */
const longestKey = 1_400;
const hashBytes = 16;

/** Keys are made one at a time and copied out, so one place to make them is enough. */
const key = new KeyWriter();

export interface EncodedKey {
  bytes: Buffer;
  /** The key was too long: its tail is a hash, so it serves equality but no order. */
  cut: boolean;
}

function cutAt(start: number, limit: number): boolean {
  if (key.length - start <= limit) return false;
  const hash = createHash('sha256').update(key.view(start)).digest();
  key.length = start + limit - hashBytes;
  key.bytes(hash.subarray(0, hashBytes));
  return true;
}

/** The key of a tuple of values, e.g. an index entry; `descending[i]` turns the order of component i around. */
export function encodeTuple(values: readonly Value[], descending: readonly boolean[]): EncodedKey {
  key.start();
  let cut = false;
  const limit = Math.floor(longestKey / descending.length);
  for (let at = 0; at < values.length; at++) {
    const start = key.length;
    writeValue(key, values[at]);
    if (cutAt(start, limit)) cut = true;
    if (descending[at]) key.invert(start);
  }
  return { bytes: key.take(), cut };
}

/**
 * The edge of a range over component values of an index of `parts` fields. When the value is too long for its component
 * the edge is only the part that keys have in common, and `cut` says so.
 */
export function encodeEdge(value: Value, parts: number): EncodedKey {
  key.start();
  writeValue(key, value);
  const limit = Math.floor(longestKey / parts);
  const cut = key.length > limit;
  return { bytes: key.take(0, cut ? limit - hashBytes : key.length), cut };
}

/** What every string begins with that begins with `text`. */
export function encodeTextPrefix(text: string): Buffer {
  key.start();
  key.byte(typeByte.string);
  key.text(text);
  return key.take(0, key.length - 2);
}

/** One value, always ascending: the key of a record, or one edge of a range. */
export function encodeValue(value: Value): Buffer {
  return encodeTuple([value], [false]).bytes;
}

export function inverted(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.map((each) => each ^ 0xff));
}

export function prefixed(id: number, rest: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(4 + rest.length);
  bytes.writeUInt32BE(id, 0);
  bytes.set(rest, 4);
  return bytes;
}

/** The smallest key that is greater than every key which begins with `prefix`. */
export function afterPrefix(prefix: Uint8Array): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  if (end === 0) throw new RangeError('no key follows a prefix of only 0xff');
  const next = Buffer.from(prefix.subarray(0, end));
  next[end - 1]!++;
  return next;
}
