// Duty: one database for the whole mocha process, empty for every test file. Embedded by default, MONGODB_URI when set.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { connectDatabase, type Database, ensureIndexes } from '../../server/database/connect.ts';

const folder = mkdtempSync(join(tmpdir(), 'kosint-test-'));
let database: Promise<Database> | null = null;

export const testFolder = folder;

// A process that mocha merely ends: its database ends with it, and nothing stays behind.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Connects once, then only empties every collection. */
export async function emptyDatabase(): Promise<Database> {
  database ??= connectDatabase({
    mongodbUri: process.env.MONGODB_URI,
    dataDir: folder,
    name: `test-${process.pid}`,
  });
  const connected = await database;
  for (const { name } of await mongoose.connection.db!.listCollections().toArray()) {
    await mongoose.connection.db!.collection(name).deleteMany({});
  }
  await ensureIndexes();
  return connected;
}

export async function closeDatabase(): Promise<void> {
  if (database) {
    const connected = await database;
    if (process.env.MONGODB_URI) await mongoose.connection.dropDatabase();
    await connected.stop();
  }
}
