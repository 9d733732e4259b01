// Duty: numbers of every BSON type as bytes in one common order: the nearest double, then what it cannot hold.
import type { Decimal128 } from 'bson';
import type { KeyWriter } from './keyWriter.ts';

/** The type byte of all numbers: they compare with each other whatever their type. */
export const numberType = 0x18;

const remainder = { below: 0x40, exact: 0x80, above: 0xc0 } as const;

export function writeDouble(key: KeyWriter, value: number): void {
  key.byte(numberType);
  key.float64(value);
  key.byte(remainder.exact);
}

export function writeLong(key: KeyWriter, value: bigint): void {
  const near = Number(value);
  if (BigInt(near) === value) writeDouble(key, near);
  else writeInexact(key, near, value < BigInt(near), value < 0n, value.toString().replace('-', ''), 0);
}

export function writeDecimal(key: KeyWriter, value: Decimal128): void {
  const text = value.toString();
  const near = Number(text);
  if (Number.isNaN(near) || /inf/i.test(text)) {
    writeDouble(key, /inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number.NaN);
    return;
  }
  const [, sign, whole, fraction = '', exponentText = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(
    text,
  )!;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  if (digits === '') {
    writeDouble(key, 0);
    return;
  }
  const exponent = Number(exponentText) - fraction.length;
  const order = compareToDouble(BigInt(digits) * (sign ? -1n : 1n), exponent, near);
  if (order === 0) writeDouble(key, near);
  else writeInexact(key, near, order < 0, sign === '-', digits, exponent);
}

/** What a double cannot hold: the nearest double, on which side of it, then the decimal digits themselves. */
function writeInexact(
  key: KeyWriter,
  near: number,
  below: boolean,
  negative: boolean,
  digits: string,
  exponent: number,
): void {
  key.byte(numberType);
  key.float64(near);
  key.byte(below ? remainder.below : remainder.above);
  const start = key.length;
  key.uint16(digits.length + exponent + 0x8000);
  key.bytes(Buffer.from(digits.replace(/0+$/, ''), 'latin1'));
  key.byte(0);
  if (negative) key.invert(start);
}

/** Exact order of `digits × 10^exponent` and a double, by integer arithmetic. */
function compareToDouble(digits: bigint, exponent: number, double: number): number {
  if (!Number.isFinite(double)) return double > 0 ? -1 : 1;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, double);
  const raw = bits.getBigUint64(0);
  const biased = Number((raw >> 52n) & 0x7ffn);
  const mantissa = (raw & 0xfffffffffffffn) | (biased ? 1n << 52n : 0n);
  const power = (biased || 1) - 1075;
  let left = digits;
  let right = double < 0 ? -mantissa : mantissa;
  if (exponent > 0) left *= 10n ** BigInt(exponent);
  else right *= 10n ** BigInt(-exponent);
  if (power > 0) right <<= BigInt(power);
  else left <<= BigInt(-power);
  return left < right ? -1 : left > right ? 1 : 0;
}
