// Duty: exact decimal arithmetic for the numbers a double cannot hold, with Decimal128's rounding. No BSON ordering here.
import { Decimal128 } from 'bson';

/** coefficient × 10^exponent, or one of NaN and ±Infinity. */
export type Exact = Finite | { special: number };
type Finite = { coefficient: bigint; exponent: number };

const digitLimit = 34;
const exponentLimit = { low: -6176, high: 6111 };

export function exactFromDouble(double: number): Exact {
  if (!Number.isFinite(double)) return { special: double };
  if (Number.isInteger(double)) return { coefficient: BigInt(double), exponent: 0 };
  // A double is m × 2^-k = m × 5^k × 10^-k.
  let scale = 0;
  let scaled = double;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    scale++;
  }
  return { coefficient: BigInt(scaled) * 5n ** BigInt(scale), exponent: -scale };
}

export function exactFromText(text: string): Exact {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:E([+-]?\d+))?$/i.exec(text);
  if (!match)
    return { special: /^-inf/i.test(text) ? -Infinity : /^\+?inf/i.test(text) ? Infinity : Number.NaN };
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const coefficient = BigInt(`${whole}${fraction}` || '0');
  return {
    coefficient: sign === '-' ? -coefficient : coefficient,
    exponent: Number(exponent) - fraction.length,
  };
}

const specialText = (special: number) =>
  Number.isNaN(special) ? 'NaN' : special > 0 ? 'Infinity' : '-Infinity';

/** Rounds half to even to the 34 digits that a Decimal128 has. */
export function toDecimal128(exact: Exact): Decimal128 {
  if ('special' in exact) return Decimal128.fromString(specialText(exact.special));
  let { coefficient, exponent } = exact;
  const excess = String(coefficient < 0n ? -coefficient : coefficient).length - digitLimit;
  const drop = Math.max(excess, exponentLimit.low - exponent, 0);
  if (drop > 0) {
    coefficient = divideHalfEven(coefficient, 10n ** BigInt(drop));
    exponent += drop;
  }
  if (exponent > exponentLimit.high + digitLimit) {
    return Decimal128.fromString(specialText(coefficient < 0n ? -Infinity : Infinity));
  }
  return Decimal128.fromString(`${coefficient}E${exponent}`);
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient;
  return quotient + (dividend < 0n ? -1n : 1n);
}

const special = (exact: Exact): number | undefined => ('special' in exact ? exact.special : undefined);
export const approximate = (exact: Exact): number =>
  'special' in exact ? exact.special : Number(`${exact.coefficient}E${exact.exponent}`);

function aligned(a: Finite, b: Finite): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent);
  return [
    a.coefficient * 10n ** BigInt(a.exponent - exponent),
    b.coefficient * 10n ** BigInt(b.exponent - exponent),
    exponent,
  ];
}

/** NaN is below every number, and equal to itself. */
export function compareExact(a: Exact, b: Exact): number {
  if ('special' in a || 'special' in b) {
    const [x, y] = [special(a) ?? 0, special(b) ?? 0];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export function addExact(a: Exact, b: Exact): Exact {
  if ('special' in a || 'special' in b) return { special: (special(a) ?? 0) + (special(b) ?? 0) };
  const [x, y, exponent] = aligned(a, b);
  return { coefficient: x + y, exponent };
}

export const negateExact = (a: Exact): Exact =>
  'special' in a ? { special: -a.special } : { coefficient: -a.coefficient, exponent: a.exponent };

export function multiplyExact(a: Exact, b: Exact): Exact {
  if ('special' in a || 'special' in b)
    return {
      special: Math.sign(approximate(a)) * approximate(b) * (special(a) === undefined ? 1 : Infinity),
    };
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

export function divideExact(a: Exact, b: Exact): Exact {
  if ('special' in a || 'special' in b) return { special: approximate(a) / approximate(b) };
  if (b.coefficient === 0n) return { special: approximate(a) / 0 };
  // Enough further digits that the rounding to 34 sees the truth.
  const extra = digitLimit + 2 + String(b.coefficient).length;
  return {
    coefficient: (a.coefficient * 10n ** BigInt(extra)) / b.coefficient,
    exponent: a.exponent - b.exponent - extra,
  };
}

export function remainderExact(a: Exact, b: Exact): Exact {
  if ('special' in a || 'special' in b) return { special: approximate(a) % approximate(b) };
  if (b.coefficient === 0n) return { special: Number.NaN };
  const [x, y, exponent] = aligned(a, b);
  return { coefficient: x % y, exponent };
}

/** To so many decimal places (fewer than none: tens, hundreds …), cutting off or going to the even neighbour. */
export function toPlaces(exact: Exact, places: number, how: 'cut' | 'round'): Exact {
  if ('special' in exact || exact.exponent >= -places) return exact;
  const divisor = 10n ** BigInt(-places - exact.exponent);
  const coefficient =
    how === 'cut' ? exact.coefficient / divisor : divideHalfEven(exact.coefficient, divisor);
  return { coefficient, exponent: -places };
}

/** The shortest form, so that 1.0 and 1.00 are one group key. */
export function canonicalText(exact: Exact): string {
  if ('special' in exact) return specialText(exact.special);
  let { coefficient, exponent } = exact;
  if (coefficient === 0n) return '0';
  while (coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent++;
  }
  return `${coefficient}e${exponent}`;
}
