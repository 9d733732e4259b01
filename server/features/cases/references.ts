// Duty: the next reference of a municipality and year, e.g. FER-2026-0042, never twice. What is numbered is not known here.
import { type MunicipalitySlug, municipalityCodes } from '../../../shared/directory.ts';
import { report } from '../../log.ts';
import { batched } from './batches.ts';
import type { CaseIndex } from './caseIndex.ts';
import { caseIndexNow } from './caseIndexFeed.ts';
import { CounterModel } from './cases.model.ts';

/** Per index and series, the last number given out here; with a new index the database's counter is asked first. */
const given = new WeakMap<CaseIndex, Map<string, number>>();

/**
 * Numbers follow each other from memory: the highest known, plus one. Where two processes give out the same, the unique index of
 * references lets one of them save; the other asks again with `isTaken`, and the database's counter answers. A command that
 * fails later leaves a gap, never a repeat: the counter also knows the numbers of cases that were erased.
 */
export async function nextReference(
  municipality: MunicipalitySlug,
  year: number,
  isTaken = false,
): Promise<string> {
  const series = `${municipalityCodes[municipality]}-${year}`;
  return `${series}-${String(await nextNumber(series, isTaken)).padStart(4, '0')}`;
}

async function nextNumber(series: string, isTaken: boolean): Promise<number> {
  const index = await caseIndexNow();
  if (!index) return take(series);
  const numbers = given.get(index) ?? new Map<string, number>();
  given.set(index, numbers);
  const counted = isTaken || !numbers.has(series) ? await take(series) : 0;
  // Looked at after waiting, and kept without waiting: two who ask at once get two numbers.
  const number = Math.max(counted, 1 + Math.max(numbers.get(series) ?? 0, index.highestNumber(series)));
  numbers.set(series, number);
  if (number !== counted)
    note({ series, number }).catch((error: unknown) => report(error, { where: 'references' }));
  return number;
}

/** Increments the counters: one atomic change per series for everybody who asks at once. */
const take = batched(async (wanted: string[]): Promise<number[]> => {
  const numbers = new Map<string, number[]>();
  for (const series of new Set(wanted)) {
    const count = wanted.filter((one) => one === series).length;
    const counter = await CounterModel.findOneAndUpdate(
      { _id: series },
      { $inc: { last: count } },
      { upsert: true, returnDocument: 'after' },
    ).lean();
    numbers.set(
      series,
      Array.from({ length: count }, (_, index) => counter!.last - count + 1 + index),
    );
  }
  return wanted.map((series) => numbers.get(series)!.shift()!);
});

const noteMilliseconds = 100;

/** Lets the counters know how far the numbers have come: a moment later, so that a note is never in a case's own way to the disk. */
const note = batched(async (noted: { series: string; number: number }[]): Promise<undefined[]> => {
  await new Promise((resolve) => setTimeout(resolve, noteMilliseconds).unref());
  const highest = new Map<string, number>();
  for (const { series, number } of noted) highest.set(series, Math.max(number, highest.get(series) ?? 0));
  await CounterModel.bulkWrite(
    [...highest].map(([_id, last]) => ({
      updateOne: { filter: { _id }, update: { $max: { last } }, upsert: true },
    })),
    { ordered: false },
  );
  return [];
});
