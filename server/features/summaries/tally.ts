// Duty: add up observations by measure, month and cell, in memory that does not grow with their number. Knows no record.
import { cellsOf, type MeasureKey, measureKeys, measures } from '../../../shared/indicators.ts';
import type { TableName } from '../../../shared/summaryLists.ts';
import type { Measured } from './withholding.ts';

type Cells = Partial<Record<TableName, string>>;

interface MonthTally {
  total: number;
  cells: Map<string, number>;
  behind: Map<string, number>;
  /** By cell, and of the whole under an empty name: what one record brings at most. */
  largest: Map<string, number>;
  /** How many took so many days. */
  days: Map<number, number>;
}

/** A measure's numbers over some months, as they are kept. */
export interface MeasureCounts extends Measured {
  /** Days → how many, for medians. */
  days: Record<string, number>;
}

const rise = <Key>(map: Map<Key, number>, key: Key, by: number) => map.set(key, (map.get(key) ?? 0) + by);
const raise = <Key>(map: Map<Key, number>, key: Key, to: number) =>
  map.set(key, Math.max(map.get(key) ?? 0, to));

export class Tally {
  readonly #months = new Map<string, MonthTally>();

  #of(measure: MeasureKey, month: string): MonthTally {
    const key = `${measure} ${month}`;
    let found = this.#months.get(key);
    if (!found) {
      found = { total: 0, cells: new Map(), behind: new Map(), largest: new Map(), days: new Map() };
      this.#months.set(key, found);
    }
    return found;
  }

  /** One record of this measure in that month; `amount` is more than one where the measure adds something up. */
  add(measure: MeasureKey, month: string, cells: Cells, amount = 1): void {
    const tally = this.#of(measure, month);
    const isSum = measures[measure].unit === 'people';
    tally.total += amount;
    if (isSum) raise(tally.largest, '', amount);
    for (const table in cells) {
      const key = `${table}/${cells[table as TableName]}`;
      rise(tally.cells, key, amount);
      if (!isSum) continue;
      rise(tally.behind, key, 1);
      raise(tally.largest, key, amount);
    }
  }

  /** A part of what `add` added, to one cell of a table that records share among several cells. */
  addPart(measure: MeasureKey, month: string, table: TableName, cell: string, amount: number): void {
    if (amount === 0) return;
    const tally = this.#of(measure, month);
    rise(tally.cells, `${table}/${cell}`, amount);
    rise(tally.behind, `${table}/${cell}`, 1);
    raise(tally.largest, `${table}/${cell}`, amount);
  }

  addDays(measure: MeasureKey, month: string, days: number): void {
    rise(this.#of(measure, month).days, days, 1);
  }

  countsOf(measure: MeasureKey, months: readonly string[]): MeasureCounts {
    const found = months.flatMap((month) => this.#months.get(`${measure} ${month}`) ?? []);
    const sum = (of: (tally: MonthTally) => number) => found.reduce((all, tally) => all + of(tally), 0);
    const most = (key: string) => Math.max(0, ...found.map(({ largest }) => largest.get(key) ?? 0));
    const tablesOf = (valueAt: (key: string) => number) =>
      Object.fromEntries(
        measures[measure].tables.map((table) => [
          table,
          Object.fromEntries(cellsOf(table).map((cell) => [cell, valueAt(`${table}/${cell}`)])),
        ]),
      );
    const added = (kind: 'cells' | 'behind') => tablesOf((key) => sum((tally) => tally[kind].get(key) ?? 0));
    const days: Record<string, number> = {};
    for (const tally of found)
      for (const [taken, count] of tally.days) days[taken] = (days[taken] ?? 0) + count;
    const isSum = measures[measure].unit === 'people';
    return {
      total: sum((tally) => tally.total),
      tables: added('cells'),
      ...(isSum ? { behind: added('behind'), largest: { total: most(''), tables: tablesOf(most) } } : {}),
      days,
    };
  }

  all(months: readonly string[]): Record<MeasureKey, MeasureCounts> {
    return Object.fromEntries(
      measureKeys.map((measure) => [measure, this.countsOf(measure, months)]),
    ) as Record<MeasureKey, MeasureCounts>;
  }
}

/** The lower median in whole days: one of the numbers there are, so that nothing is rounded. */
export function medianOf(days: Readonly<Record<string, number>>): number | null {
  const sorted = Object.entries(days)
    .map(([taken, count]) => [Number(taken), count] as const)
    .sort((a, b) => a[0] - b[0]);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [taken, count] of sorted) {
    seen += count;
    if (seen * 2 >= all) return taken;
  }
  return null;
}
