// Duty: the documents of one collection that match, in order: plan, filter, sort, skip, limit. No projection, no cursors.
import type { Collection } from './catalogue.ts';
import type { Engine } from './engine.ts';
import type { Operation } from './operation.ts';
import { choosePlan, type Plan } from './planner.ts';
import type { Stored } from './records.ts';
import { type ScanCounts, scan } from './scan.ts';
import { compileCollation } from './semantics/compare.ts';
import type { Variables } from './semantics/expressions/compile.ts';
import { compileMatcher, type Matcher } from './semantics/matcher.ts';
import { compileSort, type Sort } from './semantics/sort.ts';
import type { Doc, Value } from './semantics/values.ts';

export interface Selection {
  filter: Doc;
  sort?: Doc | undefined;
  hint?: Value;
  collation?: Value;
  variables?: Variables | undefined;
  skip?: number | undefined;
  /** 0 is no limit. */
  limit?: number | undefined;
}

export interface Search {
  plan: Plan;
  matcher: Matcher;
  /** Puts matches in order when the plan does not. */
  sort: Sort | undefined;
  counts: ScanCounts;
  /** Chunks of matching records; a chunk may be empty, so that whoever reads can pause between chunks. */
  chunks: Generator<Stored[]>;
}

/** Filter and plan, without order or limit. */
export function search(engine: Engine, collection: Collection, selection: Selection): Search {
  const { filter, sort, hint, collation, variables } = selection;
  const compiled = compileCollation(collation);
  const matcher = compileMatcher(filter, { collation: compiled, variables });
  const order = sort && !('$natural' in sort) ? compileSort(sort, compiled) : undefined;
  const plan = choosePlan(collection, { filter, sort, hint, collated: compiled !== undefined });
  const counts: ScanCounts = { keys: 0, documents: 0 };
  const wanted = plan.sorted && selection.limit ? (selection.skip ?? 0) + selection.limit : 64;
  return {
    plan,
    matcher,
    sort: order,
    counts,
    chunks: matching(engine, collection, plan, matcher, counts, wanted),
  };
}

function* matching(
  engine: Engine,
  collection: Collection,
  plan: Plan,
  matcher: Matcher,
  counts: ScanCounts,
  wanted: number,
): Generator<Stored[]> {
  for (const chunk of scan(engine.store, collection, plan, counts, wanted)) {
    yield plan.exact ? chunk : chunk.filter(({ bytes }) => matcher.matchesBytes(bytes));
  }
}

/** Everything the selection asks for, in chunks. */
export async function* select(
  engine: Engine,
  collection: Collection,
  selection: Selection,
  operation: Operation,
  found = search(engine, collection, selection),
): AsyncGenerator<Stored[]> {
  const { skip = 0, limit = 0 } = selection;
  let toSkip = skip;
  let left = limit > 0 ? limit : Number.POSITIVE_INFINITY;
  for await (const chunk of found.plan.sorted
    ? paused(found, operation)
    : sorted(found, selection, operation)) {
    const rest = chunk.slice(toSkip, toSkip + left);
    toSkip = Math.max(0, toSkip - chunk.length);
    left -= rest.length;
    if (rest.length > 0) yield rest;
    if (left <= 0) return;
  }
}

async function* paused(found: Search, operation: Operation): AsyncGenerator<Stored[]> {
  for (const chunk of found.chunks) {
    await operation.checkpoint();
    yield chunk;
  }
}

async function* sorted(found: Search, selection: Selection, operation: Operation): AsyncGenerator<Stored[]> {
  const { skip = 0, limit = 0 } = selection;
  const sorter = sorterFor(found, limit > 0 ? skip + limit : undefined);
  for (const chunk of found.chunks) {
    const pause = operation.checkpoint();
    if (pause) await pause;
    for (const record of chunk) sorter.add(record);
  }
  const all = sorter.records();
  for (let at = 0; at < all.length; at += 1_024) yield all.slice(at, at + 1_024);
}

/** A sorter of bytes that remembers which record they belong to. */
function sorterFor(found: Search, limit: number | undefined) {
  const sorter = found.sort!.sorter({ limit });
  const records = new WeakMap<Uint8Array, Stored>();
  return {
    add(record: Stored): void {
      records.set(record.bytes, record);
      sorter.add(record.bytes);
    },
    records: (): Stored[] => sorter.rows().map((row) => records.get(row as Uint8Array)!),
  };
}

/** The first match at once, for use inside a transaction; the matches must be few or the collection small. */
export function firstMatch(engine: Engine, collection: Collection, selection: Selection): Stored | undefined {
  const found = search(engine, collection, { ...selection, skip: 0, limit: 1 });
  if (found.plan.sorted) {
    for (const chunk of found.chunks) if (chunk[0]) return chunk[0];
    return undefined;
  }
  const sorter = sorterFor(found, 1);
  for (const chunk of found.chunks) for (const record of chunk) sorter.add(record);
  return sorter.records()[0];
}
