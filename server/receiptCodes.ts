// Duty: the codes on the papers that people hold: derived from an id under a secret of their own, and hashed for keeping. What a code opens is its slice's.
import { createHmac, hkdfSync } from 'node:crypto';

/** Each kind has keys of its own: a code of one kind says nothing about another. */
type Kind = 'receipt' | 'withdrawal';

const digits = 16;
let secretKept: string | null = null;
const keys = new Map<string, Buffer>();

/** Once at start, before a code is made. Another secret makes other codes, and finds none that were given out before. */
export function openReceipts(secret: string): void {
  secretKept = secret;
  keys.clear();
}

function keyFor(kind: Kind, purpose: 'code' | 'hash'): Buffer {
  if (secretKept === null) throw new Error('openReceipts first');
  const name = `kosint ${kind} ${purpose}`;
  const key = keys.get(name) ?? Buffer.from(hkdfSync('sha256', secretKept, '', name, 32));
  keys.set(name, key);
  return key;
}

/** Sixteen digits, always the same for an id, so that a lost answer loses no code; said and written in groups of four. */
export function codeOf(kind: Kind, id: string): string {
  const bytes = createHmac('sha256', keyFor(kind, 'code')).update(id).digest();
  // 128 bits over 10^16 codes: no code is likelier than another by more than one in 10^22.
  const number = BigInt(`0x${bytes.subarray(0, 16).toString('hex')}`) % 10n ** BigInt(digits);
  return number.toString().padStart(digits, '0');
}

/** All that is kept of a code. Keyed, or whoever has the database could try all 10^16 codes. */
export const hashOfCode = (kind: Kind, code: string): string =>
  createHmac('sha256', keyFor(kind, 'hash')).update(code).digest('base64url');
