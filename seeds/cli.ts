// Duty: `npm run seed`: put facts and example data into the database, and with `--cases 100000` many invented cases besides.
import { parseArgs } from 'node:util';
import { connectDatabase, ensureIndexes } from '../server/database/connect.ts';
import { refuseHalfRestored } from '../server/database/unfinishedRestore.ts';
import { EnvFaults, readEnv, readPlaces } from '../server/env.ts';
import { log } from '../server/log.ts';
import { openReceipts } from '../server/receiptCodes.ts';
import { generateCases } from './generated.ts';
import { seed } from './index.ts';

const usage = `npm run seed -- [--cases 100000] [--seed 1] [--until 2026-01-31]
Seeds what SEED says, then as many invented cases as asked: the same for the same --seed and --until (default: today).`;

function wholeNumber(value: string | undefined, otherwise: number): number {
  const number = Number(value ?? otherwise);
  if (!Number.isInteger(number) || number < 0 || number > 5_000_000) throw new Error(usage);
  return number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string' },
      seed: { type: 'string' },
      until: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const cases = wholeNumber(values.cases, 0);
  const today = new Date().toISOString().slice(0, 10);
  const until = new Date(`${values.until ?? today}T06:00:00Z`);
  if (Number.isNaN(until.getTime())) throw new Error(usage);
  await refuseHalfRestored(readPlaces());
  const env = readEnv();
  log.level = 'warn';
  const database = await connectDatabase({ mongodbUri: env.MONGODB_URI, dataDir: env.DATA_DIR });
  try {
    openReceipts(env.RECEIPT_SECRET);
    await ensureIndexes();
    const began = await seed(env.SEED);
    if (cases === 0) return;
    if (env.SEED !== 'example' || began !== 'example')
      throw new Error(
        'Invented cases go only into a database that began with example data, on this machine alone.',
      );
    const start = performance.now();
    const report = (done: number) =>
      process.stdout.write(
        `\r${done} of ${cases} cases, ${Math.round((performance.now() - start) / 1000)} s`,
      );
    await generateCases({ cases, seed: wholeNumber(values.seed, 1), until, progress: report });
    process.stdout.write('\n');
  } finally {
    await database.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvFaults || error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
