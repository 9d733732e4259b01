// Duty: findAndModify: change one document and answer with it as it was before or is after.
import { CommandError } from '../errors.ts';
import { remove, update } from '../modify.ts';
import type { Selection } from '../query.ts';
import { compileCollation } from '../semantics/compare.ts';
import { compileMatcher } from '../semantics/matcher.ts';
import { compileProjection } from '../semantics/projection.ts';
import { decodeTrusted } from '../semantics/rawBson.ts';
import type { Doc } from '../semantics/values.ts';
import { type Command, type Commands, type Context, flag, namespaceOf, optionalDoc } from './command.ts';
import { selectionOf } from './selection.ts';
import { updaterOf } from './write.ts';

const command: Command = {
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'arrayFilters',
    'hint',
    'collation',
    'let',
  ],
  run: findAndModify,
};
export const findAndModifyCommands: Commands = { findAndModify: command, findandmodify: command };

async function findAndModify(context: Context, body: Doc): Promise<Doc> {
  const namespace = namespaceOf(context, body);
  const selection = selectionOf(body, 'query');
  const removing = flag(body, 'remove');
  const wantsNew = flag(body, 'new');
  const upsert = flag(body, 'upsert');
  if (removing === (body.update !== undefined)) {
    throw new CommandError(
      9,
      removing
        ? "Cannot specify both an 'update' and 'remove'=true"
        : 'Either an update or remove=true must be specified',
    );
  }
  if (removing && upsert) throw new CommandError(9, 'Cannot specify both upsert=true and remove=true ');
  if (removing && wantsNew) {
    throw new CommandError(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
  const project = projector(optionalDoc(body, 'fields'), selection);
  if (removing) {
    const { deleted, before } = await remove(context.engine, namespace, selection, false, context.operation);
    return { lastErrorObject: { n: deleted }, value: project(before) };
  }
  const updater = updaterOf(body.update, body.arrayFilters, selection.variables, selection.collation);
  const bypassValidation = flag(body, 'bypassDocumentValidation');
  const change = { ...selection, updater, multi: false, upsert, bypassValidation };
  const result = await update(context.engine, namespace, change, context.operation);
  const lastErrorObject = result.upserted
    ? { n: 1, updatedExisting: false, upserted: result.upserted._id }
    : { n: result.matched, updatedExisting: result.matched > 0 };
  return { lastErrorObject, value: project(wantsNew ? result.after : result.before) };
}

function projector(spec: Doc | undefined, { filter, collation, variables }: Selection) {
  const project = spec && Object.keys(spec).length > 0 ? compileProjection(spec, variables) : undefined;
  const matcher = compileMatcher(filter, { collation: compileCollation(collation), variables });
  return (bytes: Uint8Array | undefined): Doc | null => {
    if (!bytes) return null;
    const doc = decodeTrusted(bytes);
    return project ? project(doc, matcher.position(doc)) : doc;
  };
}
