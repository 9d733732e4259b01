// Duty: the commands insert, update and delete.
import { CommandError } from '../errors.ts';
import { insertAll } from '../insert.ts';
import { remove, update } from '../modify.ts';
import { compileCollation } from '../semantics/compare.ts';
import type { Variables } from '../semantics/expressions/compile.ts';
import { compileUpdate } from '../semantics/update.ts';
import { type Doc, encode, isDoc, type Value } from '../semantics/values.ts';
import {
  type Commands,
  type Context,
  checkKnown,
  flag,
  integer,
  list,
  missing,
  namespaceOf,
  optionalDoc,
} from './command.ts';
import { hintOf, nonEmpty, variablesOf } from './selection.ts';

const mostOperations = 100_000;

export const writeCommands: Commands = {
  insert: { fields: ['documents', 'ordered', 'bypassDocumentValidation'], run: insert },
  update: { fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'], run: updateCommand },
  delete: { fields: ['deletes', 'ordered', 'let'], run: deleteCommand },
};

export const isOrdered = (body: Doc): boolean => (body.ordered === undefined ? true : flag(body, 'ordered'));

/** One entry of `writeErrors`. */
const writeError = (index: number, { code, message, extra }: CommandError): Doc => ({
  index,
  code,
  ...extra,
  errmsg: message,
});

function operations(body: Doc, name: string): Value[] {
  const all = list(body, name);
  if (all.length === 0 || all.length > mostOperations) {
    throw new CommandError(
      16,
      `Write batch sizes must be between 1 and ${mostOperations}. Got ${all.length} operations.`,
    );
  }
  return all;
}

async function insert(context: Context, body: Doc): Promise<Doc> {
  const namespace = namespaceOf(context, body);
  const documents = operations(body, 'documents').map((each) =>
    each instanceof Uint8Array ? each : encode(each as Doc),
  );
  const { inserted, failures } = await insertAll(
    context.engine,
    namespace,
    documents,
    isOrdered(body),
    flag(body, 'bypassDocumentValidation'),
  );
  const writeErrors = failures.map(({ index, error }) => writeError(index, error));
  return { n: inserted, ...(writeErrors.length > 0 ? { writeErrors } : {}) };
}

/** Runs one operation after the other; an ordered batch stops at the first that fails. */
async function eachOperation(
  body: Doc,
  name: string,
  run: (entry: Doc, index: number) => Promise<void>,
): Promise<Doc[]> {
  const writeErrors: Doc[] = [];
  for (const [index, entry] of operations(body, name).entries()) {
    try {
      if (!isDoc(entry))
        throw new CommandError(14, `BSON field '${Object.keys(body)[0]}.${name}' is the wrong type`);
      await run(entry, index);
    } catch (error) {
      if (!(error instanceof CommandError) || fatal.has(error.code)) throw error;
      writeErrors.push(writeError(index, error));
      if (isOrdered(body)) break;
    }
  }
  return writeErrors;
}

/** Wrong in form, or the whole operation is at its end: the command fails as a whole. */
const fatal = new Set([50, 11601, 14031, 40414, 40415, 14]);

async function updateCommand(context: Context, body: Doc): Promise<Doc> {
  const namespace = namespaceOf(context, body);
  const variables = variablesOf(body);
  const upserted: Doc[] = [];
  let n = 0;
  let nModified = 0;
  const writeErrors = await eachOperation(body, 'updates', async (entry, index) => {
    const bypassValidation = flag(body, 'bypassDocumentValidation');
    const change = { ...updateStatement(entry, variables), bypassValidation };
    const result = await update(context.engine, namespace, change, context.operation);
    n += result.matched;
    nModified += result.modified;
    if (result.upserted) {
      n++;
      upserted.push({ index, ...result.upserted });
    }
  });
  return {
    n,
    nModified,
    ...(upserted.length > 0 ? { upserted } : {}),
    ...(writeErrors.length > 0 ? { writeErrors } : {}),
  };
}

const updateFields = [
  'q',
  'u',
  'c',
  'multi',
  'upsert',
  'arrayFilters',
  'hint',
  'collation',
  'sort',
  'upsertSupplied',
  'sampleId',
  'allowShardKeyUpdatesWithoutFullShardKeyInQuery',
];

function updateStatement(entry: Doc, variables: Variables | undefined) {
  checkKnown('update.updates', entry, updateFields);
  const filter = optionalDoc(entry, 'q');
  if (!filter) throw missing('update.updates', 'q');
  if (entry.u === undefined) throw missing('update.updates', 'u');
  const multi = flag(entry, 'multi');
  const sort = nonEmpty(optionalDoc(entry, 'sort'));
  if (multi && sort) throw new CommandError(9, 'Cannot specify sort with multi=true');
  const constants = { ...variables, ...variablesOf(entry, 'c') };
  const collation = optionalDoc(entry, 'collation');
  const updater = updaterOf(entry.u, entry.arrayFilters, constants, collation);
  if (multi && updater.isReplacement) {
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  }
  return {
    filter,
    sort,
    hint: hintOf(entry.hint),
    collation,
    variables: constants,
    updater,
    multi,
    upsert: flag(entry, 'upsert'),
  };
}

export function updaterOf(
  spec: Value,
  arrayFilters: Value,
  variables: Variables | undefined,
  collation?: Value,
) {
  if (arrayFilters !== undefined && !Array.isArray(arrayFilters)) {
    throw new CommandError(
      14,
      "BSON field 'update.updates.arrayFilters' is the wrong type, expected type 'array'",
    );
  }
  return compileUpdate(spec as Doc | Doc[], {
    arrayFilters: arrayFilters as Doc[] | undefined,
    variables,
    collation: compileCollation(collation),
  });
}

async function deleteCommand(context: Context, body: Doc): Promise<Doc> {
  const namespace = namespaceOf(context, body);
  const variables = variablesOf(body);
  let n = 0;
  const writeErrors = await eachOperation(body, 'deletes', async (entry) => {
    checkKnown('delete.deletes', entry, ['q', 'limit', 'hint', 'collation', 'sampleId']);
    const filter = optionalDoc(entry, 'q');
    if (!filter) throw missing('delete.deletes', 'q');
    const limit = integer(entry, 'limit');
    if (limit === undefined) throw missing('delete.deletes', 'limit');
    if (limit > 1)
      throw new CommandError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
    const selection = {
      filter,
      hint: hintOf(entry.hint),
      collation: optionalDoc(entry, 'collation'),
      variables,
    };
    n += (await remove(context.engine, namespace, selection, limit === 0, context.operation)).deleted;
  });
  return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}) };
}
