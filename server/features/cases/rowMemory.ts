// Duty: rows of lists as their presenter put them into words, while the index says that their version stands. Scopes are asked before.
import type { Viewer } from '../../policy.ts';
import type { Logged } from './caseOrder.ts';
import { CaseModel } from './cases.model.ts';
import { type CaseForRow, presentRows, rowFields } from './cases.present.ts';
import { type CaseQuestion, visible } from './cases.queries.ts';
import { type Audience, audienceOf, type PageGround } from './pageMemory.ts';

/** Per audience; half a kilobyte each. */
const mostRemembered = 20_000;

/** A case by id, at the version the index holds. */
export interface VersionedId {
  id: string;
  version: number;
}

interface KeptRow extends Logged {
  version: number;
  text: string;
}

class RowMemory {
  /** The earliest read first. */
  #rows = new Map<string, KeptRow>();
  #ground: PageGround | null = null;

  find({ id, version }: VersionedId, ground: PageGround): KeptRow | null {
    this.#standOn(ground);
    const row = this.#rows.get(id);
    return row && row.version >= version ? row : null;
  }

  keep(row: KeptRow, ground: PageGround): void {
    this.#standOn(ground);
    this.#rows.delete(row.id);
    this.#rows.set(row.id, row);
    if (this.#rows.size <= mostRemembered) return;
    const [earliest] = this.#rows.keys();
    this.#rows.delete(earliest!);
  }

  #standOn(ground: PageGround): void {
    if (this.#ground?.names === ground.names && this.#ground.today === ground.today) return;
    this.#rows = new Map();
    this.#ground = ground;
  }
}

const memories: Record<Audience, RowMemory> = { team: new RowMemory(), partner: new RowMemory() };

/** The rows in the order asked; those that changed, or were never read, are read through the viewer's scope. */
export async function rowsAt(
  viewer: Viewer,
  wanted: readonly VersionedId[],
  ground: PageGround,
): Promise<KeptRow[]> {
  const memory = memories[audienceOf(viewer)];
  const rows = new Map<string, KeptRow>();
  const missing: string[] = [];
  for (const one of wanted) {
    const row = memory.find(one, ground);
    if (row) rows.set(one.id, row);
    else missing.push(one.id);
  }
  if (missing.length > 0) {
    for (const row of await readRows(viewer, { _id: { $in: missing } })) {
      memory.keep(row, ground);
      rows.set(row.id, row);
    }
  }
  return wanted.flatMap(({ id }) => rows.get(id) ?? []);
}

async function readRows(viewer: Viewer, question: CaseQuestion): Promise<KeptRow[]> {
  const scoped = visible(viewer, question) as never;
  const found = await CaseModel.collection.find<CaseForRow>(scoped, { projection: rowFields }).toArray();
  const presented = await presentRows(viewer, found);
  return found.map(({ _id, version, loggedAt }, index) => ({
    id: _id,
    version,
    loggedAt: loggedAt.getTime(),
    text: JSON.stringify(presented[index]),
  }));
}
