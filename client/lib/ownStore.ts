// Duty: what this device keeps of one person's own work: texts in localStorage, files in IndexedDB. Wiped whole at sign-out.
import { kept } from './kept.ts';

export interface OwnTexts {
  get(name: string): string | null;
  /** False when the device refuses to keep it (a private window, a full disk). */
  set(name: string, text: string | null): boolean;
  /** Names that begin so, in no order. */
  names(start: string): string[];
}

export function ownTexts(userId: string): OwnTexts {
  const prefix = `own.${userId}.`;
  return {
    get: (name) => kept.get(prefix + name),
    set(name, text) {
      kept.set(prefix + name, text);
      return kept.get(prefix + name) === text;
    },
    names: (start) => kept.keys(prefix + start).map((key) => key.slice(prefix.length)),
  };
}

export interface OwnFile {
  blob: Blob;
  name: string;
}

const databaseName = (userId: string) => `kosint.own.${userId}`;

function openFiles(userId: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName(userId), 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('files');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function withFiles<Result>(
  userId: string,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await openFiles(userId);
  try {
    return await new Promise<Result>((resolve, reject) => {
      const transaction = database.transaction('files', mode);
      const asked = act(transaction.objectStore('files'));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Bytes rather than a Blob are kept: some phones lose a stored Blob when the browser is killed. */
export const ownFiles = {
  async put(userId: string, id: string, { blob, name }: OwnFile): Promise<void> {
    const bytes = await blob.arrayBuffer();
    await withFiles(userId, 'readwrite', (store) => store.put({ bytes, name, type: blob.type }, id));
  },
  async get(userId: string, id: string): Promise<OwnFile | null> {
    const found = await withFiles<{ bytes: ArrayBuffer; name: string; type: string } | undefined>(
      userId,
      'readonly',
      (store) => store.get(id),
    );
    return found ? { blob: new Blob([found.bytes], { type: found.type }), name: found.name } : null;
  },
  async remove(userId: string, id: string): Promise<void> {
    await withFiles(userId, 'readwrite', (store) => store.delete(id));
  },
};

/** Everything of that person goes, drafts and photos too: a shared phone must not remember. */
export function wipeOwn(userId: string): void {
  for (const key of kept.keys(`own.${userId}.`)) kept.set(key, null);
  if (typeof indexedDB !== 'undefined') indexedDB.deleteDatabase(databaseName(userId));
}
