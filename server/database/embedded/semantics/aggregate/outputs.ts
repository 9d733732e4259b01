// Duty: the stages that write what a pipeline made: $out and $merge. How it is stored is the engine's.

import { ObjectId } from 'bson';
import { CommandError, failedToParse } from '../../errors.ts';
import { asDoc } from '../rawBson.ts';
import { type Doc, field, isDoc, setField, show, type Value } from '../values.ts';
import type { PipelineWriter, StageMaker, Target } from './env.ts';
import { targetOf } from './lookup.ts';

const out: StageMaker = (spec, { env }) => {
  const named = isDoc(spec) && typeof spec.coll === 'string' && typeof spec.db === 'string';
  if (typeof spec !== 'string' && !named) {
    throw new CommandError(16990, `$out only supports a string or object argument, but found ${show(spec)}`);
  }
  const target = targetOf(spec, env, '$out needs a collection');
  return async function* (input) {
    await env.writer.replaceCollection(target, input);
    yield [];
  };
};

type WhenMatched = 'replace' | 'merge' | 'keepExisting' | 'fail' | Doc[];
interface Merge {
  readonly into: Target;
  readonly on: string[];
  readonly whenMatched: WhenMatched;
  readonly whenNotMatched: 'insert' | 'discard' | 'fail';
  readonly bindings: Doc | undefined;
}

const mergeFields = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];

const merge: StageMaker = (spec, { env }) => {
  const options: Doc = typeof spec === 'string' ? { into: spec } : isDoc(spec) ? spec : {};
  const stray = Object.keys(options).find((name) => !mergeFields.includes(name));
  if (stray !== undefined) throw new CommandError(40415, `BSON field '$merge.${stray}' is an unknown field.`);
  const on: Value = options.on ?? '_id';
  const parsed: Merge = {
    into: targetOf(options.into, env, "$merge 'into' field must be either a string or an object"),
    on: Array.isArray(on) ? (on as string[]) : [String(on)],
    whenMatched: oneOf(
      options.whenMatched ?? 'merge',
      ['replace', 'merge', 'keepExisting', 'fail'],
      'whenMatched',
    ) as WhenMatched,
    whenNotMatched: oneOf(
      options.whenNotMatched ?? 'insert',
      ['insert', 'discard', 'fail'],
      'whenNotMatched',
    ) as Merge['whenNotMatched'],
    bindings: options.let as Doc | undefined,
  };
  if (!env.writer.hasUniqueIndex(parsed.into, parsed.on)) {
    throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
  }
  return async function* (input) {
    for await (const rows of input) {
      for (const row of rows) await mergeOne(parsed, withId(asDoc(row)), env.writer);
      await env.checkpoint();
    }
    yield [];
  };
};

function oneOf(value: Value, names: string[], name: string): Value {
  if (names.includes(value as string) || (name === 'whenMatched' && Array.isArray(value))) return value;
  throw new CommandError(
    2,
    `Enumeration value '${String(value)}' for field '$merge.${name}' is not a valid value.`,
  );
}

const withId = (doc: Doc): Doc => (Object.hasOwn(doc, '_id') ? doc : { _id: new ObjectId(), ...doc });

async function mergeOne(spec: Merge, doc: Doc, writer: PipelineWriter): Promise<void> {
  const filter: Doc = {};
  for (const name of spec.on) {
    const value = field(doc, name);
    if (value === undefined || value === null || Array.isArray(value)) {
      throw new CommandError(
        51132,
        "$merge write error: 'on' field cannot be missing, null, undefined or an array",
      );
    }
    setField(filter, name, { $eq: value });
  }
  const upsert = spec.whenNotMatched === 'insert';
  if (spec.whenMatched === 'fail') {
    await writer.insert(spec.into, [doc]);
    return;
  }
  const matched = await writer.update(spec.into, { filter, ...changeFor(spec, doc), upsert });
  if (matched === 0 && spec.whenNotMatched === 'fail') {
    throw new CommandError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
  }
}

function changeFor({ whenMatched, bindings, on }: Merge, doc: Doc): { update: Doc | Doc[]; variables?: Doc } {
  // An `_id` that was not joined on belongs to an insert only: what is there keeps its own.
  const { _id, ...rest } = doc;
  const set = on.includes('_id') ? doc : rest;
  const onInsert = on.includes('_id') ? {} : { $setOnInsert: { _id } };
  if (whenMatched === 'replace') return { update: set };
  if (whenMatched === 'keepExisting') return { update: { $setOnInsert: doc } };
  if (whenMatched === 'merge') return { update: { $set: set, ...onInsert } };
  if (!Array.isArray(whenMatched)) throw failedToParse("$merge 'whenMatched' is not understood");
  return { update: whenMatched, variables: { new: doc, ...bindings } };
}

export const outputStages: Record<string, StageMaker> = { $out: out, $merge: merge };
