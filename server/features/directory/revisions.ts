// Duty: lay a change over a record that may have moved on: other people's fields stay, the same field asks. Saving is the command's.
import type { DirectoryConflict } from '../../../shared/directory.ts';

export interface Revisable {
  version: number;
  fieldVersions: unknown;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What to set, and the fields that somebody else changed after `base` to something else than `input` says. */
export function layOver<Fields extends Record<string, unknown>>(
  kept: Revisable & Fields,
  input: Partial<Fields>,
  base: number,
): { changes: Partial<Fields>; fieldVersions: Record<string, number>; conflicts: DirectoryConflict[] } {
  const changedAt = { ...(kept.fieldVersions as Record<string, number> | null) };
  const changes: Partial<Fields> = {};
  const conflicts: DirectoryConflict[] = [];
  for (const field of Object.keys(input) as (keyof Fields & string)[]) {
    const [yours, theirs] = [input[field], kept[field]];
    if (yours === undefined || same(yours, theirs ?? null)) continue;
    if ((changedAt[field] ?? 1) > base) conflicts.push({ field, yours, theirs });
    else {
      changes[field] = yours as Fields[typeof field];
      changedAt[field] = kept.version + 1;
    }
  }
  return { changes, fieldVersions: changedAt, conflicts };
}
