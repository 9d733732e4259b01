// Duty: reads an accumulator's specification: what it takes from a row, and how to make one for each group.
import { CommandError } from '../../errors.ts';
import { compileExpression, type Variables } from '../expressions/compile.ts';
import { asDoc } from '../rawBson.ts';
import { compileSort } from '../sort.ts';
import { type Doc, isDoc, toDouble, type Value } from '../values.ts';
import { Best, countArgument, countedAccumulators, plainAccumulators } from './accumulators.ts';
import { compileReader, type RowReader } from './rowReader.ts';
import { type Accumulator, Percentiles } from './sums.ts';

export interface AccumulatorSpec {
  readonly name: string;
  readonly reader: RowReader;
  create(): Accumulator;
}

export function compileAccumulator(fieldName: string, spec: Value, variables?: Variables): AccumulatorSpec {
  if (!isDoc(spec) || Object.keys(spec).length === 0 || !Object.keys(spec)[0]!.startsWith('$')) {
    throw new CommandError(40234, `The field '${fieldName}' must be an accumulator object`);
  }
  const [operator = '', ...others] = Object.keys(spec);
  if (others.length > 0)
    throw new CommandError(40238, `The field '${fieldName}' must specify one accumulator`);
  const made = accumulatorOf(operator, spec[operator], variables);
  if (!made) throw new CommandError(15952, `unknown group operator '${operator}'`);
  return { name: fieldName, ...made };
}

/** Undefined when there is no such accumulator. */
export function accumulatorOf(
  operator: string,
  operand: Value,
  variables?: Variables,
): Omit<AccumulatorSpec, 'name'> | undefined {
  if (Object.hasOwn(plainAccumulators, operator)) return plain(operator, operand, variables);
  if (Object.hasOwn(countedAccumulators, operator)) {
    const { input, n } = argumentsOf(operator, operand, ['input', 'n']);
    const count = constantCount(n, operator, variables);
    return { reader: compileReader(input, variables), create: () => countedAccumulators[operator]!(count) };
  }
  switch (operator) {
    case '$top':
    case '$bottom':
      return ranked(operator, argumentsOf(operator, operand, ['sortBy', 'output']), variables);
    case '$topN':
    case '$bottomN':
      return ranked(operator, argumentsOf(operator, operand, ['sortBy', 'output', 'n']), variables);
    case '$median':
    case '$percentile':
      return percentile(operator, operand, variables);
  }
  return undefined;
}

function plain(operator: string, operand: Value, variables?: Variables): Omit<AccumulatorSpec, 'name'> {
  if (operator === '$count' && !(isDoc(operand) && Object.keys(operand).length === 0)) {
    throw new CommandError(9, '$count takes no arguments, i.e. $count:{}');
  }
  if (Array.isArray(operand) && operand.length !== 1) {
    throw new CommandError(40237, `The ${operator} accumulator is a unary operator`);
  }
  const reader = compileReader(Array.isArray(operand) ? operand[0] : operand, variables);
  return { reader, create: plainAccumulators[operator]! };
}

function argumentsOf(operator: string, operand: Value, required: string[]): Doc {
  if (!isDoc(operand)) throw new CommandError(5787801, `specification must be an object; found ${operator}`);
  for (const name of Object.keys(operand)) {
    if (!required.includes(name))
      throw new CommandError(5787901, `Unknown argument for ${operator} operator: ${name}`);
  }
  for (const name of required) {
    if (!Object.hasOwn(operand, name))
      throw new CommandError(5787906, `Missing value for '${name}' in ${operator}`);
  }
  return operand;
}

const constantCount = (n: Value, operator: string, variables?: Variables) =>
  countArgument(compileExpression(n, variables).evaluate({}), operator);

/** $top and its like keep the output beside the keys it is ordered by. */
function ranked(
  operator: string,
  { sortBy, output, n }: Doc,
  variables?: Variables,
): Omit<AccumulatorSpec, 'name'> {
  if (!isDoc(sortBy)) throw new CommandError(10065, 'invalid parameter: expected an object (sortBy)');
  const order = compileSort(sortBy);
  const value = compileReader(output, variables);
  const several = n !== undefined;
  const count = several ? constantCount(n, operator, variables) : 1;
  const atTop = operator.startsWith('$top');
  type Ranked = { keys: Value[]; output: Value };
  const compare = (a: Value, b: Value) => {
    const by = order.compareKeys((a as Ranked).keys, (b as Ranked).keys);
    return atTop ? by : -by;
  };
  const finish = (best: Value[]): Value => {
    const outputs = (atTop ? best : [...best].reverse()).map((entry) => (entry as Ranked).output ?? null);
    return several ? outputs : (outputs[0] ?? null);
  };
  return {
    reader: {
      read: (row) => ({ keys: order.keys(row), output: value.read(value.needsDoc ? asDoc(row) : row) }),
      needsDoc: value.needsDoc,
    },
    create: () => new Best(count, compare, finish),
  };
}

function percentile(operator: string, operand: Value, variables?: Variables): Omit<AccumulatorSpec, 'name'> {
  const median = operator === '$median';
  const { input, p } = argumentsOf(
    operator,
    operand,
    median ? ['input', 'method'] : ['input', 'p', 'method'],
  );
  const shares = median ? [0.5] : (p as Value[]).map(toDouble);
  const finish = (values: Value[]): Value => (median ? (values[0] ?? null) : values);
  return { reader: compileReader(input, variables), create: () => new Percentiles(shares, finish) };
}
