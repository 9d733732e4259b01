// Duty: which files of the data folder a backup holds, and where they come back to. The database's own folder is never among them.
import { type FileHandle, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import type { BundledFile } from './bundle.ts';
import { isSealed } from './sealed.ts';

export const vaultKeyName = 'vault-key';

/** A file system's own, where the folder is a disk; whoever runs the server may not even look into it. */
export const foundByDisk = 'lost+found';
/** The database is saved as records; uploads are not finished; live holds addresses of running processes; an outbox elsewhere is another one. */
const leftOut = ['database', 'uploads', 'live', 'marks', 'outbox-id', foundByDisk];

/** Secrets and letters that wait in the outbox; never earlier backups, wherever in the folder they lie. */
export async function* dataFiles(
  folder: string,
  { withVaultKey }: { withVaultKey: boolean },
): AsyncGenerator<BundledFile> {
  for (const path of await filesBelow(folder, '')) {
    const [first] = path.split('/');
    // Its drafts too: a rotation that was cut short leaves one.
    const isVaultKey = path.startsWith(vaultKeyName);
    if (leftOut.includes(first!) || (isVaultKey && !withVaultKey)) continue;
    const file = await opened(join(folder, path));
    if (!file) continue;
    try {
      if (await isSealed(file)) continue;
      const { mode } = await file.stat();
      yield { path, mode: mode & 0o777, content: file.createReadStream({ start: 0, autoClose: false }) };
    } finally {
      await file.close();
    }
  }
}

/** Null when it has gone since the folder was read: a letter that was sent, a draft that was put in its place. */
async function opened(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function filesBelow(folder: string, inside: string): Promise<string[]> {
  const entries = await readdir(join(folder, inside), { withFileTypes: true });
  const below = await Promise.all(
    entries.map((entry) => {
      const path = inside ? `${inside}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return leftOut.includes(path) ? [] : filesBelow(folder, path);
      return entry.isFile() && !/\.(unfinished|part)$/.test(path) ? [path] : [];
    }),
  );
  return below.flat().sort();
}

/** Never outside the folder, whatever the name says; as readable as it was. */
export async function writeDataFile(folder: string, file: BundledFile): Promise<void> {
  const path = join(folder, normalize(file.path));
  if (!path.startsWith(folder + sep)) throw new Error('A file of the backup leads out of the folder');
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, file.content, { mode: file.mode & 0o777, flag: 'wx', flush: true });
}
