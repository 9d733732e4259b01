// Duty: rows as read from the database, for as long as the index says that their version stands. Whether a viewer may see them is asked before.
import { CaseModel } from './cases.model.ts';
import { type CaseForRow, rowFields } from './cases.present.ts';
import type { CaseQuestion } from './cases.queries.ts';

const mostRemembered = 10_000;
const remembered = new Map<string, CaseForRow>();

/** A case by id, at the version the index holds. */
export interface VersionedId {
  id: string;
  version: number;
}

/**
 * The rows in the order asked; reads through `scoped` those that changed or were never read.
 * A change made by another process is seen once the index has caught up with it: within about a second.
 */
export async function rowsAt(
  wanted: readonly VersionedId[],
  scoped: (question: CaseQuestion) => CaseQuestion,
): Promise<CaseForRow[]> {
  const missing = wanted.filter(({ id, version }) => remembered.get(id)?.version !== version);
  const rows = new Map<string, CaseForRow>();
  for (const { id } of wanted) {
    const row = remembered.get(id);
    if (row) rows.set(id, row);
  }
  if (missing.length > 0) {
    for (const { id } of missing) rows.delete(id);
    const question = scoped({ _id: { $in: missing.map(({ id }) => id) } });
    const read = CaseModel.collection.find<CaseForRow>(question as never, { projection: rowFields });
    if (remembered.size > mostRemembered) remembered.clear();
    for (const row of await read.toArray()) {
      remembered.set(row._id, row);
      rows.set(row._id, row);
    }
  }
  return wanted.flatMap(({ id }) => rows.get(id) ?? []);
}
