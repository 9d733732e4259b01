// Duty: the stages that look at one row at a time, or count and sort them: $match, $limit, $skip, $count, $sort, $sample, $unwind.
import { Long } from 'bson';
import { CommandError } from '../../errors.ts';
import { compileMatcher } from '../matcher.ts';
import { countValue, toWhole } from '../numbers.ts';
import { asDoc, compilePath } from '../rawBson.ts';
import { compileSort } from '../sort.ts';
import { withPath } from '../updatePaths.ts';
import {
  type Doc,
  field,
  isDoc,
  isNumber,
  type Row,
  show,
  toDouble,
  typeName,
  type Value,
} from '../values.ts';
import { afterAll, eachBatch, type PipelineEnv, type Stage, type StageMaker } from './env.ts';

const match: StageMaker = (spec, { env }) => {
  if (!isDoc(spec)) throw new CommandError(15959, 'the match filter must be an expression in an object');
  const matcher = compileMatcher(spec, { collation: env.collation, variables: env.variables });
  return eachBatch(env, (rows) => rows.filter((row) => matcher.matchesRow(row)));
};

/** The number of `$limit` and `$skip`. */
export function countOf(spec: Value, name: '$limit' | '$skip'): number {
  const code = name === '$limit' ? 5107201 : 5107200;
  if (!isNumber(spec)) {
    throw new CommandError(
      code,
      `invalid argument to ${name} stage: Expected a number in: ${name}: ${show(spec)}`,
    );
  }
  const count = toWhole(spec);
  if (count === undefined) {
    throw new CommandError(
      code,
      `invalid argument to ${name} stage: Expected an integer: ${name}: ${show(spec)}`,
    );
  }
  if (count < 0) {
    throw new CommandError(
      code,
      `invalid argument to ${name} stage: Expected a non-negative number in: ${name}: ${show(spec)}`,
    );
  }
  if (count === 0 && name === '$limit') throw new CommandError(15958, 'the limit must be positive');
  return count;
}

const limit: StageMaker = (spec) => {
  const most = countOf(spec, '$limit');
  return async function* (input) {
    let left = most;
    for await (const rows of input) {
      yield rows.length > left ? rows.slice(0, left) : rows;
      left -= rows.length;
      if (left <= 0) return;
    }
  };
};

const skip: StageMaker = (spec) => {
  const count = countOf(spec, '$skip');
  return async function* (input) {
    let left = count;
    for await (const rows of input) {
      if (left < rows.length) yield rows.slice(left);
      left = Math.max(0, left - rows.length);
    }
  };
};

const count: StageMaker = (spec, { env }) => {
  if (typeof spec !== 'string') throw new CommandError(40156, 'the count field must be a non-empty string');
  if (spec === '') throw new CommandError(40157, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) throw new CommandError(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('.')) throw new CommandError(40160, "the count field cannot contain '.'");
  return (input) => {
    let counted = 0;
    const take = (rows: readonly Row[]) => {
      counted += rows.length;
    };
    return afterAll(env, take, () => (counted === 0 ? [] : [{ [spec]: countValue(counted) }]))(input);
  };
};

/** `limit`: only so many are needed, so only so many are held. */
export function sortStage(spec: Value, env: PipelineEnv, most?: number): Stage {
  const order = compileSort(sortSpec(spec), env.collation);
  return (input) => {
    const sorter = order.sorter({ limit: most, budgetBytes: env.budgetBytes });
    return afterAll(env, (rows) => rows.forEach(sorter.add), sorter.rows)(input);
  };
}

export function sortSpec(spec: Value): Doc {
  if (!isDoc(spec)) throw new CommandError(15973, 'the $sort key specification must be an object');
  if (Object.keys(spec).length === 0)
    throw new CommandError(15976, '$sort stage must have at least one sort key');
  return spec;
}

/** Reservoir sampling: every row has the same chance, and only the sample is held. */
const sample: StageMaker = (spec, { env }) => {
  if (!isDoc(spec)) throw new CommandError(28745, 'the $sample stage specification must be an object');
  const stray = Object.keys(spec).find((name) => name !== 'size');
  if (stray !== undefined) throw new CommandError(28748, `unrecognized option to $sample: ${stray}`);
  if (spec.size === undefined) throw new CommandError(28749, '$sample stage must specify a size');
  if (!isNumber(spec.size)) throw new CommandError(28746, 'size argument to $sample must be a number');
  const size = Math.trunc(toDouble(spec.size));
  if (size <= 0) throw new CommandError(28747, 'size argument to $sample must be a positive integer');
  return (input) => {
    const held: Row[] = [];
    let seen = 0;
    const take = (rows: readonly Row[]) => {
      for (const row of rows) {
        seen++;
        if (held.length < size) held.push(row);
        else {
          const at = Math.floor(Math.random() * seen);
          if (at < size) held[at] = row;
        }
      }
    };
    return afterAll(env, take, () => held)(input);
  };
};

interface Unwind {
  readonly path: string;
  readonly index: string | undefined;
  readonly preserve: boolean;
}

function unwindSpec(spec: Value): Unwind {
  const options: Doc = typeof spec === 'string' ? { path: spec } : isDoc(spec) ? spec : refuseUnwind(spec);
  const known = ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'];
  const stray = Object.keys(options).find((name) => !known.includes(name));
  if (stray !== undefined) throw new CommandError(28811, `unrecognized option to $unwind stage: ${stray}`);
  const { path, includeArrayIndex: index, preserveNullAndEmptyArrays: preserve } = options;
  if (path === undefined) throw new CommandError(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string')
    throw new CommandError(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
  if (!path.startsWith('$'))
    throw new CommandError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (index !== undefined && (typeof index !== 'string' || index === '')) {
    throw new CommandError(
      28810,
      `expected a non-empty string for the includeArrayIndex  option to $unwind stage, got ${typeName(index)}`,
    );
  }
  if (preserve !== undefined && typeof preserve !== 'boolean') {
    throw new CommandError(
      28809,
      `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${typeName(preserve)}`,
    );
  }
  return { path: path.slice(1), index: index as string | undefined, preserve: preserve === true };
}

function refuseUnwind(spec: Value): never {
  throw new CommandError(
    15981,
    `expected either a string or an object as specification for $unwind stage, got ${typeName(spec)}`,
  );
}

const unwind: StageMaker = (spec, { env }) => {
  const { path, index, preserve } = unwindSpec(spec);
  const { names } = compilePath(path);
  const withIndex = (doc: Doc, at: number | null): Doc =>
    index === undefined ? doc : withPath(doc, index.split('.'), at === null ? null : Long.fromNumber(at));
  const unwound = (doc: Doc): Doc[] => {
    // Unlike an expression, it does not look through arrays on the way.
    const value = names.reduce<Value>((inner, name) => (isDoc(inner) ? field(inner, name) : undefined), doc);
    if (Array.isArray(value)) {
      if (value.length > 0)
        return value.map((element: Value, at) => withIndex(withPath(doc, names, element), at));
      return preserve ? [withIndex(withPath(doc, names, undefined), null)] : [];
    }
    if (value === null || value === undefined) return preserve ? [withIndex(doc, null)] : [];
    return [withIndex(doc, null)];
  };
  return eachBatch(env, (rows) => rows.flatMap((row) => unwound(asDoc(row))));
};

export const streamingStages: Record<string, StageMaker> = {
  $match: match,
  $limit: limit,
  $skip: skip,
  $count: count,
  $sample: sample,
  $unwind: unwind,
};
