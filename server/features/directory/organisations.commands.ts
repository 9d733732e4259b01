// Duty: what an administrator does to organisations.
import type { z } from 'zod';
import type {
  Organisation,
  OrganisationInput,
  organisationCreate,
  organisationRevise,
} from '../../../shared/directory.ts';
import { conflict, notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { organisationChanged } from './directory.live.ts';
import { mayManageOrganisations } from './directory.policy.ts';
import { type OrganisationEntry, OrganisationModel } from './organisations.model.ts';
import { presentOrganisation } from './organisations.present.ts';
import { layOver } from './revisions.ts';

/** Repeating the same request makes no second organisation. */
export async function addOrganisation(
  viewer: Viewer,
  input: z.infer<typeof organisationCreate>,
): Promise<OrganisationEntry> {
  ensure(mayManageOrganisations, viewer, null);
  const { id, ...fields } = input;
  const before = await OrganisationModel.findOne({ _id: id }).lean<OrganisationEntry>();
  if (before) {
    if (before.name === fields.name) return before;
    throw conflict('id.taken');
  }
  const saved = (await OrganisationModel.create({ _id: id, ...fields })).toObject<OrganisationEntry>();
  organisationChanged({ id, version: saved.version });
  return saved;
}

export async function reviseOrganisation(
  viewer: Viewer,
  id: string,
  input: z.infer<typeof organisationRevise>,
): Promise<OrganisationEntry> {
  ensure(mayManageOrganisations, viewer, null);
  const kept = await OrganisationModel.findOne({ _id: id }).lean<OrganisationEntry>();
  if (!kept) throw notFound();
  const { version: base, ...fields } = input;
  const current = presentOrganisation(kept);
  const { changes, fieldVersions, conflicts } = layOver<OrganisationInput>(
    { ...current, fieldVersions: kept.fieldVersions },
    fields,
    base,
  );
  if (base > kept.version || conflicts.length > 0)
    throw conflict('organisation.stale', { current, conflicts });
  if (Object.keys(changes).length === 0) return kept;
  const saved = await OrganisationModel.findOneAndUpdate(
    { _id: id, version: kept.version },
    { $set: { ...changes, fieldVersions, version: kept.version + 1 } },
    { returnDocument: 'after' },
  ).lean<OrganisationEntry>();
  if (!saved) return reviseOrganisation(viewer, id, input);
  organisationChanged({ id, version: saved.version });
  return saved;
}

/** An organisation from published sources, for seeds alone. Safe to repeat: what an administrator changed since stays. */
export async function recordOrganisation(organisation: Omit<Organisation, 'version'>): Promise<void> {
  const { id, ...fields } = organisation;
  await OrganisationModel.updateOne({ _id: id }, { $setOnInsert: fields }, { upsert: true });
  await OrganisationModel.updateOne(
    { _id: id, services: { $exists: false } },
    { $set: { services: fields.services } },
  );
}
