// Duty: the commands that read through cursors: find, getMore, killCursors.
import { Long } from 'bson';
import type { Collection } from '../catalogue.ts';
import { Cursor, type CursorOptions, cursorFields, type Tail } from '../cursors.ts';
import { CommandError } from '../errors.ts';
import { Operation } from '../operation.ts';
import { type Selection, select } from '../query.ts';
import { compileCollation } from '../semantics/compare.ts';
import { compileMatcher } from '../semantics/matcher.ts';
import { compileProjection } from '../semantics/projection.ts';
import { asDoc } from '../semantics/rawBson.ts';
import type { Doc, Row } from '../semantics/values.ts';
import type { CursorReply } from '../wire.ts';
import {
  type Commands,
  type Context,
  checkedNamespace,
  flag,
  integer,
  list,
  namespaceOf,
  optionalDoc,
  text,
} from './command.ts';
import { selectionOf } from './selection.ts';
import { findOnView } from './views.ts';

const defaultBatch = 101;
const endless = Number.MAX_SAFE_INTEGER;

export const findCommands: Commands = {
  find: {
    fields: [
      'filter',
      'sort',
      'projection',
      'hint',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'max',
      'min',
      'returnKey',
      'showRecordId',
      'tailable',
      'oplogReplay',
      'noCursorTimeout',
      'awaitData',
      'allowPartialResults',
      'collation',
      'allowDiskUse',
      'let',
    ],
    run: find,
  },
  getMore: { fields: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'], run: getMore },
  killCursors: { fields: ['cursors'], run: killCursors },
};

async function find(context: Context, body: Doc): Promise<CursorReply> {
  const namespace = namespaceOf(context, body);
  for (const name of ['max', 'min']) {
    if (body[name] && Object.keys(body[name] as Doc).length > 0)
      throw new CommandError(238, `${name} is not implemented`);
  }
  for (const name of ['returnKey', 'showRecordId']) {
    if (flag(body, name)) throw new CommandError(238, `${name} is not implemented`);
  }
  const { engine, operation } = context;
  const view = engine.catalogue.view(namespace);
  if (view) return findOnView(context, view, body);
  const selection = selectionOf(body, 'filter');
  // Also for a collection that does not exist: a wrong query is wrong everywhere.
  const project = projectionOf(optionalDoc(body, 'projection'), selection);
  const collection = engine.catalogue.find(namespace);
  const rows = collection ? projected(select(engine, collection, selection, operation), project) : nothing();
  const batchSize = integer(body, 'batchSize') ?? defaultBatch;
  const single = flag(body, 'singleBatch');
  const tail = tailOf(context, body, collection, selection, project);
  return openCursor(
    context,
    { namespace, rows, operation, noTimeout: flag(body, 'noCursorTimeout'), tail },
    batchSize,
    {
      single,
    },
  );
}

type Projector = (row: Uint8Array) => Row;

function projectionOf(spec: Doc | undefined, selection: Selection): Projector {
  const { filter, collation, variables } = selection;
  const matcher = compileMatcher(filter, { collation: compileCollation(collation), variables });
  if (!spec || Object.keys(spec).length === 0) return (row) => row;
  const project = compileProjection(spec, variables);
  const positional = Object.keys(spec).some((name) => name.endsWith('.$'));
  return (row) => {
    const copied = project.raw?.(row);
    if (copied) return copied;
    const doc = asDoc(row);
    return project(doc, positional ? matcher.position(doc) : undefined);
  };
}

async function* projected(
  chunks: AsyncIterable<{ bytes: Uint8Array }[]>,
  project: Projector,
): AsyncGenerator<Row[]> {
  for await (const chunk of chunks) yield chunk.map(({ bytes }) => project(bytes));
}

async function* nothing(): AsyncGenerator<Row[]> {}

/** The first batch of a result; what is left waits in a cursor. */
export async function openCursor(
  context: Context,
  options: CursorOptions,
  batchSize: number,
  { single = false, rest = {} }: { single?: boolean; rest?: Doc } = {},
): Promise<CursorReply> {
  const cursor = new Cursor({ ...options, session: context.session });
  const rows = await cursor.batch(single && batchSize === 0 ? defaultBatch : batchSize);
  if (batchSize > 0) await cursor.settle();
  const open = !single && !cursor.exhausted;
  if (open) context.engine.cursors.keep(cursor);
  else cursor.kill('done');
  return { cursor: { name: 'firstBatch', rows, rest: cursorFields(cursor, open) }, rest };
}

async function getMore(context: Context, body: Doc): Promise<CursorReply> {
  const id = body.getMore;
  if (!(id instanceof Long))
    throw new CommandError(14, "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const namespace = checkedNamespace(context.database, text(body, 'collection'));
  const { cursors } = context.engine;
  const cursor = cursors.get(id, namespace);
  const size = integer(body, 'batchSize') || endless;
  cursor.busy = true;
  try {
    const rows = await cursor.batch(size, integer(body, 'maxTimeMS') ?? 1_000);
    await cursor.settle();
    const open = !cursor.exhausted;
    if (!open) cursors.remove(cursor);
    return { cursor: { name: 'nextBatch', rows, rest: cursorFields(cursor, open) } };
  } catch (error) {
    cursors.remove(cursor);
    throw error;
  } finally {
    cursor.busy = false;
    cursor.usedAt = Date.now();
  }
}

function killCursors(context: Context, body: Doc): Doc {
  const namespace = namespaceOf(context, body);
  const cursorsKilled: Long[] = [];
  const cursorsNotFound: Long[] = [];
  for (const id of list(body, 'cursors') as Long[]) {
    (context.engine.cursors.kill(id, namespace) ? cursorsKilled : cursorsNotFound).push(id);
  }
  return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] };
}

/** A tailable cursor on a capped collection goes on where it ended. */
function tailOf(
  context: Context,
  body: Doc,
  collection: Collection | undefined,
  selection: Selection,
  project: Projector,
): Tail | undefined {
  if (!flag(body, 'tailable')) return undefined;
  const { engine } = context;
  if (!collection?.options.capped) {
    throw new CommandError(2, 'error processing query: tailable cursor requested on non capped collection');
  }
  const awaitData = flag(body, 'awaitData');
  let seen = collection.nextSequence;
  let version = collection.version;
  return {
    wait: async (milliseconds) => {
      const until = Date.now() + (awaitData ? milliseconds : 0);
      while (collection.version === version && !collection.dropped && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    resume: () => {
      const from = seen;
      seen = collection.nextSequence;
      version = collection.version;
      const all = select(engine, collection, { ...selection, skip: 0, limit: 0 }, new Operation());
      return projected(behind(all, from), project);
    },
  };
}

async function* behind(chunks: AsyncIterable<{ key: Uint8Array; bytes: Uint8Array }[]>, sequence: number) {
  for await (const chunk of chunks) {
    yield chunk.filter(({ key }) => Number(Buffer.from(key).readBigUInt64BE()) >= sequence);
  }
}
