// Duty: the code on the paper that proves a withdrawal. How codes are made and kept: server/receiptCodes.ts; what one proves: consents.queries.ts.
import { codeOf, hashOfCode } from '../../receiptCodes.ts';

/** One for all consents that end together, made from the first of them, so that a lost answer loses no code. */
export const withdrawalReceiptOf = (consentIds: readonly string[]): string =>
  codeOf('withdrawal', [...consentIds].sort()[0] ?? '');

export const withdrawalHash = (code: string): string => hashOfCode('withdrawal', code);
