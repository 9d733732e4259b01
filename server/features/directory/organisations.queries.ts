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

/** Names, for records that the viewer may see anyway; retired organisations keep theirs. */
export async function organisationNamesByIds(
  ids: readonly string[],
): Promise<ReadonlyMap<string, { id: string; name: string }>> {
  const entries = await OrganisationModel.find({ _id: { $in: [...new Set(ids)] } }, { name: 1 }).lean<
    OrganisationEntry[]
  >();
  return new Map(entries.map(({ _id, name }) => [_id, { id: _id, name }]));
}

/** Where a letter to the organisation goes: the first e-mail address of its contact; null when it names none. */
export async function organisationAddress(id: string): Promise<string | null> {
  const entry = await OrganisationModel.findOne(
    { _id: id, active: true },
    { contact: 1 },
  ).lean<OrganisationEntry>();
  return entry?.contact.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/)?.[0] ?? null;
}

/** Active ones, to choose from; names alone, so that who has no account may read them too. */
export async function activeOrganisationNames(): Promise<{ id: string; name: string }[]> {
  const entries = await OrganisationModel.find({ active: true }, { name: 1 })
    .sort({ name: 1, _id: 1 })
    .lean<OrganisationEntry[]>();
  return entries.map(({ _id, name }) => ({ id: _id, name }));
}
