// Duty: the code by which a person follows a case without an account: derived from the case's id, and hashed for keeping.
import { createHmac, hkdfSync } from 'node:crypto';

const digits = 16;

let keys: { code: Buffer; hash: Buffer } | null = null;

/** Once at start, before a case is logged. Another secret makes other codes, and finds none that were given out before. */
export function openReceipts(secret: string): void {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `kosint ${purpose}`, 32));
  keys = { code: derive('receipt code'), hash: derive('receipt hash') };
}

function keyFor(purpose: 'code' | 'hash'): Buffer {
  if (!keys) throw new Error('openReceipts first');
  return keys[purpose];
}

/** Sixteen digits, always the same for a case, so that a lost answer loses no code; said and written in groups of four. */
export function receiptOf(caseId: string): string {
  const bytes = createHmac('sha256', keyFor('code')).update(caseId).digest();
  // 128 bits over 10^16 codes: no code is likelier than another by more than one in 10^22.
  const number = BigInt(`0x${bytes.subarray(0, 16).toString('hex')}`) % 10n ** BigInt(digits);
  return number.toString().padStart(digits, '0');
}

/** All that is kept of a receipt. Keyed, or whoever has the database could try all 10^16 codes. */
export function receiptHash(receipt: string): string {
  return createHmac('sha256', keyFor('hash')).update(receipt).digest('base64url');
}
