// Duty: $group and the stages made of it: $sortByCount, $bucket, $bucketAuto. What is accumulated is accumulators.ts.
import { Int32 } from 'bson';
import { CommandError } from '../../errors.ts';
import { keyMaker } from '../collationKeys.ts';
import { compareValues } from '../compare.ts';
import { compileExpression } from '../expressions/compile.ts';
import { MemoryBudget, sizeOfValue } from '../memory.ts';
import { toWhole } from '../numbers.ts';
import { asDoc } from '../rawBson.ts';
import { type Doc, isDoc, type Row, setField, type Value } from '../values.ts';
import { type AccumulatorSpec, compileAccumulator } from './accumulatorSpecs.ts';
import { afterAll, type PipelineEnv, type Stage, type StageMaker } from './env.ts';
import { compileReader, type RowReader } from './rowReader.ts';
import { sortStage } from './streaming.ts';
import type { Accumulator } from './sums.ts';

interface Group {
  readonly id: Value;
  readonly accumulators: Accumulator[];
}
const groupOverhead = 160;
const accumulatorOverhead = 80;

const group: StageMaker = (spec, { env }) => {
  if (!isDoc(spec)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!Object.hasOwn(spec, '_id')) throw new CommandError(15955, 'a group specification must include an _id');
  const fields = Object.entries(spec)
    .filter(([name]) => name !== '_id')
    .map(([name, value]) => {
      if (name.includes('.')) throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
      if (name.startsWith('$'))
        throw new CommandError(40236, `The field name '${name}' cannot be an operator name`);
      return compileAccumulator(name, value, env.variables);
    });
  return groupStage(compileReader(spec._id, env.variables), fields, env);
};

function groupStage(id: RowReader, fields: AccumulatorSpec[], env: PipelineEnv): Stage {
  const decodes = id.needsDoc || fields.some(({ reader }) => reader.needsDoc);
  return (input) => {
    const keyOf = keyMaker(env.collation);
    const groups = new Map<unknown, Group>();
    const budget = new MemoryBudget(env.budgetBytes, '$group');
    const open = (key: unknown, value: Value): Group => {
      const made = { id: value, accumulators: fields.map((spec) => spec.create()) };
      groups.set(key, made);
      budget.take(groupOverhead + sizeOfValue(value) + fields.length * accumulatorOverhead);
      return made;
    };
    const takeRow = (stored: Row) => {
      const row = decodes ? asDoc(stored) : stored;
      // A missing key and a null one are the same group.
      const value = id.read(row) ?? null;
      const key = keyOf(value);
      const { accumulators } = groups.get(key) ?? open(key, value);
      for (let at = 0; at < fields.length; at++) {
        const grown = accumulators[at]!.add(fields[at]!.reader.read(row));
        if (grown > 0) budget.take(grown);
      }
    };
    const finish = () => [...groups.values()].map((entry) => resultOf(entry, fields));
    return afterAll(env, (rows) => rows.forEach(takeRow), finish)(input);
  };
}

function resultOf({ id, accumulators }: Group, fields: AccumulatorSpec[]): Doc {
  const made: Doc = { _id: id };
  fields.forEach(({ name }, at) => {
    setField(made, name, accumulators[at]!.result());
  });
  return made;
}

const sortByCount: StageMaker = (spec, context) => {
  const isExpression =
    (typeof spec === 'string' && spec.startsWith('$')) ||
    (isDoc(spec) && Object.keys(spec)[0]?.startsWith('$'));
  if (!isExpression)
    throw new CommandError(
      40148,
      'the sortByCount field must be defined as a $-prefixed path or an expression',
    );
  return context.over([
    { $group: { _id: spec, count: { $sum: new Int32(1) } } },
    { $sort: { count: new Int32(-1) } },
  ]);
};

const countOnly = { count: { $sum: new Int32(1) } };

function bucketOutput(output: Value): Doc {
  if (output === undefined) return countOnly;
  if (!isDoc(output)) throw new CommandError(40196, "The $bucket 'output' field must be an object");
  return output;
}

const bucket: StageMaker = (spec, context) => {
  if (!isDoc(spec)) throw new CommandError(40201, 'Argument to $bucket stage must be an object');
  const { groupBy, boundaries, default: otherwise, output } = spec;
  if (groupBy === undefined || boundaries === undefined) {
    throw new CommandError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  if (!Array.isArray(boundaries))
    throw new CommandError(40200, "The $bucket 'boundaries' field must be an array");
  if (boundaries.length < 2)
    throw new CommandError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  const bounds = boundaries.map((bound: Value) =>
    compileExpression(bound, context.env.variables).evaluate({}),
  );
  bounds.slice(1).forEach((bound, at) => {
    if (compareValues(bounds[at], bound) >= 0) {
      throw new CommandError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order.");
    }
  });
  const fields = Object.entries(bucketOutput(output)).map(([name, value]) =>
    compileAccumulator(name, value, context.env.variables),
  );
  const reader = bucketReader(compileReader(groupBy, context.env.variables), bounds, otherwise);
  const grouped = groupStage(reader, fields, context.env);
  const sorted = sortStage({ _id: new Int32(1) }, context.env);
  return (input) => sorted(grouped(input));
};

/** The lower bound of the bucket that a value falls into. */
function bucketReader(value: RowReader, bounds: Value[], otherwise: Value): RowReader {
  return {
    needsDoc: value.needsDoc,
    read: (row) => {
      const wanted = value.read(row) ?? null;
      const at = bounds.findLastIndex((bound) => compareValues(bound, wanted) <= 0);
      if (at >= 0 && at < bounds.length - 1) return bounds[at];
      if (otherwise !== undefined) return otherwise;
      throw new CommandError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    },
  };
}

/** Sorts all rows by the value, and cuts them into buckets of about the same size that never split equal values. */
const bucketAuto: StageMaker = (spec, { env }) => {
  if (!isDoc(spec)) throw new CommandError(40240, 'The argument to $bucketAuto must be an object');
  const buckets = toWhole(spec.buckets);
  if (spec.groupBy === undefined || buckets === undefined) {
    throw new CommandError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified");
  }
  if (buckets < 1) throw new CommandError(40243, "The $bucketAuto 'buckets' field must be greater than 0");
  if (spec.granularity !== undefined)
    throw new CommandError(40261, "The $bucketAuto 'granularity' field is not supported");
  const reader = compileReader(spec.groupBy, env.variables);
  const fields = Object.entries(bucketOutput(spec.output)).map(([name, value]) =>
    compileAccumulator(name, value, env.variables),
  );
  return (input) => {
    const entries: { value: Value; doc: Doc }[] = [];
    const budget = new MemoryBudget(env.budgetBytes, '$group');
    const take = (rows: readonly Row[]) => {
      for (const row of rows) {
        const doc = asDoc(row);
        budget.take(sizeOfValue(doc));
        entries.push({ value: reader.read(doc) ?? null, doc });
      }
    };
    const finish = () => {
      entries.sort((a, b) => compareValues(a.value, b.value));
      return cutIntoBuckets(entries, buckets, fields);
    };
    return afterAll(env, take, finish)(input);
  };
};

function cutIntoBuckets(
  entries: { value: Value; doc: Doc }[],
  buckets: number,
  fields: AccumulatorSpec[],
): Doc[] {
  const size = Math.max(1, Math.round(entries.length / buckets));
  const made: Doc[] = [];
  for (let start = 0; start < entries.length; ) {
    let end = made.length === buckets - 1 ? entries.length : Math.min(start + size, entries.length);
    while (end < entries.length && compareValues(entries[end - 1]!.value, entries[end]!.value) === 0) end++;
    const accumulators = fields.map((spec) => spec.create());
    for (const { doc } of entries.slice(start, end)) {
      fields.forEach((spec, at) => {
        accumulators[at]!.add(spec.reader.read(doc));
      });
    }
    const max = end < entries.length ? entries[end]!.value : entries[end - 1]!.value;
    made.push(resultOf({ id: { min: entries[start]!.value, max }, accumulators }, fields));
    start = end;
  }
  return made;
}

export const groupStages: Record<string, StageMaker> = {
  $group: group,
  $sortByCount: sortByCount,
  $bucket: bucket,
  $bucketAuto: bucketAuto,
};
