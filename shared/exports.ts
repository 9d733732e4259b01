// Duty: what whoever takes a table of records along must say beforehand, and what they are told before it is made. Lists: exportLists.ts.
import { z } from 'zod';
import { daySchema } from './api.ts';
import { exportLimits, exportPurposes, exportReaders } from './exportLists.ts';

export const exportOrder = z.strictObject({
  purpose: z.enum(exportPurposes),
  reader: z.enum(exportReaders),
  /** In the file alone: the audit log keeps no names. */
  recipient: z.string().trim().min(2, 'required').max(exportLimits.recipient, 'too_long'),
  /** Whoever holds it deletes it by then. */
  expiresOn: daySchema,
});
export type ExportOrder = z.infer<typeof exportOrder>;

export interface ExportPreview {
  rows: number;
  sensitivity: 'high';
}
