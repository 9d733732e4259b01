// Duty: what an accumulator remembers between documents ($sum, $avg, $push …) and its result. Where values come from is accumulatorSpecs.ts.
import { Double, Int32, Long } from 'bson';
import { CommandError } from '../../errors.ts';
import { compareValues, hashKey, toExact } from '../compare.ts';
import { addExact, divideExact, type Exact, toDecimal128 } from '../exactNumbers.ts';
import { asList, type Operator } from '../expressions/operator.ts';
import { sizeOfValue } from '../memory.ts';
import { countValue, toBigInt, toWhole } from '../numbers.ts';
import {
  bsonType,
  type Doc,
  isDoc,
  isNullish,
  setField,
  toDouble,
  typeName,
  typeOf,
  type Value,
} from '../values.ts';

export interface Accumulator {
  /** Takes one value, and says how many bytes more it holds since. */
  add(value: Value): number;
  result(): Value;
}

/** Whole numbers are summed exactly, doubles with compensation, decimals as decimals; the widest type is the result's. */
export class Sum implements Accumulator {
  count = 0;
  private whole = 0;
  private wholes = 0n;
  private double = 0;
  private compensation = 0;
  private decimal: Exact | undefined;
  private hasLong = false;
  private hasDouble = false;

  add(value: Value): number {
    switch (typeOf(value)) {
      case bsonType.int:
        this.addWhole(toDouble(value));
        break;
      case bsonType.long: {
        this.hasLong = true;
        const number = toDouble(value);
        if (Number.isSafeInteger(number)) this.addWhole(number);
        else this.wholes += toBigInt(value);
        break;
      }
      case bsonType.double:
        this.hasDouble = true;
        this.addDouble(toDouble(value));
        break;
      case bsonType.decimal:
        this.decimal = addExact(this.decimal ?? { coefficient: 0n, exponent: 0 }, toExact(value));
        break;
      default:
        return 0;
    }
    this.count++;
    return 0;
  }

  private addWhole(number: number): void {
    this.whole += number;
    if (Number.isSafeInteger(this.whole)) return;
    this.wholes += BigInt(this.whole - number) + BigInt(number);
    this.whole = 0;
  }

  private addDouble(number: number): void {
    const sum = this.double + number;
    if (Number.isFinite(sum)) {
      const larger = Math.abs(this.double) >= Math.abs(number);
      this.compensation += larger ? this.double - sum + number : number - sum + this.double;
    }
    this.double = sum;
  }

  private total(): number {
    return this.double + this.compensation + this.whole + Number(this.wholes);
  }

  private exactTotal(): Exact {
    const wholes = addExact(this.decimal!, { coefficient: this.wholes + BigInt(this.whole), exponent: 0 });
    return addExact(wholes, toExact(new Double(this.double + this.compensation)));
  }

  result(): Value {
    if (this.decimal) return toDecimal128(this.exactTotal());
    if (this.hasDouble) return new Double(this.total());
    const whole = this.wholes + BigInt(this.whole);
    if (!this.hasLong && BigInt.asIntN(32, whole) === whole) return new Int32(Number(whole));
    return BigInt.asIntN(64, whole) === whole ? Long.fromBigInt(whole) : new Double(Number(whole));
  }

  average(): Value {
    if (this.count === 0) return null;
    if (this.decimal)
      return toDecimal128(divideExact(this.exactTotal(), { coefficient: BigInt(this.count), exponent: 0 }));
    return new Double(this.total() / this.count);
  }
}

class Average implements Accumulator {
  private readonly sum = new Sum();
  add(value: Value): number {
    return this.sum.add(value);
  }
  result(): Value {
    return this.sum.average();
  }
}

/** $min and $max: null and missing do not take part. */
class Extreme implements Accumulator {
  private best: Value;
  private readonly direction: 1 | -1;
  constructor(direction: 1 | -1) {
    this.direction = direction;
  }
  add(value: Value): number {
    if (isNullish(value)) return 0;
    if (this.best === undefined || compareValues(value, this.best) * this.direction < 0) this.best = value;
    return 0;
  }
  result(): Value {
    return this.best ?? null;
  }
}

class First implements Accumulator {
  private value: Value;
  private seen = false;
  add(value: Value): number {
    if (this.seen) return 0;
    this.seen = true;
    this.value = value;
    return sizeOfValue(value);
  }
  result(): Value {
    return this.value ?? null;
  }
}

class Last implements Accumulator {
  private value: Value;
  add(value: Value): number {
    this.value = value;
    return 0;
  }
  result(): Value {
    return this.value ?? null;
  }
}

class Push implements Accumulator {
  private readonly values: Value[] = [];
  add(value: Value): number {
    if (value === undefined) return 0;
    this.values.push(value);
    return 8 + sizeOfValue(value);
  }
  result(): Value {
    return this.values;
  }
}

class AddToSet implements Accumulator {
  private readonly values = new Map<unknown, Value>();
  add(value: Value): number {
    if (value === undefined) return 0;
    const key = hashKey(value);
    if (this.values.has(key)) return 0;
    this.values.set(key, value);
    return 48 + sizeOfValue(value);
  }
  result(): Value {
    return [...this.values.values()];
  }
}

class Count implements Accumulator {
  private count = 0;
  add(): number {
    this.count++;
    return 0;
  }
  result(): Value {
    return countValue(this.count);
  }
}

class MergeObjects implements Accumulator {
  private readonly merged: Doc = {};
  add(value: Value): number {
    if (isNullish(value)) return 0;
    if (!isDoc(value))
      throw new CommandError(
        40400,
        `$mergeObjects requires object inputs, but input ${String(value)} is of type ${typeName(value)}`,
      );
    for (const [name, inner] of Object.entries(value)) setField(this.merged, name, inner);
    return sizeOfValue(value);
  }
  result(): Value {
    return this.merged;
  }
}

/** Welford's method: one pass, and no great sums that cancel. */
class Deviation implements Accumulator {
  private count = 0;
  private mean = 0;
  private squares = 0;
  private readonly sample: boolean;
  constructor(sample: boolean) {
    this.sample = sample;
  }
  add(value: Value): number {
    const number = toDouble(value);
    if (Number.isNaN(number) && typeOf(value) !== bsonType.double) return 0;
    this.count++;
    const distance = number - this.mean;
    this.mean += distance / this.count;
    this.squares += distance * (number - this.mean);
    return 0;
  }
  result(): Value {
    const divisor = this.sample ? this.count - 1 : this.count;
    return divisor <= 0 ? null : new Double(Math.sqrt(this.squares / divisor));
  }
}

/** The n first or last values as they come. */
class Several implements Accumulator {
  private readonly values: Value[] = [];
  private readonly count: number;
  private readonly fromEnd: boolean;
  constructor(count: number, fromEnd: boolean) {
    this.count = count;
    this.fromEnd = fromEnd;
  }
  add(value: Value): number {
    if (!this.fromEnd && this.values.length >= this.count) return 0;
    this.values.push(value ?? null);
    if (this.values.length > this.count) this.values.shift();
    return sizeOfValue(value);
  }
  result(): Value {
    return this.values;
  }
}

/** The n best values by some order, best first: $minN, $maxN, $topN, $bottomN. */
export class Best implements Accumulator {
  private values: Value[] = [];
  private readonly count: number;
  private readonly compare: (a: Value, b: Value) => number;
  private readonly finish: (values: Value[]) => Value;
  constructor(count: number, compare: (a: Value, b: Value) => number, finish: (values: Value[]) => Value) {
    this.count = count;
    this.compare = compare;
    this.finish = finish;
  }
  add(value: Value): number {
    this.values.push(value);
    if (this.values.length > 2 * this.count + 16) this.cut();
    return 8;
  }
  private cut(): void {
    this.values.sort(this.compare);
    this.values = this.values.slice(0, this.count);
  }
  result(): Value {
    this.cut();
    return this.finish(this.values);
  }
}

/** $minN and $maxN leave null and missing out. */
class Extremes extends Best {
  override add(value: Value): number {
    return isNullish(value) ? 0 : super.add(value);
  }
}

/** $median and $percentile: the value at or below which that share of the numbers lies. */
export class Percentiles implements Accumulator {
  private readonly numbers: number[] = [];
  private readonly shares: number[];
  private readonly finish: (values: Value[]) => Value;
  constructor(shares: number[], finish: (values: Value[]) => Value) {
    this.shares = shares;
    this.finish = finish;
  }
  add(value: Value): number {
    const number = toDouble(value);
    if (Number.isNaN(number)) return 0;
    this.numbers.push(number);
    return 8;
  }
  result(): Value {
    const sorted = this.numbers.sort((a, b) => a - b);
    return this.finish(
      this.shares.map((share) =>
        sorted.length === 0 ? null : new Double(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!),
      ),
    );
  }
}

/** Those that need nothing but a value. */
export const plainAccumulators: Record<string, () => Accumulator> = {
  $sum: () => new Sum(),
  $avg: () => new Average(),
  $min: () => new Extreme(1),
  $max: () => new Extreme(-1),
  $first: () => new First(),
  $last: () => new Last(),
  $push: () => new Push(),
  $addToSet: () => new AddToSet(),
  $count: () => new Count(),
  $mergeObjects: () => new MergeObjects(),
  $stdDevPop: () => new Deviation(false),
  $stdDevSamp: () => new Deviation(true),
};

/** Those that keep a number of values: `{ input, n }`. */
export const countedAccumulators: Record<string, (count: number) => Accumulator> = {
  $firstN: (count) => new Several(count, false),
  $lastN: (count) => new Several(count, true),
  $minN: (count) => new Extremes(count, compareValues, (values) => values),
  $maxN: (count) =>
    new Extremes(
      count,
      (a, b) => compareValues(b, a),
      (values) => values,
    ),
};

export function countArgument(value: Value, name: string): number {
  const count = toWhole(value);
  if (count === undefined || count < 1)
    throw new CommandError(5787908, `'n' must be greater than 0, found ${String(value)} for ${name}`);
  return count;
}

/** `$sum: ['$a', '$b']` and `$sum: '$list'` as expressions: over the arguments, or over the elements of the only one. */
const overArguments =
  (create: () => Accumulator): Operator =>
  (operand, scope) => {
    const list = asList(operand).map((entry) => scope.compile(entry));
    return (root, locals) => {
      const values = list.map((evaluate) => evaluate(root, locals));
      const only = values[0];
      const accumulator = create();
      for (const value of values.length === 1 && Array.isArray(only) ? (only as Value[]) : values)
        accumulator.add(value);
      return accumulator.result();
    };
  };

const endOf =
  (pick: (array: Value[]) => Value, code: number): Operator =>
  (operand, scope, name) => {
    const evaluate = scope.compile(Array.isArray(operand) && operand.length === 1 ? operand[0] : operand);
    return (root, locals) => {
      const value = evaluate(root, locals);
      if (isNullish(value)) return null;
      if (!Array.isArray(value))
        throw new CommandError(code, `${name}'s argument must be an array, but is ${typeName(value)}`);
      return pick(value as Value[]);
    };
  };

const countedOverArray =
  (create: (count: number) => Accumulator): Operator =>
  (operand, scope, name) => {
    if (!isDoc(operand)) throw new CommandError(5787801, `specification must be an object; found ${name}`);
    const input = scope.compile(operand.input);
    const count = scope.compile(operand.n);
    return (root, locals) => {
      const value = input(root, locals);
      if (!Array.isArray(value)) throw new CommandError(5788200, 'Input must be an array');
      const accumulator = create(countArgument(count(root, locals), name));
      for (const element of value as Value[]) accumulator.add(element);
      return accumulator.result();
    };
  };

export const arrayAccumulators: Record<string, Operator> = {
  ...Object.fromEntries(
    ['$sum', '$avg', '$min', '$max', '$stdDevPop', '$stdDevSamp'].map((name) => [
      name,
      overArguments(plainAccumulators[name]!),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(countedAccumulators).map(([name, create]) => [name, countedOverArray(create)]),
  ),
  $first: endOf((array) => array[0], 28689),
  $last: endOf((array) => array.at(-1), 28689),
};
