// Duty: `npm run audit -- verify [HEAD]`: walk the audit log and name what is wrong with it. Changes nothing.
import { connectDatabase } from '../database/connect.ts';
import { refuseHalfRestored } from '../database/unfinishedRestore.ts';
import { readEnv, readPlaces } from '../env.ts';
import { openAudit } from '../features/audit/seals.ts';
import { walkAudit } from '../features/audit/verify.queries.ts';
import { log } from '../log.ts';
import { operate } from './operate.ts';

const usage = `npm run audit -- verify          walks every chain; ends with 1 when anything is wrong
npm run audit -- verify HEAD     also proves that the log still holds that head, e.g. 42:ab3…, from an old log line`;

const words: Record<string, string> = {
  altered: 'was altered',
  missing: 'is missing, with whatever followed it up to the next one that is there',
  out_of_order: 'does not follow the one before it: something was moved, put in or taken out here',
  index_altered: 'begins a block whose lists no longer find what it holds',
  seal_broken: 'begins a block that was not sealed by this server',
  other_key: 'was sealed under another AUDIT_SECRET',
  cut_short: 'was once the next one, and the chain ends before it',
  anchor_broken: 'was altered',
};

async function run(command: string | undefined, known: string | undefined): Promise<number> {
  if (command !== 'verify' || (known && !/^\d+:[\w-]+$/.test(known))) {
    console.log(usage);
    return command ? 2 : 0;
  }
  await refuseHalfRestored(readPlaces());
  const env = readEnv();
  log.level = 'error';
  openAudit(env.AUDIT_SECRET);
  const database = await connectDatabase({ mongodbUri: env.MONGODB_URI, dataDir: env.DATA_DIR });
  try {
    const { chains, entries, lost, cut, faults, head } = await walkAudit(known);
    for (const { kind, chain, entry } of faults)
      console.log(
        chain ? `Entry ${entry} of chain ${chain} ${words[kind]}.` : `Anchor ${entry} ${words[kind]}.`,
      );
    console.log(
      `${entries} entries in ${chains} chains; ${cut} older ones were cut off; ${lost} chains ended in a crash and may lack their last second of reads.`,
    );
    console.log(
      faults.length === 0 ? `The audit log is sound. Head: ${head}` : 'The audit log is NOT sound.',
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    await database.stop();
  }
}

operate(() => run(process.argv[2], process.argv[3]));
