// Duty: what a scenario reports, and how reports are printed and kept. Nothing is measured here.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/root.ts';

export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  /** What `value` should reach, in words, e.g. `≥ 5,000`. */
  goal?: string;
  ok?: boolean;
  /** To a baseline of the same run; `1` is as fast. */
  ratio?: number;
  /** Anything else worth reading: p50, p99, bytes. */
  note?: string;
}

const figure = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });

export function printRows(title: string, rows: BenchRow[]): void {
  console.log(`\n${title}`);
  const wide = Math.max(...rows.map((row) => row.name.length));
  for (const row of rows) {
    const goal = row.goal ? `  goal ${row.goal}${row.ok === undefined ? '' : row.ok ? ' ✔' : ' ✘'}` : '';
    const ratio = row.ratio === undefined ? '' : `  ${row.ratio.toFixed(2)} × baseline`;
    console.log(
      `  ${row.name.padEnd(wide)}  ${figure(row.value).padStart(9)} ${row.unit}${goal}${ratio}${row.note ? `  ${row.note}` : ''}`,
    );
  }
}

/** Keeps the run as JSON under `.bench/`, which is not committed. */
export function keepRows(scenario: string, rows: BenchRow[]): string {
  const folder = join(projectRoot, '.bench');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${scenario}.json`);
  writeFileSync(path, `${JSON.stringify({ scenario, at: new Date().toISOString(), rows }, null, 2)}\n`);
  return path;
}
