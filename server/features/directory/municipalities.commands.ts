// Duty: keep the municipalities as the facts have them; for seeds alone, no viewer may.
import type { Municipality } from '../../../shared/directory.ts';
import { MunicipalityModel } from './municipalities.model.ts';
import { forgetMunicipalities } from './municipalities.queries.ts';

/** Safe to repeat: each is replaced as a whole. */
export async function recordMunicipalities(list: Municipality[]): Promise<void> {
  for (const { slug, ...rest } of list)
    await MunicipalityModel.updateOne({ _id: slug }, { $set: rest }, { upsert: true });
  forgetMunicipalities();
}
