// Duty: `npm run bench`: run the scenarios that are asked for one after the other; print, keep and draw what they report.
import { readAdapter } from './adapter.ts';
import { benchBrowser } from './browser.ts';
import { benchDatabase } from './database.ts';
import { benchInstall } from './install.ts';
import { benchLive } from './live.ts';
import { benchMain } from './main.ts';
import { benchMemory } from './memory.ts';
import { benchMixed } from './mixed.ts';
import { type BenchOptions, readOptions, type ScenarioName, usage } from './options.ts';
import { markdownOf } from './report/markdown.ts';
import {
  besideEarlier,
  circumstances,
  keepReport,
  newReport,
  readReport,
  type Scenario,
} from './report/report.ts';
import { type BenchRow, linesOf } from './rows.ts';
import { benchStart } from './start.ts';
import { benchSummaries } from './summaries.ts';

function asked(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

const options = asked();
const adapter = await readAdapter(options.adapter);
const { cases, seconds, data, target, only, documents } = options;
const own = { adapter, cases, data, seconds };
const scenarios: Record<ScenarioName, () => Promise<BenchRow[]> | BenchRow[]> = {
  main: () => benchMain({ ...own, target, only }),
  live: () => benchLive({ ...own, target }),
  mixed: () => benchMixed({ ...own, target }),
  memory: () => benchMemory(own),
  start: () => benchStart(own),
  browser: () => benchBrowser({ ...own, target }),
  summaries: () => benchSummaries(own),
  database: () => benchDatabase({ documents }),
  install: () => benchInstall(),
};

/** A scenario that fails is told as failed; the others still run. */
async function told(name: ScenarioName): Promise<Scenario> {
  const begun = performance.now();
  const taken = () => (performance.now() - begun) / 1000;
  try {
    const rows = await scenarios[name]();
    return { name, rows, seconds: taken() };
  } catch (error) {
    process.exitCode = 1;
    return { name, rows: [], seconds: taken(), fault: (error as Error).message };
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const report = newReport({ product: adapter.name, target: target ?? null, cases });
const earlier = options.against ? readReport(options.against) : null;
console.log(circumstances(report));
for (const name of options.wanted) {
  const plain = await told(name);
  const scenario = earlier ? besideEarlier(plain, earlier) : plain;
  console.log(scenario.fault ? `\n${name}\n  failed: ${scenario.fault}` : linesOf(name, scenario.rows));
  report.scenarios.push(scenario);
  keepReport(report, options.out);
}
const { json, html } = keepReport(report, options.out);
console.log(`\nkept in ${json} and ${html}`);
if (options.markdown) console.log(`\n${markdownOf(report)}`);
