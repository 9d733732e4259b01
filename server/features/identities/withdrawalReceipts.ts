// Duty: the code on the paper that proves a withdrawal: made once, kept as a hash. What it proves is read in consents.queries.ts.
import { createHash, randomInt } from 'node:crypto';

const digits = 16;

export const newWithdrawalReceipt = (): string =>
  Array.from({ length: digits }, () => randomInt(10)).join('');

export const receiptHash = (code: string): string =>
  createHash('sha256').update(`kosint withdrawal ${code}`).digest('base64url');
