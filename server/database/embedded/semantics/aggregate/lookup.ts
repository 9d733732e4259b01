// Duty: the stages that read a second collection: $lookup (by equality, by pipeline, or both) and $unionWith.
import { failedToParse } from '../../errors.ts';
import { hashKey } from '../compare.ts';
import { compileExpression, type Variables, valueAt } from '../expressions/compile.ts';
import { asDoc, compilePath, type Path } from '../rawBson.ts';
import { withPath } from '../updatePaths.ts';
import { bsonType, type Doc, field, isDoc, type Row, typeName, typeOf, type Value } from '../values.ts';
import {
  collect,
  type PipelineEnv,
  type Stage,
  type StageContext,
  type StageMaker,
  type Target,
} from './env.ts';

interface Lookup {
  readonly from: Target;
  readonly as: string[];
  readonly local: Path | undefined;
  readonly foreign: Path | undefined;
  readonly bindings: Doc;
  readonly pipeline: Doc[] | undefined;
}

export function targetOf(value: Value, env: PipelineEnv, complaint: string): Target {
  if (typeof value === 'string') return { database: env.database, collection: value };
  if (isDoc(value) && typeof value.coll === 'string') {
    return { database: typeof value.db === 'string' ? value.db : env.database, collection: value.coll };
  }
  throw failedToParse(complaint);
}

const lookupFields = ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as'];

function lookupSpec(spec: Value, env: PipelineEnv): Lookup {
  if (!isDoc(spec))
    throw failedToParse(`the $lookup stage specification must be an object, but found ${typeName(spec)}`);
  const stray = Object.keys(spec).find((name) => !lookupFields.includes(name));
  if (stray !== undefined) throw failedToParse(`unknown argument to $lookup: ${stray}`);
  const { from, localField, foreignField, let: bindings, pipeline, as } = spec;
  if (typeof as !== 'string') throw failedToParse("must specify 'as' field for a $lookup");
  for (const [name, value] of Object.entries({ localField, foreignField })) {
    if (value === undefined || typeof value === 'string') continue;
    throw failedToParse(
      `$lookup argument '${name}: ${String(value)}' must be a string, is type ${typeName(value)}`,
    );
  }
  if (
    (localField === undefined) !== (foreignField === undefined) ||
    (localField === undefined && pipeline === undefined)
  ) {
    throw failedToParse(
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  }
  if (pipeline !== undefined && !Array.isArray(pipeline))
    throw failedToParse("'pipeline' option must be specified as an array");
  if (bindings !== undefined && !isDoc(bindings))
    throw failedToParse("$lookup argument 'let' must be an object");
  return {
    from: targetOf(from, env, "must specify 'pipeline' when 'from' is empty"),
    as: as.split('.'),
    local: localField === undefined ? undefined : compilePath(localField as string),
    foreign: foreignField === undefined ? undefined : compilePath(foreignField as string),
    bindings: (bindings as Doc | undefined) ?? {},
    pipeline: pipeline as Doc[] | undefined,
  };
}

const lookup: StageMaker = (spec, context) => {
  const parsed = lookupSpec(spec, context.env);
  return parsed.local ? byEquality(parsed, context) : byPipeline(parsed, context);
};

/** One read of the other collection serves a whole batch: all its values at once, then a join by hash. */
function byEquality(spec: Lookup, context: StageContext): Stage {
  const { local, foreign, as, pipeline } = spec;
  return async function* (input) {
    for await (const rows of input) {
      const docs = rows.map(asDoc);
      const wanted = docs.map((doc) => localValues(doc, local!));
      const joined = await foreignRows(spec, wanted.flat(), context);
      const made: Doc[] = [];
      for (const [at, doc] of docs.entries()) {
        const matches = joined(wanted[at]!);
        const found = pipeline
          ? await runOver(pipeline, matches, variablesFor(spec, doc, context), context)
          : matches.map(asDoc);
        made.push(withPath(doc, as, found));
      }
      yield made;
    }
  };

  async function foreignRows(
    lookup: Lookup,
    values: Value[],
    { env }: StageContext,
  ): Promise<(values: Value[]) => Row[]> {
    const byKey = new Map<unknown, number[]>();
    const rows: Row[] = [];
    for await (const batch of env.read(lookup.from, { filter: equalToAny(foreign!.text, values) })) {
      for (const row of batch) {
        const position = rows.push(row) - 1;
        for (const key of new Set(foreignKeys(asDoc(row), foreign!))) {
          const positions = byKey.get(key);
          if (positions) positions.push(position);
          else byKey.set(key, [position]);
        }
      }
    }
    return (wanted) => {
      const positions = new Set(wanted.flatMap((value) => byKey.get(hashKey(value)) ?? []));
      return [...positions].sort((a, b) => a - b).map((position) => rows[position]!);
    };
  }
}

/** Regular expressions are values to be equal to here, not patterns. */
function equalToAny(path: string, values: Value[]): Doc {
  const distinct = [...new Map(values.map((value) => [hashKey(value), value])).values()];
  const isPattern = (value: Value) => typeOf(value) === bsonType.regex;
  const plain = { [path]: { $in: distinct.filter((value) => !isPattern(value)) } };
  const patterns = distinct.filter(isPattern).map((value) => ({ [path]: { $eq: value } }));
  return patterns.length === 0 ? plain : { $or: [plain, ...patterns] };
}

/** A missing field looks for null; an array looks for each of its elements. */
function localValues(doc: Doc, path: Path): Value[] {
  const value = valueAt(doc, path.names, 0);
  return Array.isArray(value) ? (value as Value[]) : [value ?? null];
}

/** Every value that a filter on this path would compare with. */
function foreignKeys(value: Value, path: Path, part = 0): unknown[] {
  if (part === path.names.length) {
    const own = hashKey(value ?? null);
    return Array.isArray(value) ? [own, ...value.map((element: Value) => hashKey(element ?? null))] : [own];
  }
  if (Array.isArray(value)) {
    const position = path.indexes[part]!;
    const below = value.filter(isDoc).flatMap((element) => foreignKeys(element, path, part));
    return position >= 0 && position < value.length
      ? [...below, ...foreignKeys(value[position], path, part + 1)]
      : below;
  }
  return isDoc(value) ? foreignKeys(field(value, path.names[part]!), path, part + 1) : [null];
}

function byPipeline(spec: Lookup, context: StageContext): Stage {
  const { from, as, pipeline = [] } = spec;
  const isCorrelated = Object.keys(spec.bindings).length > 0;
  return async function* (input) {
    let shared: Doc[] | undefined;
    for await (const rows of input) {
      const made: Doc[] = [];
      for (const row of rows) {
        const doc = asDoc(row);
        const found =
          shared ??
          (await collect(context.from(from, pipeline, variablesFor(spec, doc, context)))).map(asDoc);
        if (!isCorrelated) shared = found;
        made.push(withPath(doc, as, found));
      }
      yield made;
    }
  };
}

function variablesFor({ bindings }: Lookup, doc: Doc, { env }: StageContext): Variables {
  const made: { [name: string]: Value } = { ...env.variables };
  for (const [name, expression] of Object.entries(bindings))
    made[name] = compileExpression(expression, env.variables).evaluate(doc);
  return made;
}

async function runOver(
  pipeline: Doc[],
  rows: Row[],
  variables: Variables,
  context: StageContext,
): Promise<Doc[]> {
  async function* source() {
    yield rows;
  }
  return (await collect(context.over(pipeline, variables)(source()))).map(asDoc);
}

const unionWith: StageMaker = (spec, context) => {
  const options: Doc = typeof spec === 'string' ? { coll: spec } : isDoc(spec) ? spec : {};
  const pipeline = (options.pipeline as Doc[] | undefined) ?? [];
  if (typeof options.coll !== 'string')
    throw failedToParse(
      '$unionWith stage without explicit collection must have a pipeline with $documents as first stage',
    );
  const target = { database: context.env.database, collection: options.coll };
  return async function* (input) {
    yield* input;
    yield* context.from(target, pipeline, context.env.variables);
  };
};

export const lookupStages: Record<string, StageMaker> = { $lookup: lookup, $unionWith: unionWith };
