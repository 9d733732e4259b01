// Duty: seal and unseal single values with AES-256-GCM and make blind match values, under a key ring. Knows no database and no cases.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** A sealed value as it is kept. */
export interface Sealed {
  /** Which key of the ring sealed it. */
  key: string;
  /** base64 of nonce (12), tag (16) and ciphertext. */
  box: string;
}

/** One secret, and the keys that are derived from it so that none is used for two things. */
export interface VaultKey {
  id: string;
  secret: Buffer;
  sealing: Buffer;
  matching: Buffer;
  /** Seals the keys of second factors, and opens no name. */
  factors: Buffer;
}

/** The first seals; all of them unseal. */
export interface KeyRing {
  current: VaultKey;
  keys: readonly VaultKey[];
}

/** The value cannot be read: altered, moved from another record or field, or its key is not in the ring. */
export class Unreadable extends Error {
  constructor(why: 'altered' | 'key_unknown') {
    super(why);
    this.name = 'Unreadable';
  }
}

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
/** Plaintexts are filled up to a multiple of this, so that a length does not tell a short name from a long one. */
const blockBytes = 64;

export function keyFrom(secret: Buffer): VaultKey {
  if (secret.length !== 32) throw new Error('A vault key has 32 bytes');
  const derive = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `kosint/vault/${use}`, bytes));
  return {
    id: derive('id', 6).toString('hex'),
    secret,
    sealing: derive('seal', 32),
    matching: derive('match', 32),
    factors: derive('second-factor', 32),
  };
}

export function ringOf(secrets: readonly Buffer[]): KeyRing {
  const keys = secrets.map(keyFrom);
  if (!keys[0]) throw new Error('A key ring needs a key');
  return { current: keys[0], keys };
}

/** What is sealed: each has a key of its own under every vault key. */
export type SealPurpose = 'sealing' | 'factors';

/** `place` names collection, record and field: a box moved anywhere else does not open. */
export function seal(ring: KeyRing, place: string, value: string, purpose: SealPurpose = 'sealing'): Sealed {
  const { current } = ring;
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(cipherName, current[purpose], nonce, { authTagLength: tagBytes });
  cipher.setAAD(boundTo(current.id, place));
  const sealed = Buffer.concat([cipher.update(padded(value)), cipher.final()]);
  return { key: current.id, box: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64') };
}

/** The value; throws `Unreadable` and nothing else. */
export function unseal(
  ring: KeyRing,
  place: string,
  sealed: Sealed,
  purpose: SealPurpose = 'sealing',
): string {
  const key = ring.keys.find((candidate) => candidate.id === sealed.key);
  if (!key) throw new Unreadable('key_unknown');
  try {
    const bytes = Buffer.from(sealed.box, 'base64');
    const decipher = createDecipheriv(cipherName, key[purpose], bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(boundTo(key.id, place));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    const opened = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
    return opened.subarray(0, opened.lastIndexOf(0x80)).toString('utf8');
  } catch {
    throw new Unreadable('altered');
  }
}

const boundTo = (keyId: string, place: string) => Buffer.from(`${keyId}\n${place}`, 'utf8');

function padded(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  const whole = Math.ceil((bytes.length + 1) / blockBytes) * blockBytes;
  return Buffer.concat([bytes, Buffer.from([0x80]), Buffer.alloc(whole - bytes.length - 1)]);
}

/** Kinds of values that two records may share. */
export type Matchable = 'phone' | 'idNumber';

/** One spelling per number: `044 123 456`, `+383 (44) 123-456` and `00383 44 123456` are the same telephone. */
export function normalised(kind: Matchable, value: string): string {
  if (kind === 'idNumber') return value.replace(/[^0-9a-z]/gi, '').toUpperCase();
  const digits = value.replace(/[^0-9+]/g, '').replace(/^00/, '+');
  if (digits.startsWith('+')) return digits;
  return digits.startsWith('0') ? `+383${digits.slice(1)}` : `+383${digits}`;
}

/** Equal for equal numbers, and tells nothing about them to whoever lacks the key. */
export function matchValue(key: VaultKey, kind: Matchable, value: string): string {
  return createHmac('sha256', key.matching)
    .update(`${kind}\n${normalised(kind, value)}`)
    .digest('base64');
}

const checkPlace = 'vaultChecks/check';
const checkWords = 'kosint tracker vault';

/** A value that only the right key opens: kept beside the records to know a wrong key before it does harm. */
export const sealCheck = (ring: KeyRing): Sealed => seal(ring, checkPlace, checkWords);

export function opensCheck(ring: KeyRing, sealed: Sealed): boolean {
  try {
    return timingSafeEqual(Buffer.from(unseal(ring, checkPlace, sealed)), Buffer.from(checkWords));
  } catch {
    return false;
  }
}
