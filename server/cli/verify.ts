// Duty: `npm run verify`: look through records, index entries and files, while the server runs or not, and say what does not agree.
import { verifyRecords } from '../backup/verify.ts';
import { connectDatabase } from '../database/connect.ts';
import { readPlaces } from '../env.ts';
import { log } from '../log.ts';
import { operate } from './operate.ts';

operate(async () => {
  const { DATA_DIR, MONGODB_URI } = readPlaces();
  log.level = 'error';
  const database = await connectDatabase({ mongodbUri: MONGODB_URI, dataDir: DATA_DIR });
  try {
    const { records, files, faults } = await verifyRecords(MONGODB_URI === undefined);
    for (const fault of faults) console.log(fault);
    console.log(
      `${records} records, ${files} files: ${faults.length === 0 ? 'everything agrees.' : `${faults.length} faults.`}`,
    );
    return faults.length === 0 ? 0 : 1;
  } finally {
    await database.stop();
  }
});
