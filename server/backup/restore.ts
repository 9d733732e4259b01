// Duty: bring a backup back into an empty place, wholly or not at all; or only read it through. Never touches a place that holds something.
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { readArchive } from '../database/embedded/cli/archive.ts';
import { type Amount, counted } from '../database/embedded/cli/backup.ts';
import { folderMark, wholeFolder } from '../database/unfinishedRestore.ts';
import { archiveName, BackupRefused, type Manifest, manifestName } from './backup.ts';
import { type BundledFile, unbundled } from './bundle.ts';
import { type Brought, bringToFolder, type Places } from './database.ts';
import { foundByDisk, vaultKeyName, writeDataFile } from './dataFolder.ts';
import { holdMongo, type MongoPlace } from './mongoPlace.ts';
import { unsealing } from './sealed.ts';

export interface RestoreRequest {
  places: Places;
  file: string;
  passphrase: string;
  signal?: AbortSignal;
}

export interface RestoredBackup extends Amount {
  files: number;
  /** When the backup was made. */
  made: string;
  hasVaultKey: boolean;
}

const staged = '.restoring-';

export async function restoreBackup(request: RestoreRequest): Promise<RestoredBackup> {
  const { DATA_DIR, MONGODB_URI } = request.places;
  const target = resolve(DATA_DIR);
  if (!MONGODB_URI) return restoreFolder(request, target, null);
  const mongo = await holdMongo(MONGODB_URI);
  try {
    const restored = await restoreFolder(request, target, mongo);
    await mongo.done();
    await rm(join(target, folderMark), { force: true });
    return restored;
  } catch (error) {
    // What it cannot take back stays marked, and the next restore begins anew.
    await mongo.undo().catch(() => undefined);
    throw error;
  }
}

/**
 * The folder comes as a whole or not at all. One that was there before is marked until it is whole: a kill in between leaves half of it,
 * which nobody may take for an installation. Where the records go elsewhere, the mark says of which restore it is until that is done.
 */
async function restoreFolder(
  request: RestoreRequest,
  target: string,
  mongo: MongoPlace | null,
): Promise<RestoredBackup> {
  const exists = await isThere(target);
  const wasMarked = await refuseFull(target, exists, mongo);
  const marks = exists && !mongo;
  if (marks) await writeFile(join(target, folderMark), wholeFolder, { mode: 0o600 });
  // A folder that is there may be a mount: then its parent is no place to build in.
  const staging = join(exists ? target : dirname(target), `${staged}${randomBytes(6).toString('hex')}`);
  const moved: string[] = [];
  try {
    await mkdir(staging, { recursive: true, mode: 0o700 });
    const restored = await readThrough(request, {
      keep: (file) => writeDataFile(staging, file),
      database: (parts) => (mongo ? mongo.fill(parts) : bringToFolder(staging, parts)),
    });
    if (mongo) await writeFile(join(staging, folderMark), mongo.id, { mode: 0o600 });
    if (exists) {
      const names = (await readdir(staging)).filter((name) => name !== folderMark);
      for (const name of mongo ? [folderMark, ...names] : names) {
        moved.unshift(name);
        await rename(join(staging, name), join(target, name));
      }
      await rm(staging, { recursive: true });
      if (marks) await rm(join(target, folderMark));
    } else await rename(staging, target);
    return restored;
  } catch (error) {
    for (const left of [staging, ...moved.map((name) => join(target, name))])
      await rm(left, { recursive: true, force: true });
    // Whoever found it marked knows of an installation that was to come here.
    if (marks && !wasMarked) await rm(join(target, folderMark), { force: true });
    throw error;
  }
}

/** Reads and checks everything without keeping anything. */
export const checkBackup = (request: Omit<RestoreRequest, 'places'>): Promise<RestoredBackup> =>
  readThrough(request, {
    async keep(file) {
      for await (const _ of file.content);
    },
    async database(parts) {
      const amount = { collections: 0, documents: 0 };
      for await (const _ of counted(parts, amount));
      return { ...amount, faults: [] };
    },
  });

interface Receiver {
  keep(file: BundledFile): Promise<void>;
  database(parts: ReturnType<typeof readArchive>): Promise<Brought>;
}

async function readThrough(
  { file, passphrase, signal }: Omit<RestoreRequest, 'places'>,
  receiver: Receiver,
): Promise<RestoredBackup> {
  let manifest: Manifest | undefined;
  let brought: Brought | undefined;
  let files = 0;
  let hasVaultKey = false;
  if (!(await isThere(file))) throw new BackupRefused(`There is no file ${file}`);
  await pipeline(
    createReadStream(file, { highWaterMark: 1024 * 1024 }),
    unsealing(passphrase),
    createGunzip(),
    async (bytes: AsyncIterable<Uint8Array>) => {
      for await (const one of unbundled(bytes)) {
        if (one.path === manifestName)
          manifest = JSON.parse((await buffer(one.content)).toString()) as Manifest;
        else if (one.path === archiveName) brought = await receiver.database(readArchive(one.content));
        else {
          await receiver.keep(one);
          files += 1;
          hasVaultKey ||= one.path === vaultKeyName;
        }
      }
    },
    { signal },
  );
  if (manifest?.format !== 1 || !brought) throw new BackupRefused('The backup is of another make.');
  if (brought.faults.length > 0)
    throw new BackupRefused(`What came back does not agree: ${brought.faults.slice(0, 3).join('; ')}`);
  const { collections, documents } = brought;
  return { collections, documents, files, made: manifest.made, hasVaultKey };
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** What an interrupted restore left is cleared away, all but its mark; answers whether there was one. */
async function refuseFull(target: string, exists: boolean, mongo: MongoPlace | null): Promise<boolean> {
  const names = (exists ? await readdir(target) : []).filter((name) => name !== foundByDisk);
  const isMarked =
    names.includes(folderMark) &&
    (await readFile(join(target, folderMark), 'utf8')) === (mongo?.id ?? wholeFolder);
  const isLeft = (name: string) => isMarked || name.startsWith(staged);
  for (const name of names.filter(isLeft))
    if (name !== folderMark) await rm(join(target, name), { recursive: true, force: true });
  if (!names.every(isLeft))
    throw new BackupRefused(
      `The folder ${target} is not empty: a backup comes back into an empty or a new folder only.`,
    );
  return isMarked;
}
