// Duty: the code by which a person follows a case without an account: made, and hashed for keeping. Looking up by it is intake's.
import { createHash, randomInt } from 'node:crypto';

const digits = 16;

/** Sixteen digits; said and written in groups of four. */
export function newReceipt(): string {
  return Array.from({ length: digits }, () => randomInt(10)).join('');
}

/** All that is kept of a receipt. */
export function receiptHash(receipt: string): string {
  return createHash('sha256').update(`kosint receipt ${receipt}`).digest('base64url');
}
