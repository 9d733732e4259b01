// Duty: the stages that write what a pipeline made: $out and $merge. How it is stored is the engine's.

import { ObjectId } from 'bson';
import { CommandError } from '../../errors.ts';
import { compileExpression, type Variables, valueAt } from '../expressions/compile.ts';
import { asDoc } from '../rawBson.ts';
import { type Doc, isDoc, setField, show, type Value } from '../values.ts';
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
  readonly bindings: Doc;
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
    bindings: (options.let as Doc | undefined) ?? {},
  };
  if (!env.writer.hasUniqueIndex(parsed.into, parsed.on)) {
    throw new CommandError(51183, 'Cannot find index to verify that join fields will be unique');
  }
  const bindings = Object.entries(parsed.bindings).map(
    ([name, expression]) => [name, compileExpression(expression, env.variables)] as const,
  );
  const variablesFor = (doc: Doc): Variables => ({
    ...env.variables,
    new: doc,
    ...Object.fromEntries(bindings.map(([name, expression]) => [name, expression.evaluate(doc)])),
  });
  return async function* (input) {
    for await (const rows of input) {
      // Side by side, so that they share commits.
      for (let at = 0; at < rows.length; at += mergedTogether) {
        const docs = rows.slice(at, at + mergedTogether).map((row) => withId(asDoc(row)));
        await Promise.all(docs.map((doc) => mergeOne(parsed, doc, variablesFor(doc), env.writer)));
        await env.checkpoint();
      }
    }
    yield [];
  };
};

const mergedTogether = 100;

function oneOf(value: Value, names: string[], name: string): Value {
  if (names.includes(value as string) || (name === 'whenMatched' && Array.isArray(value))) return value;
  throw new CommandError(
    2,
    `Enumeration value '${String(value)}' for field '$merge.${name}' is not a valid value.`,
  );
}

const withId = (doc: Doc): Doc => (Object.hasOwn(doc, '_id') ? doc : { _id: new ObjectId(), ...doc });

async function mergeOne(spec: Merge, doc: Doc, variables: Variables, writer: PipelineWriter): Promise<void> {
  if (spec.whenMatched === 'fail') {
    await writer.insert(spec.into, [doc]);
    return;
  }
  const change = { filter: joinFilter(spec.on, doc), update: changeFor(spec, doc), variables };
  if ((await writer.update(spec.into, change)) > 0 || spec.whenNotMatched === 'discard') return;
  if (spec.whenNotMatched === 'fail') {
    throw new CommandError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
  }
  try {
    await writer.insert(spec.into, [doc]);
  } catch (error) {
    // Somebody inserted it in between: then it matches now.
    const matched =
      error instanceof CommandError && error.code === 11000 && (await writer.update(spec.into, change)) > 0;
    if (!matched) throw error;
  }
}

function joinFilter(on: readonly string[], doc: Doc): Doc {
  const filter: Doc = {};
  for (const name of on) {
    const value = valueAt(doc, name.split('.'), 0);
    if (value === undefined || value === null || Array.isArray(value)) {
      throw new CommandError(
        51132,
        "$merge write error: 'on' field cannot be missing, null, undefined or an array",
      );
    }
    setField(filter, name, { $eq: value });
  }
  return filter;
}

function changeFor({ whenMatched, on }: Merge, doc: Doc): Doc | Doc[] {
  if (Array.isArray(whenMatched)) return whenMatched;
  if (whenMatched === 'keepExisting') return { $set: {} };
  // What is there keeps its `_id`, unless that is what was joined on.
  const { _id, ...rest } = doc;
  const made = on.includes('_id') ? doc : rest;
  if (whenMatched === 'replace') return made;
  return [{ $replaceWith: { $mergeObjects: ['$$ROOT', { $literal: made }] } }];
}

export const outputStages: Record<string, StageMaker> = { $out: out, $merge: merge };
