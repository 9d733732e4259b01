// Duty: a whole run as data: when, where, on what, with which rows; kept as JSON and read again. How it looks is page.ts and markdown.ts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from '../rows.ts';
import { pageOf } from './page.ts';

export interface Machine {
  processor: string;
  cores: number;
  memoryGigabytes: number;
  system: string;
  node: string;
}

export interface Scenario {
  name: string;
  rows: BenchRow[];
  seconds: number;
  /** Why it has no rows. */
  fault?: string;
}

export interface Report {
  product: string;
  /** Address of the server, when it was not started by the bench. */
  target: string | null;
  cases: number;
  /** When the run began, ISO. */
  at: string;
  /** At the start: what else the machine was doing, over 1, 5 and 15 minutes. Above a few tenths, figures are lower than they could be. */
  load: number[];
  machine: Machine;
  scenarios: Scenario[];
}

export function newReport(about: Pick<Report, 'product' | 'target' | 'cases'>): Report {
  const all = cpus();
  return {
    ...about,
    at: new Date().toISOString(),
    load: loadavg().map((value) => Math.round(value * 100) / 100),
    machine: {
      processor: all[0]?.model.trim() ?? '',
      cores: all.length,
      memoryGigabytes: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release()}`,
      node: process.version,
    },
    scenarios: [],
  };
}

/** One line of what a reader needs in order to judge. */
export const circumstances = ({ at, load, machine, cases }: Report): string =>
  `${at.slice(0, 16).replace('T', ' ')} UTC · ${cases.toLocaleString('en')} cases · ${machine.cores} × ${machine.processor}, ${machine.memoryGigabytes} GB · ${machine.system} · Node ${machine.node} · load at the start ${load.join(' ')}`;

/** `bench.json` and `bench.html` in the folder; written anew after every scenario, so that a run cut short is kept. */
export function keepReport(report: Report, folder: string): { json: string; html: string } {
  mkdirSync(folder, { recursive: true });
  const [json, html] = [join(folder, 'bench.json'), join(folder, 'bench.html')];
  writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(html, pageOf(report));
  return { json, html };
}

export const readReport = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Report;

/** Each row with the value of the same row in an earlier run: of another size, another day or another product. */
export function besideEarlier(scenario: Scenario, earlier: Report): Scenario {
  const name = `${earlier.product}, ${earlier.cases.toLocaleString('en')} cases, ${earlier.at.slice(0, 10)}`;
  // Sizes are part of some names.
  const plain = (text: string) => text.replace(/[\d,]{4,} (cases|documents)/, '');
  const rowsThen = earlier.scenarios.find((one) => one.name === scenario.name)?.rows ?? [];
  const rows = scenario.rows.map((row) => {
    const then = rowsThen.find((one) => plain(one.name) === plain(row.name));
    return then ? { ...row, earlier: { name, value: then.value } } : row;
  });
  return { ...scenario, rows };
}
