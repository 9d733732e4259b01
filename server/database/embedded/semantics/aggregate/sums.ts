// Duty: accumulators that compute with numbers: sums, averages, deviations, percentiles.
import { Double, Int32, Long } from 'bson';
import { toExact } from '../compare.ts';
import { addExact, divideExact, type Exact, toDecimal128 } from '../exactNumbers.ts';
import { toBigInt } from '../numbers.ts';
import { bsonType, toDouble, typeOf, type Value } from '../values.ts';

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

export class Average implements Accumulator {
  private readonly sum = new Sum();
  add(value: Value): number {
    return this.sum.add(value);
  }
  result(): Value {
    return this.sum.average();
  }
}

/** Welford's method: one pass, and no great sums that cancel. */
export class Deviation implements Accumulator {
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
