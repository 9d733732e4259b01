// Duty: $setWindowFields: values computed over a sorted partition: accumulators over windows, ranks, shifts and carried values.
import { Int32 } from 'bson';
import { CommandError, failedToParse } from '../../errors.ts';
import { keyMaker } from '../collationKeys.ts';
import { addUnits, fixedUnits, zoneNamed } from '../expressions/calendar.ts';
import { compileExpression, type Variables } from '../expressions/compile.ts';
import { MemoryBudget, sizeOfValue } from '../memory.ts';
import { toWhole } from '../numbers.ts';
import { asDoc } from '../rawBson.ts';
import { compileSort, type Sort } from '../sort.ts';
import { withPath } from '../updatePaths.ts';
import { type Doc, isDoc, type Row, toDouble, type Value } from '../values.ts';
import { accumulatorOf } from './accumulatorSpecs.ts';
import { afterAll, type StageMaker } from './env.ts';
import { compileReader } from './rowReader.ts';

/** Computes one output field for every document of a sorted partition. */
type WindowFunction = (docs: readonly Doc[]) => Value[];
/** The first and the last position (inclusive) that the document at `at` looks at. */
type Bounds = (docs: readonly Doc[], at: number) => readonly [number, number];

const setWindowFields: StageMaker = (spec, { env }) => {
  if (!isDoc(spec)) throw failedToParse('the $setWindowFields stage specification must be an object');
  const stray = Object.keys(spec).find((name) => !['partitionBy', 'sortBy', 'output'].includes(name));
  if (stray !== undefined)
    throw new CommandError(40415, `BSON field '$setWindowFields.${stray}' is an unknown field.`);
  const { partitionBy, sortBy, output } = spec;
  if (!isDoc(output))
    throw new CommandError(40414, "BSON field '$setWindowFields.output' is missing but a required field");
  if (sortBy !== undefined && !isDoc(sortBy))
    throw failedToParse("the 'sortBy' of $setWindowFields must be an object");
  const order = sortBy === undefined ? undefined : compileSort(sortBy, env.collation);
  const partition = compileReader(partitionBy ?? null, env.variables);
  const fields = Object.entries(output).map(([path, value]) => ({
    names: path.split('.'),
    compute: compileOutput(value, order, env.variables),
  }));
  return (input) => {
    const keyOf = keyMaker(env.collation);
    const partitions = new Map<unknown, Doc[]>();
    const budget = new MemoryBudget(env.budgetBytes, '$group');
    const take = (rows: readonly Row[]) => {
      for (const row of rows) {
        const doc = asDoc(row);
        const key = keyOf(partition.read(doc) ?? null);
        budget.take(sizeOfValue(doc));
        const docs = partitions.get(key);
        if (docs) docs.push(doc);
        else partitions.set(key, [doc]);
      }
    };
    const finish = () =>
      [...partitions.values()].flatMap((docs) => {
        if (order) docs.sort(order.compareDocs);
        const columns = fields.map(({ compute }) => compute(docs));
        return docs.map((doc, at) =>
          fields.reduce((made, { names }, which) => withPath(made, names, columns[which]![at]), doc),
        );
      });
    return afterAll(env, take, finish)(input);
  };
};

function compileOutput(spec: Value, order: Sort | undefined, variables?: Variables): WindowFunction {
  if (!isDoc(spec))
    throw failedToParse('The output of $setWindowFields must hold a window function for each field');
  const operator = Object.keys(spec).find((name) => name !== 'window') ?? '';
  const operand = spec[operator];
  const ranked = rankFunction(operator, operand, order, variables);
  if (ranked) return ranked;
  const accumulator = accumulatorOf(operator, operand, variables);
  if (!accumulator) throw failedToParse(`Unrecognized window function, ${operator}`);
  const { reader, create } = accumulator;
  const bounds = compileWindow(spec.window, order);
  return (docs) => {
    const values = docs.map((doc) => reader.read(doc));
    return docs.map((_, at) => {
      const [from, to] = bounds(docs, at);
      const made = create();
      for (let which = Math.max(0, from); which <= Math.min(to, docs.length - 1); which++)
        made.add(values[which]);
      return made.result();
    });
  };
}

function rankFunction(
  operator: string,
  operand: Value,
  order: Sort | undefined,
  variables?: Variables,
): WindowFunction | undefined {
  const needsOrder = () => {
    if (!order)
      throw new CommandError(
        5371601,
        `${operator} must be specified with a top level sortBy expression with exactly one element`,
      );
    return order;
  };
  switch (operator) {
    case '$documentNumber':
      needsOrder();
      return (docs) => docs.map((_, at) => new Int32(at + 1));
    case '$rank':
    case '$denseRank': {
      const { compareDocs } = needsOrder();
      return (docs) => {
        let rank = 0;
        return docs.map((doc, at) => {
          const tied = at > 0 && compareDocs(docs[at - 1]!, doc) === 0;
          if (!tied) rank = operator === '$rank' ? at + 1 : rank + 1;
          return new Int32(rank);
        });
      };
    }
    case '$shift': {
      needsOrder();
      if (!isDoc(operand)) throw failedToParse('Argument to $shift must be an object');
      const value = compileExpression(operand.output, variables);
      const otherwise = compileExpression(operand.default ?? null, variables).evaluate({});
      const by = toWhole(operand.by) ?? 0;
      return (docs) =>
        docs.map((_, at) => (docs[at + by] ? (value.evaluate(docs[at + by]!) ?? null) : otherwise));
    }
    case '$locf': {
      const value = compileExpression(operand, variables);
      return (docs) => {
        let last: Value = null;
        return docs.map((doc) => {
          last = value.evaluate(doc) ?? last;
          return last;
        });
      };
    }
  }
  return undefined;
}

function compileWindow(window: Value, order: Sort | undefined): Bounds {
  if (window === undefined) return (docs) => [0, docs.length - 1];
  if (!isDoc(window)) throw failedToParse("'window' field must be an object");
  const { documents, range, unit } = window;
  if (Array.isArray(documents)) return positions(documents);
  if (!Array.isArray(range)) return (docs) => [0, docs.length - 1];
  if (order?.fields.length !== 1)
    throw new CommandError(5339902, "Range-based bounds require a 'sortBy' with exactly one field");
  return distances(range, unit, order);
}

function positions(bounds: Value[]): Bounds {
  const [lower, upper] = bounds.map((bound) => (typeof bound === 'string' ? bound : (toWhole(bound) ?? 0)));
  return (docs, at) => [
    lower === 'unbounded' ? 0 : lower === 'current' ? at : at + (lower as number),
    upper === 'unbounded' ? docs.length - 1 : upper === 'current' ? at : at + (upper as number),
  ];
}

/** Bounds by the value of the sort field: numbers, or dates and a calendar unit. */
function distances(bounds: Value[], unit: Value, order: Sort): Bounds {
  const [lower, upper] = bounds;
  const keyOf = (doc: Doc) => order.keys(doc)[0];
  const shifted = (key: Value, by: Value): number => {
    const amount = by === 'current' ? 0 : toDouble(by);
    if (!(key instanceof Date)) return toDouble(key) + amount;
    if (typeof unit !== 'string')
      throw new CommandError(5429513, "Expected the sortBy field to be a number, or a 'unit' for dates");
    return fixedUnits[unit] === undefined
      ? addUnits(key, unit, amount, zoneNamed(undefined)).getTime()
      : key.getTime() + amount * fixedUnits[unit];
  };
  const numberOf = (key: Value) => (key instanceof Date ? key.getTime() : toDouble(key));
  return (docs, at) => {
    const key = keyOf(docs[at]!);
    const low = lower === 'unbounded' ? Number.NEGATIVE_INFINITY : shifted(key, lower);
    const high = upper === 'unbounded' ? Number.POSITIVE_INFINITY : shifted(key, upper);
    const inside = (doc: Doc) => numberOf(keyOf(doc)) >= low && numberOf(keyOf(doc)) <= high;
    const from = docs.findIndex(inside);
    return from < 0 ? [0, -1] : [from, docs.findLastIndex(inside)];
  };
}

export const windowStages: Record<string, StageMaker> = { $setWindowFields: setWindowFields };
