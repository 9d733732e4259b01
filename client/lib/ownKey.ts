// Duty: one person's key on this device (AES-256-GCM, never extractable, in IndexedDB beside their files), and sealing with it. What is sealed: ownStore.ts.

const databaseName = (userId: string) => `kosint.own.${userId}`;
const version = 2;
/** A browser that cannot answer by then (a locked profile, a blocked deletion) keeps nothing. */
const patienceMilliseconds = 3_000;

export type StoreName = 'files' | 'keys';

function open(userId: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName(userId), version);
    opening.onupgradeneeded = () => {
      for (const name of ['files', 'keys'])
        if (!opening.result.objectStoreNames.contains(name)) opening.result.createObjectStore(name);
    };
    opening.onsuccess = () => {
      // Signing out in another window must not wait for this one.
      opening.result.onversionchange = () => opening.result.close();
      resolve(opening.result);
    };
    opening.onerror = () => reject(opening.error);
    setTimeout(() => reject(new Error('The device store did not open')), patienceMilliseconds);
  });
}

/** One transaction; resolves when it is durable. */
export async function inOwnDatabase<Result>(
  userId: string,
  name: StoreName,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open(userId);
  try {
    return await new Promise<Result>((resolve, reject) => {
      const transaction = database.transaction(name, mode);
      const asked = act(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** Key and files go together: what a backup of the profile still holds of the texts can never be opened again. */
export function deleteOwnDatabase(userId: string): void {
  if (typeof indexedDB !== 'undefined') indexedDB.deleteDatabase(databaseName(userId));
}

/** Made at the first use. Two windows that begin at once end with the same key: who writes second takes the first one's. */
export async function ownKey(userId: string): Promise<CryptoKey> {
  const kept = await inOwnDatabase<CryptoKey | undefined>(userId, 'keys', 'readonly', (store) =>
    store.get('key'),
  );
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  await inOwnDatabase(userId, 'keys', 'readwrite', (store) => {
    const asked = store.get('key');
    asked.onsuccess = () => {
      if (!asked.result) store.put(made, 'key');
    };
    return asked;
  });
  return inOwnDatabase<CryptoKey>(userId, 'keys', 'readonly', (store) => store.get('key'));
}

export interface Sealed {
  nonce: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** Bound to its place: a value that was moved to another name does not open. */
export async function seal(key: CryptoKey, place: string, content: BufferSource): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = new TextEncoder().encode(place);
  return {
    nonce,
    bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, content),
  };
}

/** Rejects what was altered, moved, or sealed with another key. */
export function unseal(key: CryptoKey, place: string, { nonce, bytes }: Sealed): Promise<ArrayBuffer> {
  const additionalData = new TextEncoder().encode(place);
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, bytes);
}

/** A sealed text as it stands in localStorage: `s1.` and the nonce with what follows it, base64. */
export async function sealText(key: CryptoKey, place: string, text: string): Promise<string> {
  const { nonce, bytes } = await seal(key, place, new TextEncoder().encode(text));
  const whole = new Uint8Array([...nonce, ...new Uint8Array(bytes)]);
  let binary = '';
  for (const byte of whole) binary += String.fromCharCode(byte);
  return `s1.${btoa(binary)}`;
}

export const isSealedText = (kept: string): boolean => kept.startsWith('s1.');

export async function unsealText(key: CryptoKey, place: string, kept: string): Promise<string> {
  const whole = Uint8Array.from(atob(kept.slice(3)), (letter) => letter.charCodeAt(0));
  const sealed = { nonce: whole.slice(0, 12), bytes: whole.slice(12).buffer };
  return new TextDecoder().decode(await unseal(key, place, sealed));
}
