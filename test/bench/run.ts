// Duty: `npm run bench -- [scenario …] [--cases N] [--seconds S] [--data FOLDER] [--only JOB]`: run scenarios one after the other, print and keep their rows.
import { parseArgs } from 'node:util';
import { benchDatabase } from './database.ts';
import { benchLive } from './live.ts';
import { benchMain } from './main.ts';
import { type BenchRow, keepRows, printRows } from './rows.ts';
import { benchStart } from './start.ts';
import { benchSummaries } from './summaries.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '8' },
    data: { type: 'string' },
    only: { type: 'string' },
    documents: { type: 'string', default: '1000000' },
  },
});

const data = { cases: Number(values.cases), data: values.data };
const scenarios: Record<string, () => Promise<BenchRow[]>> = {
  database: () => benchDatabase({ documents: Number(values.documents) }),
  main: () => benchMain({ ...data, seconds: Number(values.seconds), only: values.only }),
  start: () => benchStart(data),
  live: () => benchLive(data),
  summaries: () => benchSummaries({ ...data, seconds: Number(values.seconds) }),
};

const wanted = positionals.length > 0 ? positionals : Object.keys(scenarios);
const unknown = wanted.filter((name) => !(name in scenarios));
if (unknown.length > 0) {
  console.error(`No scenario ${unknown.join(', ')}; there are: ${Object.keys(scenarios).join(', ')}`);
  process.exit(1);
}
for (const name of wanted) {
  const rows = await scenarios[name]!();
  printRows(name, rows);
  console.log(`  kept in ${keepRows(name, rows)}`);
}
