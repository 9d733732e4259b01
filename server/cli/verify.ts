// Duty: `npm run verify`: look through records, index entries, files and the audit log's chain, while the server runs or not, and say what does not agree.
import { existsSync } from 'node:fs';
import { BackupRefused } from '../backup/backup.ts';
import { verifyRecords } from '../backup/verify.ts';
import { connectDatabase } from '../database/connect.ts';
import { refuseHalfRestored } from '../database/unfinishedRestore.ts';
import { readEnv, readPlaces } from '../env.ts';
import { openAudit } from '../features/audit/seals.ts';
import { walkAudit } from '../features/audit/verify.queries.ts';
import { log } from '../log.ts';
import { operate } from './operate.ts';

operate(async () => {
  // Asked first: reading the whole environment makes the secrets of a folder that has none.
  const places = readPlaces();
  if (!existsSync(places.DATA_DIR)) throw new BackupRefused('There is no such data folder.');
  await refuseHalfRestored(places);
  const { DATA_DIR, MONGODB_URI, AUDIT_SECRET } = readEnv();
  log.level = 'error';
  openAudit(AUDIT_SECRET);
  const database = await connectDatabase({ mongodbUri: MONGODB_URI, dataDir: DATA_DIR });
  try {
    const { records, files, faults } = await verifyRecords(MONGODB_URI === undefined);
    const chain = await walkAudit();
    for (const { kind, chain: name, entry } of chain.faults)
      faults.push(`audit log ${name ?? 'of anchors'}, entry ${entry}: ${kind}`);
    for (const fault of faults) console.log(fault);
    const verdict = faults.length === 0 ? 'everything agrees.' : `${faults.length} faults.`;
    console.log(`${records} records, ${files} files, ${chain.entries} entries of the audit log: ${verdict}`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await database.stop();
  }
});
