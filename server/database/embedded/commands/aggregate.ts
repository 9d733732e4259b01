// Duty: the command aggregate: runs the pipeline and gives a cursor to its results. Counts that an index knows skip it.
import { collectionOf } from '../catalogue.ts';
import { failedToParse } from '../errors.ts';
import { pipelineEnv } from '../pipelineEnv.ts';
import type { Selection } from '../query.ts';
import { runPipeline } from '../semantics/aggregate/pipeline.ts';
import { type Doc, isDoc, isNumber, type Row, toDouble, type Value } from '../semantics/values.ts';
import type { CursorReply } from '../wire.ts';
import { type Commands, type Context, flag, integer, list, namespaceOf, optionalDoc } from './command.ts';
import { countMatching } from './count.ts';
import { openCursor } from './find.ts';
import { leadingSelection } from './leadingStages.ts';
import { hintOf, variablesOf } from './selection.ts';

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

async function aggregate(context: Context, body: Doc): Promise<CursorReply | Doc> {
  if (flag(body, 'explain')) {
    const { explain: _, cursor: __, ...inner } = body;
    return context.run({ explain: inner, verbosity: 'queryPlanner', $db: context.database });
  }
  const wholeDatabase = isNumber(body.aggregate) && toDouble(body.aggregate) === 1;
  const namespace = wholeDatabase ? `${context.database}.$cmd.aggregate` : namespaceOf(context, body);
  const pipeline = list(body, 'pipeline') as Doc[];
  if (body.cursor === undefined && body.explain === undefined) {
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const batchSize = integer(optionalDoc(body, 'cursor') ?? {}, 'batchSize') ?? 101;
  const rows = await aggregateRows(context, wholeDatabase ? undefined : namespace, pipeline, body);
  // What writes its result elsewhere is done before it answers, however small the first batch.
  const writes = pipeline.some((stage) => isDoc(stage) && ('$out' in stage || '$merge' in stage));
  return openCursor(
    context,
    { namespace, rows, operation: context.operation },
    writes ? Math.max(1, batchSize) : batchSize,
  );
}

/** Faults in the pipeline are thrown at once; documents are read when somebody asks for them. */
export async function aggregateRows(
  context: Context,
  namespace: string | undefined,
  pipeline: readonly Doc[],
  body: Doc,
): Promise<AsyncIterable<readonly Row[]>> {
  const { engine, operation, database, session } = context;
  const options = {
    engine,
    operation,
    database,
    collection: namespace === undefined ? undefined : collectionOf(namespace),
    session,
    collation: optionalDoc(body, 'collation'),
    hint: hintOf(body.hint),
    variables: variablesOf(body),
  };
  const counted =
    namespace === undefined ? undefined : await countQuickly(context, namespace, pipeline, body);
  return counted ? once(counted) : runPipeline(pipeline, pipelineEnv(options));
}

async function* once(rows: readonly Row[]) {
  yield rows;
}

async function countQuickly(
  context: Context,
  namespace: string,
  pipeline: readonly Doc[],
  body: Doc,
): Promise<Row[] | undefined> {
  if (!pipeline.every(isDoc) || context.engine.catalogue.view(namespace)) return undefined;
  const { selection, rest } = leadingSelection(pipeline, body);
  const field = countOnly(rest);
  return field && !selection.sort ? countRows(context, namespace, selection, field) : undefined;
}

/** `countDocuments` of the drivers: `{ $group: { _id: <constant>, n: { $sum: 1 } } }`, which needs no documents. */
interface CountField {
  name: string;
  group: Value;
}

function countOnly(stages: readonly Doc[]): CountField | undefined {
  const [stage] = stages;
  if (stages.length !== 1 || !stage || !isDoc(stage.$group)) return undefined;
  const { _id: group, ...sums } = stage.$group;
  const [name] = Object.keys(sums);
  if (!(isNumber(group) || group === null) || name === undefined || Object.keys(sums).length > 1)
    return undefined;
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
