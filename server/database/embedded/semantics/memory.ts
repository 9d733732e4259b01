// Duty: how much memory rows and values take, roughly, and the error when a stage would take more than it may.
import { CommandError } from '../errors.ts';
import type { Row, Value } from './values.ts';

export const defaultBudgetBytes = 100 * 1024 * 1024;

/** A cheap estimate: right within a factor of two, which is enough for a budget. */
export function sizeOfValue(value: Value): number {
  if (typeof value === 'string') return 24 + value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (value instanceof Uint8Array) return 64 + value.byteLength;
  if (value instanceof Date) return 24;
  if (Array.isArray(value)) return value.reduce<number>((sum, element) => sum + sizeOfValue(element), 32);
  let sum = 32;
  for (const name in value) sum += 8 + sizeOfValue((value as Record<string, Value>)[name]);
  return sum;
}

export const sizeOfRow = (row: Row): number => sizeOfValue(row);

/** Counts what a stage holds, and ends the command when that is too much. */
export class MemoryBudget {
  private used = 0;
  private readonly limit: number;
  private readonly stage: '$group' | 'Sort';

  constructor(limit: number, stage: '$group' | 'Sort') {
    this.limit = limit;
    this.stage = stage;
  }

  take(bytes: number): void {
    this.used += bytes;
    if (this.used <= this.limit) return;
    throw new CommandError(
      292,
      this.stage === 'Sort'
        ? `Sort exceeded memory limit of ${this.limit} bytes, but did not opt in to external sorting.`
        : "Exceeded memory limit for $group, but didn't allow external sort. Pass allowDiskUse:true to opt in.",
    );
  }

  release(bytes: number): void {
    this.used -= bytes;
  }
}
