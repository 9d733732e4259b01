// Duty: read the files of facts in `seeds/data`, where they lie with their attribution. What is made of them is each slice's seed.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../server/root.ts';

export function readFacts<Facts>(name: string): Facts {
  return JSON.parse(readFileSync(join(projectRoot, 'seeds', 'data', name), 'utf8')) as Facts;
}

/** The same id for the same name on every installation, so that seeding twice makes nothing twice. */
export function fixedId(name: string): string {
  return uuidOf(Buffer.from(name.padEnd(16, '.')).subarray(0, 16));
}

/** The same for names that differ only after their sixteenth letter. */
export const fixedIdOfLong = (name: string): string =>
  uuidOf(createHash('sha256').update(name).digest().subarray(0, 16));

function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
