// Duty: where somebody sees advocacy on the map and may print a briefing. What they see there is each slice's own scope.
import { type MunicipalitySlug, municipalitySlugs, municipalRoles } from '../../../shared/directory.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';

/** Fails closed: a role that is not named here sees none. */
function advocacyScopeOf(viewer: Viewer): readonly MunicipalitySlug[] {
  if (viewer.role === 'coordinator') return municipalitySlugs;
  return municipalRoles.includes(viewer.role) && viewer.municipality ? [viewer.municipality] : [];
}

/** For everybody else it is not there: 404. */
export function ensureAdvocacy(viewer: Viewer, municipality?: MunicipalitySlug): readonly MunicipalitySlug[] {
  const scope = advocacyScopeOf(viewer);
  if (scope.length === 0 || (municipality && !scope.includes(municipality))) throw notFound();
  return scope;
}
