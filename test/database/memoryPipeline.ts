// Duty: runs a pipeline over documents in memory, for tests that need no server.
import type {
  Batches,
  PipelineEnv,
  Selection,
  Target,
} from '../../server/database/embedded/semantics/aggregate/env.ts';
import { collect } from '../../server/database/embedded/semantics/aggregate/env.ts';
import { runPipeline } from '../../server/database/embedded/semantics/aggregate/pipeline.ts';
import { compileMatcher } from '../../server/database/embedded/semantics/matcher.ts';
import { defaultBudgetBytes } from '../../server/database/embedded/semantics/memory.ts';
import { asDoc } from '../../server/database/embedded/semantics/rawBson.ts';
import { compileSort } from '../../server/database/embedded/semantics/sort.ts';
import { type Doc, encode, type Row } from '../../server/database/embedded/semantics/values.ts';

const refused = () => {
  throw new Error('a pipeline in memory writes nothing');
};

/** Every collection is given as bytes, as the store would, in small batches. */
export async function aggregateInMemory(
  collections: Record<string, Doc[]>,
  from: string,
  stages: Doc[],
): Promise<Doc[]> {
  const env: PipelineEnv = {
    database: 'memory',
    collection: from,
    budgetBytes: defaultBudgetBytes,
    read: ({ collection }: Target, selection: Selection) => find(collections[collection] ?? [], selection),
    checkpoint: () => undefined,
    writer: { replaceCollection: refused, insert: refused, update: refused, hasUniqueIndex: refused },
    collectionStats: refused,
    indexStats: refused,
    sessions: () => [],
  };
  return (await collect(runPipeline(stages, env))).map(asDoc);
}

async function* find(docs: Doc[], { filter, sort, skip = 0, limit, variables }: Selection): Batches {
  const matcher = compileMatcher(filter, { variables });
  let rows: Row[] = docs.map(encode).filter((bytes) => matcher.matchesBytes(bytes));
  if (sort) {
    const sorter = compileSort(sort).sorter();
    for (const row of rows) sorter.add(row);
    rows = sorter.rows();
  }
  const wanted = rows.slice(skip, limit === undefined ? undefined : skip + limit);
  for (let at = 0; at < wanted.length; at += 3) yield wanted.slice(at, at + 3);
}
