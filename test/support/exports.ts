// Duty: what tests order a table of records with. No assertions here.
import type { ExportOrder } from '../../shared/exports.ts';
import { inDays } from './cases.ts';

export const order = (changes: Partial<ExportOrder> = {}): ExportOrder => ({
  purpose: 'reporting',
  reader: 'own_team',
  recipient: 'Besa Provë',
  expiresOn: inDays(14),
  ...changes,
});
