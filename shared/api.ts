// Duty: the envelopes every answer of the API comes in, and ids made on either side. No slice's own fields here.
import { z } from 'zod';
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

/** A time-ordered id (UUID version 7), made in the browser or on the server. */
export function newId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The version a change was based on; a stale one is answered with 409 and both sides. */
export const versionSchema = z.number().int().min(1);

/** Calendar day without a time zone, `2026-11-21`. */
export const daySchema = z.iso.date();
