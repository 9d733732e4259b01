// Duty: the next reference of a municipality and year, e.g. FER-2026-0042, never twice. What is numbered is not known here.
import { type MunicipalitySlug, municipalityCodes } from '../../../shared/directory.ts';
import { CounterModel } from './cases.model.ts';

interface Waiting {
  resolve(number: number): void;
  reject(error: unknown): void;
}
/** Per counter, those who asked while an increment was under way: they share the next one. */
const waiting = new Map<string, Waiting[]>();

/** Everybody who asks at once is served by one atomic increment; a command that fails later leaves a gap, never a repeat. */
export async function nextReference(municipality: MunicipalitySlug, year: number): Promise<string> {
  const key = `${municipalityCodes[municipality]}-${year}`;
  const number = await new Promise<number>((resolve, reject) => {
    const queue = waiting.get(key);
    if (queue) queue.push({ resolve, reject });
    else {
      waiting.set(key, [{ resolve, reject }]);
      void serve(key);
    }
  });
  return `${key}-${String(number).padStart(4, '0')}`;
}

async function serve(key: string): Promise<void> {
  for (;;) {
    const batch = waiting.get(key)!;
    if (batch.length === 0) {
      waiting.delete(key);
      return;
    }
    waiting.set(key, []);
    try {
      const last = await take(key, batch.length);
      batch.forEach((one, index) => {
        one.resolve(last - batch.length + 1 + index);
      });
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }
}

async function take(key: string, count: number): Promise<number> {
  const counter = await CounterModel.findOneAndUpdate(
    { _id: key },
    { $inc: { last: count } },
    { upsert: true, returnDocument: 'after' },
  ).lean();
  return counter!.last;
}
