// Duty: the command aggregate: gives the pipeline its documents through the planner, and a cursor to its results.
import { CommandError } from '../errors.ts';
import { type Selection, select } from '../query.ts';
import { type Doc, isDoc, isNumber, type Row, toDouble, type Value } from '../semantics/values.ts';
import type { CursorReply } from '../wire.ts';
import { type Commands, type Context, integer, list, namespaceOf, optionalDoc } from './command.ts';
import { countMatching } from './count.ts';
import { openCursor } from './find.ts';
import { leadingSelection } from './leadingStages.ts';

export const aggregateCommands: Commands = {
  aggregate: {
    fields: [
      'pipeline',
      'explain',
      'allowDiskUse',
      'cursor',
      'bypassDocumentValidation',
      'hint',
      'collation',
      'let',
    ],
    run: aggregate,
  },
};

async function aggregate(context: Context, body: Doc): Promise<CursorReply> {
  const namespace = namespaceOf(context, body);
  const batchSize = integer(optionalDoc(body, 'cursor') ?? {}, 'batchSize') ?? 101;
  const rows = aggregateRows(context, namespace, list(body, 'pipeline') as Doc[], body);
  return openCursor(context, { namespace, rows, operation: context.operation }, batchSize);
}

export async function* aggregateRows(
  context: Context,
  namespace: string,
  pipeline: Doc[],
  body: Doc,
): AsyncGenerator<Row[]> {
  const { engine, operation } = context;
  const { selection, rest } = leadingSelection(pipeline, body);
  const field = countOnly(rest);
  if (field && !selection.sort) {
    yield await countRows(context, namespace, selection, field);
    return;
  }
  if (rest[0])
    throw new CommandError(40324, `Unrecognized pipeline stage name: '${Object.keys(rest[0])[0]}'`);
  const collection = engine.catalogue.find(namespace);
  if (!collection) return;
  for await (const chunk of select(engine, collection, selection, operation))
    yield chunk.map(({ bytes }) => bytes);
}

/** `countDocuments` of the drivers: `{ $group: { _id: <constant>, n: { $sum: 1 } } }`, which needs no documents. */
interface CountField {
  name: string;
  group: Value;
}

function countOnly(stages: Doc[]): CountField | undefined {
  const [stage] = stages;
  if (stages.length !== 1 || !stage || !isDoc(stage.$group)) return undefined;
  const { _id: group, ...sums } = stage.$group;
  const [name] = Object.keys(sums);
  if (!isNumber(group) || name === undefined || Object.keys(sums).length > 1) return undefined;
  const sum = sums[name];
  if (!isDoc(sum) || Object.keys(sum).join() !== '$sum' || toDouble(sum.$sum) !== 1) return undefined;
  return { name, group };
}

async function countRows(
  context: Context,
  namespace: string,
  selection: Selection,
  { name, group }: CountField,
): Promise<Row[]> {
  const { skip = 0, limit = 0 } = selection;
  const total = Math.max(0, (await countMatching(context, namespace, selection)) - skip);
  const count = limit > 0 ? Math.min(total, limit) : total;
  return count > 0 ? [{ _id: group, [name]: count }] : [];
}
