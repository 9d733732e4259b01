// Duty: the code by which a person follows a case without an account. How codes are made and kept: server/receiptCodes.ts.
import { codeOf, hashOfCode } from '../../receiptCodes.ts';

export const receiptOf = (caseId: string): string => codeOf('receipt', caseId);
export const receiptHash = (receipt: string): string => hashOfCode('receipt', receipt);
