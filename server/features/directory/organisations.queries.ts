// Duty: organisations for whoever asks. Contacts stay among those who work with them.
import type { Organisation } from '../../../shared/directory.ts';
import type { Viewer } from '../../policy.ts';
import { maySeeOrganisation } from './directory.policy.ts';
import { type OrganisationEntry, OrganisationModel } from './organisations.model.ts';
import { presentOrganisation, presentOrganisationForFunder } from './organisations.present.ts';

/** By name. */
export async function organisationsFor(viewer: Viewer): Promise<Organisation[]> {
  const entries = await OrganisationModel.find().sort({ name: 1, _id: 1 }).lean<OrganisationEntry[]>();
  const present = viewer.role === 'funder' ? presentOrganisationForFunder : presentOrganisation;
  return entries.filter((entry) => maySeeOrganisation(viewer, entry)).map(present);
}

export async function activeOrganisationExists(id: string): Promise<boolean> {
  return (await OrganisationModel.exists({ _id: id, active: true })) !== null;
}
