// Duty: when a value counts as true.
import { isNumber, toDouble, type Value } from '../values.ts';

/** false, null, missing and zero are false; everything else, NaN and empty strings included, is true. */
export function truthy(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return false;
  return !isNumber(value) || toDouble(value) !== 0;
}
