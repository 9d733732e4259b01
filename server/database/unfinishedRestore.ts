// Duty: the sign in a MongoDB that a restore into it began and did not end, and the refusal of whoever finds it. Who sets it: backup/mongoPlace.ts.
import { MongoClient } from 'mongodb';

/** A collection that is there while a restore fills the database, and afterwards only if that was killed. */
export const unfinishedRestore = 'unfinishedRestore';

export class HalfRestored extends Error {
  constructor(name: string) {
    super(
      `The database ${name} is half restored: a restore into it is under way or was cut off. Run "npm run restore" with the same database again, which begins anew, and start afterwards.`,
    );
    this.name = 'HalfRestored';
  }
}

/** With a connection of its own: one that mongoose opens makes every collection first. */
export async function refuseHalfRestored(uri: string): Promise<void> {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    const db = client.db();
    if (await db.collection(unfinishedRestore).findOne()) throw new HalfRestored(db.databaseName);
  } finally {
    await client.close();
  }
}
