// Duty: what an accumulator remembers between documents ($min, $push, $first …) and its result. Those on numbers are sums.ts,
// and where values come from is accumulatorSpecs.ts.
import { CommandError } from '../../errors.ts';
import { compareValues, hashKey } from '../compare.ts';
import { sizeOfValue } from '../memory.ts';
import { countValue, toWhole } from '../numbers.ts';
import { type Doc, isDoc, isNullish, setField, typeName, type Value } from '../values.ts';
import { type Accumulator, Average, Deviation, Sum } from './sums.ts';

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
