// Duty: the command bulkWrite: inserts, updates and deletes on several collections in one request.
import { CommandError } from '../errors.ts';
import { insertAll } from '../insert.ts';
import { remove, update } from '../modify.ts';
import type { Variables } from '../semantics/expressions/compile.ts';
import { type Doc, encode, isDoc, toDouble } from '../semantics/values.ts';
import type { CursorReply } from '../wire.ts';
import { once } from './collections.ts';
import {
  type Commands,
  type Context,
  checkKnown,
  flag,
  integer,
  list,
  missing,
  optionalDoc,
  text,
} from './command.ts';
import { openCursor } from './find.ts';
import { hintOf, nonEmpty, variablesOf } from './selection.ts';
import { isOrdered, updaterOf } from './write.ts';

export const bulkWriteCommands: Commands = {
  bulkWrite: {
    fields: ['ops', 'nsInfo', 'ordered', 'bypassDocumentValidation', 'errorsOnly', 'let', 'cursor'],
    adminOnly: true,
    run: bulkWrite,
  },
};

const totals = { nErrors: 0, nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };

interface Run {
  context: Context;
  namespaces: string[];
  variables: Variables | undefined;
  bypassValidation: boolean;
  sums: typeof totals;
}

async function bulkWrite(context: Context, body: Doc): Promise<CursorReply> {
  const operations = list(body, 'ops') as Doc[];
  if (operations.length === 0)
    throw new CommandError(16, 'Write batch sizes must be between 1 and 100000. Got 0 operations.');
  const namespaces = list(body, 'nsInfo').map((each) => text({ nsInfo: 1, ...(each as Doc) }, 'ns'));
  const ordered = isOrdered(body);
  const run: Run = {
    context,
    namespaces,
    variables: variablesOf(body),
    bypassValidation: flag(body, 'bypassDocumentValidation'),
    sums: { ...totals },
  };
  for (const operation of operations) checkOperation(operation, namespaces);
  const results: Doc[] = [];
  for (let at = 0; at < operations.length; ) {
    const next = insertsFrom(operations, at);
    const made =
      next > at ? await insertRun(run, operations, at, next, ordered) : [await one(run, operations[at]!, at)];
    results.push(...made);
    at = Math.max(next, at + 1);
    if (ordered && made.some((each) => each.ok === 0)) break;
  }
  const rows = flag(body, 'errorsOnly') ? results.filter((each) => each.ok === 0) : results;
  const batchSize = integer(optionalDoc(body, 'cursor') ?? {}, 'batchSize') ?? 101;
  const options = { namespace: 'admin.$cmd.bulkWrite', rows: once(rows), operation: context.operation };
  return openCursor(context, options, batchSize, { rest: run.sums });
}

const kinds: Record<string, readonly string[]> = {
  insert: ['document'],
  update: [
    'filter',
    'updateMods',
    'multi',
    'upsert',
    'arrayFilters',
    'hint',
    'collation',
    'sort',
    'constants',
  ],
  delete: ['filter', 'multi', 'hint', 'collation'],
};

function checkOperation(operation: Doc, namespaces: string[]): void {
  const kind = Object.keys(operation)[0] ?? '';
  const fields = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!fields) throw new CommandError(9, `BSON field 'bulkWrite.ops.${kind}' is an unknown operation`);
  checkKnown(`bulkWrite.ops.${kind}`, operation, [kind, ...fields]);
  if (namespaces[toDouble(operation[kind])] === undefined) {
    throw new CommandError(2, `BulkWrite ops entry has an invalid nsInfo index.`);
  }
}

const namespaceOf = (run: Run, operation: Doc) => run.namespaces[toDouble(Object.values(operation)[0])]!;

/** Where the run of inserts into one collection that starts at `at` ends. */
function insertsFrom(operations: Doc[], at: number): number {
  let end = at;
  while (
    end < operations.length &&
    'insert' in operations[end]! &&
    toDouble(operations[end]!.insert) === toDouble(operations[at]!.insert)
  ) {
    end++;
  }
  return end;
}

async function insertRun(
  run: Run,
  operations: Doc[],
  start: number,
  end: number,
  ordered: boolean,
): Promise<Doc[]> {
  const documents = operations.slice(start, end).map((each) => {
    if (!isDoc(each.document)) throw missing('bulkWrite.ops.insert', 'document');
    return encode(each.document);
  });
  const namespace = namespaceOf(run, operations[start]!);
  const { inserted, failures } = await insertAll(
    run.context.engine,
    namespace,
    documents,
    ordered,
    run.bypassValidation,
  );
  run.sums.nInserted += inserted;
  run.sums.nErrors += failures.length;
  const last = ordered && failures[0] ? failures[0].index + 1 : documents.length;
  return documents.slice(0, last).map((_, at) => {
    const failure = failures.find(({ index }) => index === at);
    return failure ? failed(start + at, failure.error) : { ok: 1, idx: start + at, n: 1 };
  });
}

const failed = (idx: number, { code, message, extra }: CommandError): Doc => ({
  ok: 0,
  idx,
  code,
  ...extra,
  errmsg: message,
  n: 0,
});

async function one(run: Run, operation: Doc, idx: number): Promise<Doc> {
  try {
    return 'update' in operation
      ? await updateOne(run, operation, idx)
      : await deleteOne(run, operation, idx);
  } catch (error) {
    if (!(error instanceof CommandError) || error.code === 50 || error.code === 11601) throw error;
    run.sums.nErrors++;
    return failed(idx, error);
  }
}

function selectionOf(run: Run, operation: Doc, kind: string) {
  const filter = optionalDoc(operation, 'filter');
  if (!filter) throw missing(`bulkWrite.ops.${kind}`, 'filter');
  return {
    filter,
    hint: hintOf(operation.hint),
    collation: optionalDoc(operation, 'collation'),
    variables: { ...run.variables, ...variablesOf(operation, 'constants') },
  };
}

async function updateOne(run: Run, operation: Doc, idx: number): Promise<Doc> {
  const selection = selectionOf(run, operation, 'update');
  const multi = flag(operation, 'multi');
  const sort = nonEmpty(optionalDoc(operation, 'sort'));
  if (multi && sort) throw new CommandError(9, 'Cannot specify sort with multi=true');
  const updater = updaterOf(
    operation.updateMods,
    operation.arrayFilters,
    selection.variables,
    selection.collation,
  );
  if (multi && updater.isReplacement) {
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  }
  const change = {
    ...selection,
    sort,
    updater,
    multi,
    upsert: flag(operation, 'upsert'),
    bypassValidation: run.bypassValidation,
  };
  const { context, sums } = run;
  const result = await update(context.engine, namespaceOf(run, operation), change, context.operation);
  sums.nMatched += result.matched;
  sums.nModified += result.modified;
  if (!result.upserted) return { ok: 1, idx, n: result.matched, nModified: result.modified };
  sums.nUpserted++;
  return { ok: 1, idx, n: 1, nModified: 0, upserted: result.upserted };
}

async function deleteOne(run: Run, operation: Doc, idx: number): Promise<Doc> {
  const selection = selectionOf(run, operation, 'delete');
  const { context, sums } = run;
  const multi = flag(operation, 'multi');
  const { deleted } = await remove(
    context.engine,
    namespaceOf(run, operation),
    selection,
    multi,
    context.operation,
  );
  sums.nDeleted += deleted;
  return { ok: 1, idx, n: deleted };
}
