// Duty: an organisation for each audience.
import type { Organisation } from '../../../shared/directory.ts';
import type { OrganisationEntry } from './organisations.model.ts';

export function presentOrganisation(entry: OrganisationEntry): Organisation {
  return {
    id: entry._id,
    version: entry.version,
    name: entry.name,
    shortName: entry.shortName,
    kind: entry.kind,
    themes: [...entry.themes],
    // Those recorded before services were asked for have none.
    services: [...(entry.services ?? [])],
    municipalities: [...entry.municipalities],
    capacity: entry.capacity ?? null,
    contact: entry.contact,
    active: entry.active,
    evidence: entry.evidence ?? null,
  };
}

/** A contact may be a person, and a funder reads about no person. */
export function presentOrganisationForFunder(entry: OrganisationEntry): Organisation {
  return { ...presentOrganisation(entry), contact: '' };
}
