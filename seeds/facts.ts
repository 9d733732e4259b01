// Duty: read the files of facts in `seeds/data`, where they lie with their attribution. What is made of them is each slice's seed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../server/root.ts';

export function readFacts<Facts>(name: string): Facts {
  return JSON.parse(readFileSync(join(projectRoot, 'seeds', 'data', name), 'utf8')) as Facts;
}

/** The same id for the same name on every installation, so that seeding twice makes nothing twice. */
export function fixedId(name: string): string {
  const hex = Array.from(Buffer.from(name.padEnd(16, '.')).subarray(0, 16), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
