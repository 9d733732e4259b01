// Duty: add up cases by theme and municipality, and tell of that what the viewer may be told.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { leastToldOf, type RetentionCounts } from '../../../shared/retention.ts';
import type { Theme } from '../../../shared/themes.ts';
import type { Viewer } from '../../policy.ts';
import type { PlaceCount } from './retention.model.ts';
import { maySeeRetainedCases } from './retention.policy.ts';

export function addTo(counts: PlaceCount[], { theme, municipality }: Omit<PlaceCount, 'count'>): void {
  const known = counts.find((one) => one.theme === theme && one.municipality === municipality);
  if (known) known.count += 1;
  else counts.push({ theme, municipality, count: 1 });
}

export function countsFor(viewer: Viewer, counts: readonly PlaceCount[]): RetentionCounts {
  const byTheme: Partial<Record<Theme, number>> = {};
  const byMunicipality: Partial<Record<MunicipalitySlug, number>> = {};
  let total = 0;
  for (const { theme, municipality, count } of counts) {
    byTheme[theme] = (byTheme[theme] ?? 0) + count;
    byMunicipality[municipality] = (byMunicipality[municipality] ?? 0) + count;
    total += count;
  }
  if (maySeeRetainedCases(viewer, null)) return { total, byTheme, byMunicipality };
  const tells = (numbers: Record<string, number>) =>
    Object.values(numbers).every((one) => one >= leastToldOf);
  return {
    total: total === 0 || total >= leastToldOf ? total : null,
    byTheme: tells(byTheme) ? byTheme : null,
    byMunicipality: tells(byMunicipality) ? byMunicipality : null,
  };
}
