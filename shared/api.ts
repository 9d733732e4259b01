// Duty: the envelopes every answer of the API comes in, and ids made on either side. No slice's own fields here.
import { z } from 'zod';

export { newId } from './ids.ts';

import type { TextWarning } from './personalData.ts';

/** One thing, with what this viewer may do to it. */
export interface Answer<Data, Ability extends string = never> {
  data: Data;
  abilities: Record<Ability, boolean>;
  /** What in the words just saved may tell who a person is; absent when nothing does. */
  warnings?: TextWarning[];
}

/** A page of a list. `next` is an opaque cursor, null on the last page. */
export interface Page<Row> {
  data: Row[];
  next: string | null;
  /** How many match in all for this viewer. */
  total: number;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Ids are made by whoever makes the record (so that a repeated request can never make two): UUIDs of version 7 or 4. */
export const idSchema = z.string().regex(uuid, 'not_an_id');

/** The version a change was based on; a stale one is answered with 409 and both sides. */
export const versionSchema = z.number().int().min(1);

/** Calendar day without a time zone, `2026-11-21`. */
export const daySchema = z.iso.date();

/** A value or none for each of these keys, and no other key. Named one by one: a record would let the key `__proto__` pass. */
export const atMostOneEach = <Key extends string, Value extends z.ZodType>(
  keys: readonly Key[],
  value: Value,
) =>
  z.strictObject(
    Object.fromEntries(keys.map((key) => [key, value.optional()])) as Record<Key, z.ZodOptional<Value>>,
  );
