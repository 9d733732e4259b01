// Duty: keep the documented duty bearers as they are known; for seeds alone, no viewer may.
import type { Institution } from '../../../shared/institutions.ts';
import { InstitutionModel } from './institutions.model.ts';

/** Safe to repeat: each is replaced as a whole. */
export async function recordInstitutions(institutions: Institution[]): Promise<void> {
  for (const { id, ...rest } of institutions)
    await InstitutionModel.updateOne({ _id: id }, { $set: rest }, { upsert: true });
}
