// Duty: reading from a view: its pipeline first, then what the query asks for.
import type { View } from '../catalogue.ts';
import { type Doc, encode, toDouble } from '../semantics/values.ts';
import type { CursorReply } from '../wire.ts';
import { aggregateRows } from './aggregate.ts';
import { type Context, integer, optionalDoc } from './command.ts';
import { openCursor } from './find.ts';
import { nonEmpty } from './selection.ts';

function stagesOf(body: Doc, filterName: string): Doc[] {
  const stages: Doc[] = [];
  const add = (name: string, value: unknown) => {
    if (value !== undefined) stages.push({ [name]: value });
  };
  add('$match', nonEmpty(optionalDoc(body, filterName)));
  add('$sort', nonEmpty(optionalDoc(body, 'sort')));
  add('$skip', integer(body, 'skip') || undefined);
  add('$limit', integer(body, 'limit') || undefined);
  add('$project', nonEmpty(optionalDoc(body, 'projection')));
  return stages;
}

export async function findOnView(context: Context, { namespace }: View, body: Doc): Promise<CursorReply> {
  const rows = await aggregateRows(context, namespace, stagesOf(body, 'filter'), body);
  const options = { namespace, rows, operation: context.operation };
  return openCursor(context, options, integer(body, 'batchSize') ?? 101, {
    single: body.singleBatch === true,
  });
}

export async function countOnView(context: Context, { namespace }: View, body: Doc): Promise<number> {
  const stages = [...stagesOf(body, 'query'), { $count: 'n' }];
  for await (const [row] of await aggregateRows(context, namespace, stages, body)) {
    if (row && !(row instanceof Uint8Array)) return toDouble(row.n);
  }
  return 0;
}

export async function* distinctRowsOnView(context: Context, { namespace }: View, body: Doc) {
  for await (const rows of await aggregateRows(context, namespace, stagesOf(body, 'query'), body)) {
    yield rows.map((row) => ({ bytes: row instanceof Uint8Array ? row : encode(row) }));
  }
}
