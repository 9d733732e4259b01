// Duty: the commands count and distinct.

import { CommandError } from '../errors.ts';
import type { Selection } from '../query.ts';
import { search, select } from '../query.ts';
import { countEntries } from '../scan.ts';
import { compareValues, compileCollation } from '../semantics/compare.ts';
import { asDoc } from '../semantics/rawBson.ts';
import { type Doc, field, isDoc, type Value } from '../semantics/values.ts';
import { type Commands, type Context, integer, namespaceOf, optionalDoc, text } from './command.ts';
import { nonEmpty, selectionOf } from './selection.ts';
import { countOnView, distinctRowsOnView } from './views.ts';

export const countCommands: Commands = {
  count: { fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'], run: count },
  distinct: { fields: ['key', 'query', 'collation', 'hint'], run: distinct },
};

async function count(context: Context, body: Doc): Promise<Doc> {
  const namespace = namespaceOf(context, body);
  const view = context.engine.catalogue.view(namespace);
  if (view) return { n: await countOnView(context, view, body) };
  // A negative limit means the same as a positive one.
  const limit = Math.abs(integer(body, 'limit', Number.NEGATIVE_INFINITY) ?? 0);
  const selection = { ...selectionOf({ ...body, limit: undefined }, 'query'), sort: undefined };
  const total = await countMatching(context, namespace, selection);
  const { skip = 0 } = selection;
  const rest = Math.max(0, total - skip);
  return { n: limit > 0 ? Math.min(limit, rest) : rest };
}

/** How many documents match, read off the counter or the index where they know. */
export async function countMatching(
  context: Context,
  namespace: string,
  selection: Selection,
): Promise<number> {
  const { engine, operation } = context;
  const collection = engine.catalogue.find(namespace);
  if (!collection) return 0;
  if (!nonEmpty(selection.filter) && selection.hint === undefined) return collection.count;
  const found = search(engine, collection, { ...selection, skip: 0, limit: 0 });
  if (found.plan.kind === 'index' && found.plan.exact)
    return countEntries(engine.store, collection, found.plan);
  let total = 0;
  for (const chunk of found.chunks) {
    total += chunk.length;
    const pause = operation.checkpoint();
    if (pause) await pause;
  }
  return total;
}

async function distinct(context: Context, body: Doc): Promise<Doc> {
  const namespace = namespaceOf(context, body);
  const key = text(body, 'key');
  if (key === '' || key.includes('\0')) throw new CommandError(2, 'distinct key must not be empty');
  const { engine, operation } = context;
  const parts = key.split('.');
  const collation = compileCollation(optionalDoc(body, 'collation'));
  const values: Value[] = [];
  const view = engine.catalogue.view(namespace);
  const collection = engine.catalogue.find(namespace);
  const selection = selectionOf(body, 'query');
  const chunks = view
    ? distinctRowsOnView(context, view, body)
    : collection
      ? select(engine, collection, selection, operation)
      : [];
  for await (const chunk of chunks) {
    const found: Value[] = [];
    for (const { bytes } of chunk) collect(asDoc(bytes), parts, found);
    addDistinct(values, found, (a, b) => compareValues(a, b, collation));
  }
  return { values };
}

/** Arrays are taken apart where they stand, once. */
function collect(value: Value, parts: readonly string[], into: Value[]): void {
  const [name, ...rest] = parts;
  if (name === undefined) {
    if (Array.isArray(value)) into.push(...value);
    else if (value !== undefined) into.push(value);
  } else if (isDoc(value)) collect(field(value, name), rest, into);
  else if (Array.isArray(value)) {
    if (/^\d+$/.test(name) && !value.some((each) => isDoc(each) && name in each)) {
      collect(value[Number(name)], rest, into);
    } else for (const each of value) if (isDoc(each)) collect(each, parts, into);
  }
}

/** Keeps `values` sorted and without repetition. */
function addDistinct(values: Value[], found: Value[], compare: (a: Value, b: Value) => number): void {
  for (const value of found) {
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(values[middle], value) < 0) low = middle + 1;
      else high = middle;
    }
    if (low === values.length || compare(values[low], value) !== 0) values.splice(low, 0, value);
  }
}
