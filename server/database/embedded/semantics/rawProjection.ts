// Duty: a projection that only keeps or drops fields, on bytes: what stays is copied as it is stored. Computing needs a decoded document.
import type { Branch } from './projectionTree.ts';
import { asBuffer, sizeOf, text } from './rawBson.ts';
import { bsonType } from './values.ts';

/** Undefined where the document holds an array on a dotted path: then its elements must be looked into, decoded. */
export type RawProject = (bytes: Uint8Array) => Uint8Array | undefined;

/** Null when the tree computes anything. */
export function compileRawProjection(root: Branch, keepsUnnamed: boolean): RawProject | null {
  if (!isPlain(root)) return null;
  return (bytes) => {
    const buffer = asBuffer(bytes);
    const parts: Buffer[] = [];
    return collect(buffer, 0, root, keepsUnnamed, parts) ? framed(parts) : undefined;
  };
}

const isPlain = (node: Branch): boolean =>
  !node.computes &&
  [...node.children.values()].every((child) =>
    child.kind === 'branch' ? isPlain(child) : child.kind !== 'compute',
  );

/** Adds what stays of the document at `start` to `parts`; false where bytes alone do not tell. */
function collect(
  bytes: Buffer,
  start: number,
  node: Branch,
  keepsUnnamed: boolean,
  parts: Buffer[],
): boolean {
  /** Where a run of neighbours that all stay began; −1 outside of one. */
  let run = -1;
  let at = start + 4;
  const endRun = () => {
    if (run >= 0) parts.push(bytes.subarray(run, at));
    run = -1;
  };
  while (bytes[at] !== 0) {
    const type = bytes[at]!;
    let value = at + 1;
    while (bytes[value] !== 0) value++;
    const child = node.children.get(text(bytes, at + 1, value));
    value++;
    if (child?.kind === 'branch') {
      if (type === bsonType.array) return false;
      endRun();
      if (type === bsonType.object) {
        const inner: Buffer[] = [];
        if (!collect(bytes, value, child, keepsUnnamed, inner)) return false;
        parts.push(bytes.subarray(at, value), framed(inner));
      } else if (keepsUnnamed) run = at;
    } else if (child ? child.kind === 'include' : keepsUnnamed) {
      if (run < 0) run = at;
    } else endRun();
    at = value + sizeOf(bytes, type, value);
  }
  endRun();
  return true;
}

function framed(parts: readonly Buffer[]): Buffer {
  const size = parts.reduce((sum, part) => sum + part.length, 5);
  const whole = Buffer.allocUnsafe(size);
  let at = whole.writeInt32LE(size, 0);
  for (const part of parts) at += part.copy(whole, at);
  whole[at] = 0;
  return whole;
}
