// Duty: what the bench is asked on the command line, checked. What is done with it is run.ts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../server/root.ts';

export const scenarioNames = [
  'main',
  'live',
  'mixed',
  'memory',
  'start',
  'browser',
  'summaries',
  'database',
  'install',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];
/** What can be asked of a server that the bench did not start. */
const ofOthers: readonly ScenarioName[] = ['main', 'live', 'mixed', 'browser'];
/** Everything that is measured on this product's cases; `install` uses the npm registry, so it is asked for by name. */
const usual = scenarioNames.filter((name) => name !== 'install');

export interface BenchOptions {
  wanted: ScenarioName[];
  cases: number;
  seconds: number;
  documents: number;
  data: string | undefined;
  only: string | undefined;
  target: string | undefined;
  adapter: string | undefined;
  against: string | undefined;
  out: string;
  markdown: boolean;
}

export const usage = `npm run bench -- [scenario …] [options]
  scenarios: ${scenarioNames.join(', ')}; without a name all but install
  --cases N         how many cases (100000)
  --seconds S       of load for each job (8)
  --data FOLDER     a folder that \`npm run seed -- --cases N\` filled; it is copied, and saves seeding
  --only WORDS      only the main jobs whose names contain this
  --documents N     of the database scenario (1000000)
  --target URL      measure the server there (${ofOthers.join(', ')})
  --adapter FILE    how to speak to it; see test/bench/adapter.ts (this product's)
  --against FILE    a bench.json to put beside this run
  --out FOLDER      where bench.json and bench.html go (.bench)
  --markdown        print a Markdown table at the end`;

const isScenario = (name: string): name is ScenarioName => scenarioNames.some((one) => one === name);

/** Throws one line that says what is wrong. */
export function readOptions(words: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      cases: { type: 'string', default: '100000' },
      seconds: { type: 'string', default: '8' },
      documents: { type: 'string', default: '1000000' },
      data: { type: 'string' },
      only: { type: 'string' },
      target: { type: 'string' },
      adapter: { type: 'string' },
      against: { type: 'string' },
      out: { type: 'string', default: join(projectRoot, '.bench') },
      markdown: { type: 'boolean', default: false },
    },
  });
  const count = (name: 'cases' | 'seconds' | 'documents') => {
    const value = Number(values[name].replaceAll('_', ''));
    if (!Number.isInteger(value) || value < 1)
      throw new Error(`--${name} must be a whole number, not ${values[name]}`);
    return value;
  };
  const possible: readonly ScenarioName[] = values.target ? ofOthers : usual;
  const wanted = positionals.length > 0 ? positionals : [...possible];
  for (const name of wanted) {
    if (!isScenario(name)) throw new Error(`No scenario ${name}; there are: ${scenarioNames.join(', ')}`);
    if (values.target && !ofOthers.includes(name))
      throw new Error(
        `${name} needs a server that the bench starts itself; with --target: ${ofOthers.join(', ')}`,
      );
  }
  if (values.target && !/^https?:\/\/[^/]+$/.test(values.target))
    throw new Error(`--target must be an address without a path, not ${values.target}`);
  for (const name of ['data', 'adapter', 'against'] as const)
    if (values[name] && !existsSync(values[name])) throw new Error(`--${name}: there is no ${values[name]}`);
  return {
    ...values,
    data: values.data,
    only: values.only,
    target: values.target,
    adapter: values.adapter,
    against: values.against,
    wanted: wanted as ScenarioName[],
    cases: count('cases'),
    seconds: count('seconds'),
    documents: count('documents'),
  };
}
