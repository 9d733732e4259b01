// Duty: connect mongoose to the database the environment names, starting the embedded one when it names none. No models here.
import { join } from 'node:path';
import mongoose from 'mongoose';
import { log } from '../log.ts';
import { mendBrokenConnections } from './brokenConnections.ts';
import { type ChangeMark, makeChangeMark } from './embedded/changeMarks.ts';
import { prepareFolder } from './embedded/folder.ts';
import { startEmbeddedDatabase } from './embedded/supervisor.ts';
import { watchCommands } from './slowCommands.ts';

export interface Database {
  uri: string;
  /** `listener` runs each time the database is back after it was away: what was written just before may be saved although its writer was told that it failed. */
  onBack(listener: () => void): void;
  stop(): Promise<void>;
}

/** Of the application inside the embedded database; a MongoDB's address names its own. */
export const databaseName = 'kosint';

mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', false);

/** Whoever calls this has asked `refuseHalfRestored`. `name` is the database's name inside the server; tests take one each. */
export async function connectDatabase(options: {
  mongodbUri: string | undefined;
  dataDir: string;
  name?: string;
  /** Commands are timed, and those slower are logged; not timed without it. */
  slowMilliseconds?: number;
}): Promise<Database> {
  mendBrokenConnections();
  const embedded = options.mongodbUri ? null : await startEmbedded(join(options.dataDir, 'database'));
  const uri = options.mongodbUri ?? embedded!.uri;
  await mongoose.connect(uri, {
    ...(options.name || embedded ? { dbName: options.name ?? databaseName } : {}),
    autoIndex: false,
    serverSelectionTimeoutMS: 5_000,
    maxPoolSize: 20,
    monitorCommands: Boolean(options.slowMilliseconds),
    ...(mark ? { appName: mark.application } : {}),
  });
  if (options.slowMilliseconds) watchCommands(mongoose.connection.getClient(), options.slowMilliseconds);
  return {
    uri,
    onBack(listener) {
      if (embedded) embedded.onRestart(listener);
      else mongoose.connection.on('reconnected', listener);
    },
    async stop() {
      await mongoose.disconnect();
      await embedded?.stop();
      mark?.remove();
      mark = null;
    },
  };
}

async function startEmbedded(dir: string) {
  mark = makeChangeMark(prepareFolder(dir));
  return startEmbeddedDatabase({ dir, log: databaseLog });
}

/** "Reason" is people's own words elsewhere and struck out of the log. */
export function databaseLog(line: string, details: object = {}): void {
  const { reason, ...rest } = details as { reason?: unknown };
  log.info(reason === undefined ? rest : { ...rest, why: reason }, line);
}

/** Of this process on an embedded database; nobody else tells. */
let mark: ChangeMark | null = null;

/**
 * Rises before any other program's change is acknowledged; null where the database does not tell. What this process keeps in
 * memory is as fresh as the database while this stands.
 */
export function changesElsewhere(): bigint | null {
  return mark?.count() || null;
}

/** Names of indexes per collection that earlier versions made and none needs now. */
const retired = new Map<string, string[]>();
export function retireIndexes(collection: string, names: string[]): void {
  retired.set(collection, names);
}

/** Makes every index the models declare and drops those that were retired; safe to repeat. */
export async function ensureIndexes(): Promise<void> {
  for (const model of Object.values(mongoose.models)) {
    await model.createIndexes();
    const names = retired.get(model.collection.name);
    if (!names) continue;
    for (const { name } of await model.collection.indexes())
      if (name && names.includes(name)) await model.collection.dropIndex(name);
  }
}
