// Duty: the signs that a restore was begun and did not end, in a MongoDB and in a data folder, and the refusal of whoever finds one. Who sets them: backup/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';

/** A collection that is there while a restore fills the database, and afterwards only if that was killed. */
export const unfinishedRestore = 'unfinishedRestore';

/** A file that is there while a restore fills a folder that was there before; no backup takes such a file along. */
export const folderMark = '.restore.unfinished';
/** In it where the records come into the folder too; else the id of the restore that fills the MongoDB. */
export const wholeFolder = 'folder';

export class HalfRestored extends Error {
  constructor(what: string) {
    super(
      `The ${what} is half restored: a restore into it is under way or was cut off. Run "npm run restore" there again, which begins anew, and start afterwards.`,
    );
    this.name = 'HalfRestored';
  }
}

/** Asked by every program before it makes anything there, secrets not excepted: the restore that has to come first begins with an empty place. */
export async function refuseHalfRestored(places: {
  DATA_DIR: string;
  MONGODB_URI?: string | undefined;
}): Promise<void> {
  const { DATA_DIR, MONGODB_URI } = places;
  const mark = markIn(DATA_DIR);
  // Of a restore into a MongoDB that one knows best whether it ended: it says so first.
  if (mark !== null && (!MONGODB_URI || mark === wholeFolder)) throw new HalfRestored(`folder ${DATA_DIR}`);
  if (!MONGODB_URI) return;
  // With a connection of its own: one that mongoose opens makes every collection first.
  const client = await MongoClient.connect(MONGODB_URI, { serverSelectionTimeoutMS: 5_000 });
  try {
    const db = client.db();
    if (await db.collection(unfinishedRestore).findOne())
      throw new HalfRestored(`database ${db.databaseName}`);
  } finally {
    await client.close();
  }
}

/** Null where there is none. */
function markIn(folder: string): string | null {
  try {
    return readFileSync(join(folder, folderMark), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
