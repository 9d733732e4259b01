// Duty: what cases ask of the directory about places: the names one is searched by, and whether a settlement belongs. No geometry.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { invalid } from '../../errors.ts';
import { municipalities, settlementOf } from '../directory/municipalities.queries.ts';

/** Names of the municipality and the settlement in every language there is. */
export async function placeNames(slug: MunicipalitySlug, settlement: string | null): Promise<string[]> {
  const municipality = (await municipalities()).find((one) => one.slug === slug);
  const place = settlement ? await settlementOf(slug, settlement) : null;
  const names = [slug, ...Object.values(municipality?.names ?? {}), ...Object.values(place?.names ?? {})];
  return names.filter((name): name is string => typeof name === 'string');
}

/** Throws 422 unless the settlement lies in that municipality; none is fine. */
export async function ensureSettlement(slug: MunicipalitySlug, settlement: string | null): Promise<void> {
  if (settlement !== null && !(await settlementOf(slug, settlement)))
    throw invalid([{ path: ['settlement'], code: 'not_of_this_municipality' }]);
}
