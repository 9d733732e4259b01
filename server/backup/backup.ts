// Duty: one sealed file with everything an installation needs to come back: records, uploaded files, secrets. Reads only.
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { writeArchive } from '../database/embedded/cli/archive.ts';
import { type Amount, counted } from '../database/embedded/cli/backup.ts';
import { type BundledFile, bundled } from './bundle.ts';
import { databaseParts, type Places } from './database.ts';
import { dataFiles } from './dataFolder.ts';
import { sealing } from './sealed.ts';

export const manifestName = 'manifest.json';
/** In mongodump's format, so that the records can be got at without this program. */
export const archiveName = 'database.archive';

export interface Manifest {
  format: 1;
  made: string;
  /** False where writers may have changed records between one and the next. */
  oneMoment: boolean;
  withVaultKey: boolean;
}

export interface BackupRequest {
  places: Places;
  file: string;
  passphrase: string;
  withVaultKey: boolean;
  signal?: AbortSignal;
}

export interface MadeBackup extends Amount {
  files: number;
  bytes: number;
  oneMoment: boolean;
}

/** A file of this name is a whole backup or not there; one that is there is never written over. */
export async function makeBackup(request: BackupRequest): Promise<MadeBackup> {
  const { places, passphrase, withVaultKey, signal } = request;
  const file = resolve(request.file);
  if (!existsSync(places.DATA_DIR)) throw new BackupRefused('There is no such data folder.');
  if (existsSync(file)) throw new BackupRefused(`There is a file already: ${file}`);
  const unfinished = `${file}.${randomBytes(6).toString('hex')}.unfinished`;
  const made = { collections: 0, documents: 0, files: 0 };
  const oneMoment = places.MONGODB_URI === undefined;

  async function* content(): AsyncGenerator<BundledFile> {
    const manifest: Manifest = { format: 1, made: new Date().toISOString(), oneMoment, withVaultKey };
    yield {
      path: manifestName,
      mode: 0o600,
      content: Readable.from([Buffer.from(JSON.stringify(manifest))]),
    };
    for await (const one of dataFiles(places.DATA_DIR, { withVaultKey })) {
      made.files += 1;
      yield one;
    }
    const parts = counted(databaseParts(places), made);
    yield { path: archiveName, mode: 0o600, content: writeArchive(parts) };
  }

  try {
    await pipeline(
      Readable.from(bundled(content())),
      createGzip({ level: 1 }),
      sealing(passphrase),
      createWriteStream(unfinished, { mode: 0o600, flags: 'wx', flush: true }),
      { signal },
    );
    await rename(unfinished, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return { ...made, oneMoment, bytes: (await stat(file)).size };
}

/** What an operator asked for cannot be done; the message says why. */
export class BackupRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupRefused';
  }
}

/** The new name itself is on disk. Windows knows no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
