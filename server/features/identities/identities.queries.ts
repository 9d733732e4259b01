// Duty: what is known of a vault record without opening it: fields kept, who read it, where a number is known too.
import {
  type IdentityAbility,
  type IdentityField,
  type IdentityMatch,
  type IdentityStatus,
  identityFields,
  type VaultReadingRow,
} from '../../../shared/identities.ts';
import { notFound } from '../../errors.ts';
import { abilitiesOf, ensure, type Viewer } from '../../policy.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import {
  IdentityModel,
  type IdentityRecord,
  type VaultReading,
  VaultReadingModel,
} from './identities.model.ts';
import {
  fieldsOpenTo,
  type IdentitySubject,
  identityRules,
  mayReadVaultLog,
  maySeeMatches,
  type SubjectFor,
} from './identities.policy.ts';
import { placeOf } from './sealedPlaces.ts';
import { type Matchable, matchValue, unseal } from './sealing.ts';
import { keyRing } from './vaultKeys.ts';

export const matchableFields: readonly Matchable[] = ['phone', 'idNumber'];
const mostMatches = 20;
const mostReadings = 500;

export async function recordOf(caseId: string): Promise<IdentityRecord | null> {
  return IdentityModel.findOne({ _id: caseId }).lean<IdentityRecord>();
}

export const heldFields = (record: IdentityRecord | null): IdentityField[] =>
  identityFields.filter((field) => record?.fields?.[field]);

/** What the viewer may know without opening: for guards every field that is kept, for a partner those shared with it. */
export function statusFor(
  viewer: Viewer,
  subject: IdentitySubject,
  record: IdentityRecord | null,
): IdentityStatus {
  const held = heldFields(record);
  const openTo = fieldsOpenTo(viewer, subject);
  return {
    caseId: subject.caseId,
    version: record?.version ?? 0,
    held: viewer.role === 'cso_member' ? held.filter((field) => openTo.includes(field)) : held,
    openable: held.filter((field) => openTo.includes(field)),
  };
}

export async function identityStatusFor(viewer: Viewer, subject: IdentitySubject) {
  return {
    data: statusFor(viewer, subject, await recordOf(subject.caseId)),
    abilities: abilitiesOf<IdentityAbility, IdentitySubject>(identityRules, viewer, subject),
  };
}

/** "Who opened my file", newest first. */
export async function readingsFor(viewer: Viewer, subject: IdentitySubject): Promise<VaultReadingRow[]> {
  ensure(mayReadVaultLog, viewer, subject);
  const [readings, colleagues] = await Promise.all([
    VaultReadingModel.find({ caseId: subject.caseId })
      .sort({ at: -1, _id: -1 })
      .limit(mostReadings)
      .lean<VaultReading[]>(),
    colleaguesById(viewer),
  ]);
  return readings.map((reading) => ({
    id: reading._id,
    at: reading.at.toISOString(),
    kind: reading.kind,
    by: colleagues.get(reading.by) ?? null,
    reason: reading.reason ?? null,
    fields: reading.fields,
  }));
}

/** The match values a number may be kept under: one per key, so that a rotation under way hides nothing. */
const matchValuesOf = (field: Matchable, value: string): string[] =>
  keyRing().keys.map((key) => matchValue(key, field, value));

export async function isKnownElsewhere(
  caseId: string,
  values: Partial<Record<Matchable, string>>,
): Promise<boolean> {
  for (const field of matchableFields) {
    const value = values[field];
    if (!value) continue;
    const known = await IdentityModel.exists({
      [`fields.${field}.match`]: { $in: matchValuesOf(field, value) },
      _id: { $ne: caseId },
    });
    if (known) return true;
  }
  return false;
}

/** Other cases that hold the same telephone or ID number. Only for who sees every case anyway. */
export async function matchesFor(
  viewer: Viewer,
  subject: IdentitySubject,
  subjectFor: SubjectFor,
): Promise<IdentityMatch[]> {
  ensure(maySeeMatches, viewer, subject);
  const record = await recordOf(subject.caseId);
  const found = new Map<string, IdentityField[]>();
  for (const field of matchableFields) {
    const kept = record?.fields?.[field];
    if (!kept) continue;
    const value = unsealOrNull(subject.caseId, field, kept);
    if (value === null) continue;
    const others = await IdentityModel.find(
      {
        [`fields.${field}.match`]: { $in: matchValuesOf(field, value) },
        _id: { $ne: subject.caseId },
      },
      { _id: 1 },
    )
      .limit(mostMatches)
      .lean<{ _id: string }[]>();
    for (const { _id } of others) found.set(_id, [...(found.get(_id) ?? []), field]);
  }
  const matches = await Promise.all(
    [...found].map(async ([caseId, fields]) => {
      const other = await subjectFor(viewer, caseId).catch(() => null);
      return other && { caseId, reference: other.reference, fields };
    }),
  );
  return matches.filter((match) => match !== null);
}

function unsealOrNull(
  caseId: string,
  field: IdentityField,
  kept: { key: string; box: string },
): string | null {
  try {
    return unseal(keyRing(), placeOf('identities', caseId, field), kept);
  } catch {
    return null;
  }
}

/** Throws 404 when the vault holds nothing of these fields. */
export function heldAmong(
  record: IdentityRecord | null,
  fields: readonly IdentityField[],
): { record: IdentityRecord; fields: IdentityField[] } {
  const held = heldFields(record).filter((field) => fields.includes(field));
  if (!record || held.length === 0) throw notFound('identity.empty');
  return { record, fields: held };
}

export type { VaultReading };

/** Readings of the vault from that moment on, oldest first: for a log that carries them on. */
export async function vaultReadingsSince(since: Date, most: number): Promise<VaultReading[]> {
  return VaultReadingModel.find({ at: { $gte: since } })
    .sort({ at: 1 })
    .limit(most)
    .lean<VaultReading[]>();
}
