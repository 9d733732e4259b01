// Duty: the seven municipalities with settlements, languages and census figures: public knowledge, the same for every viewer.
import {
  type Municipality,
  type MunicipalitySlug,
  municipalitySlugs,
  type Settlement,
} from '../../../shared/directory.ts';
import { type MunicipalityEntry, MunicipalityModel } from './municipalities.model.ts';

/** They change only with a new version of the facts, so one reading serves for a while. */
const memoryMilliseconds = 60_000;
let remembered: { municipalities: Municipality[]; until: number } | null = null;

/** In the order of `municipalitySlugs`. */
export async function municipalities(): Promise<Municipality[]> {
  if (remembered && remembered.until > Date.now()) return remembered.municipalities;
  const entries = await MunicipalityModel.find().lean<MunicipalityEntry[]>();
  const found = entries
    .map(({ _id, ...rest }) => ({ slug: _id, ...rest }))
    .sort((a, b) => municipalitySlugs.indexOf(a.slug) - municipalitySlugs.indexOf(b.slug));
  remembered = found.length > 0 ? { municipalities: found, until: Date.now() + memoryMilliseconds } : null;
  return found;
}

/** That settlement, if it lies in that municipality. */
export async function settlementOf(municipality: MunicipalitySlug, id: string): Promise<Settlement | null> {
  const found = (await municipalities()).find(({ slug }) => slug === municipality);
  return found?.settlements.find((settlement) => settlement.id === id) ?? null;
}

export function forgetMunicipalities(): void {
  remembered = null;
}
