// Duty: what this device keeps of one person's own work, sealed: texts in localStorage, files in IndexedDB. Wiped whole at sign-out.
import { kept } from './kept.ts';
import {
  deleteOwnDatabase,
  inOwnDatabase,
  isSealedText,
  ownKey,
  type Sealed,
  seal,
  sealText,
  unseal,
  unsealText,
} from './ownKey.ts';

export interface OwnTexts {
  get(name: string): string | null;
  /** False when the device refuses to keep it (a private window, a full disk); it then lasts until the page closes. */
  set(name: string, text: string | null): boolean;
  /** Names that begin so, in no order. */
  names(start: string): string[];
}

/** One person's texts as this page holds them; the device holds them sealed, a few milliseconds later. */
interface Opened {
  texts: Map<string, string>;
  /** Null: the browser gives no key to keep things with, so that nothing leaves this page's memory. */
  key: CryptoKey | null;
  /** Whether the newest write reached the device. */
  keeps: boolean;
  /** Raised by every change of a name, so that an older sealing never lands on a newer text. */
  turns: Map<string, number>;
}

const opened = new Map<string, Opened>();
const opening = new Map<string, Promise<void>>();
const prefixOf = (userId: string) => `own.${userId}.`;

const blank = (key: CryptoKey | null): Opened => ({
  texts: new Map(),
  key,
  keeps: key !== null,
  turns: new Map(),
});

/** Before anything of that person is read or written here. Resolves also where the browser keeps nothing. */
export function openOwn(userId: string): Promise<void> {
  const ready = opening.get(userId) ?? load(userId);
  opening.set(userId, ready);
  return ready;
}

async function load(userId: string): Promise<void> {
  const key = await ownKey(userId).catch(() => null);
  const own = blank(key);
  const prefix = prefixOf(userId);
  for (const place of key ? kept.keys(prefix) : []) {
    const text = await readAt(key!, place);
    if (text === null) kept.set(place, null);
    else own.texts.set(place.slice(prefix.length), text);
  }
  opened.set(userId, own);
  // Whatever an older version of this page kept open is sealed now.
  for (const [name, text] of own.texts)
    if (!isSealedText(kept.get(prefix + name) ?? '')) write(userId, own, name, text);
}

async function readAt(key: CryptoKey, place: string): Promise<string | null> {
  const found = kept.get(place);
  if (found === null || !isSealedText(found)) return found;
  return unsealText(key, place, found).catch(() => null);
}

function write(userId: string, own: Opened, name: string, text: string | null): void {
  const place = prefixOf(userId) + name;
  const turn = (own.turns.get(name) ?? 0) + 1;
  own.turns.set(name, turn);
  if (text === null) kept.set(place, null);
  const { key } = own;
  if (text === null || !key) return;
  void sealText(key, place, text).then((sealed) => {
    // Written over or wiped meanwhile.
    if (own.turns.get(name) !== turn || opened.get(userId) !== own) return;
    kept.set(place, sealed);
    own.keeps = kept.get(place) === sealed;
  });
}

function openOf(userId: string): Opened {
  const own = opened.get(userId) ?? blank(null);
  opened.set(userId, own);
  return own;
}

export function ownTexts(userId: string): OwnTexts {
  return {
    get: (name) => openOf(userId).texts.get(name) ?? null,
    set(name, text) {
      const own = openOf(userId);
      if (text === null) own.texts.delete(name);
      else own.texts.set(name, text);
      write(userId, own, name, text);
      return own.keeps;
    },
    names: (start) => [...openOf(userId).texts.keys()].filter((name) => name.startsWith(start)),
  };
}

/** What another window of the same person wrote is known here too. */
async function takeOver(place: string | null): Promise<void> {
  const [, userId = '', name = ''] = /^kosint\.own\.([^.]+)\.(.+)$/.exec(place ?? '') ?? [];
  const own = opened.get(userId);
  if (!own?.key) return;
  const turn = (own.turns.get(name) ?? 0) + 1;
  own.turns.set(name, turn);
  const text = await readAt(own.key, prefixOf(userId) + name);
  if (own.turns.get(name) !== turn) return;
  if (text === null) own.texts.delete(name);
  else own.texts.set(name, text);
}
if (typeof addEventListener === 'function') addEventListener('storage', ({ key }) => void takeOver(key));

export interface OwnFile {
  blob: Blob;
  name: string;
}

interface KeptFile {
  head: Sealed;
  body: Sealed;
}

/** Bytes rather than a Blob are kept: some phones lose a stored Blob when the browser is killed. */
export const ownFiles = {
  async put(userId: string, id: string, { blob, name }: OwnFile): Promise<void> {
    const { key } = openOf(userId);
    if (!key) throw new Error('This browser keeps no files');
    const head = new TextEncoder().encode(JSON.stringify({ name, type: blob.type }));
    const file: KeptFile = {
      head: await seal(key, `file ${id} head`, head),
      body: await seal(key, `file ${id}`, await blob.arrayBuffer()),
    };
    if (openOf(userId).key !== key) throw new Error('Signed out meanwhile');
    await inOwnDatabase(userId, 'files', 'readwrite', (store) => store.put(file, id));
  },
  async get(userId: string, id: string): Promise<OwnFile | null> {
    const { key } = openOf(userId);
    const found = key
      ? await inOwnDatabase<KeptFile | undefined>(userId, 'files', 'readonly', (store) => store.get(id))
      : undefined;
    if (!key || !found?.head) return null;
    const head = new TextDecoder().decode(await unseal(key, `file ${id} head`, found.head));
    const { name, type } = JSON.parse(head) as { name: string; type: string };
    return { blob: new Blob([await unseal(key, `file ${id}`, found.body)], { type }), name };
  },
  async remove(userId: string, id: string): Promise<void> {
    if (openOf(userId).key) await inOwnDatabase(userId, 'files', 'readwrite', (store) => store.delete(id));
  },
};

/** Everything of that person goes, drafts and photos and the key to them: a shared phone must not remember. */
export function wipeOwn(userId: string): void {
  opened.delete(userId);
  opening.delete(userId);
  for (const place of kept.keys(prefixOf(userId))) kept.set(place, null);
  deleteOwnDatabase(userId);
}
