// Duty: open, change and erase a vault record; every one of them, and every refusal, leaves a line in the log of readings.
import { newId } from '../../../shared/api.ts';
import type { MunicipalitySlug, Role } from '../../../shared/directory.ts';
import {
  type ChangeReason,
  changesPerHour,
  type IdentityChange,
  type IdentityChanged,
  type IdentityField,
  type IdentityOpen,
  identityFields,
  type OpenedIdentity,
  type OpenReason,
  openForSeconds,
  openingsPerHour,
  type ReadingKind,
} from '../../../shared/identities.ts';
import { clock } from '../../clock.ts';
import { conflict, notAllowed, tooMany } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { identityChanged } from './identities.live.ts';
import {
  IdentityModel,
  type IdentityRecord,
  type KeptField,
  type VaultReading,
  VaultReadingModel,
} from './identities.model.ts';
import { fieldsOpenTo, type IdentitySubject, mayChangeIdentity } from './identities.policy.ts';
import {
  heldAmong,
  heldFields,
  isKnownElsewhere,
  matchableFields,
  recordOf,
  statusFor,
} from './identities.queries.ts';
import { placeOf } from './sealedPlaces.ts';
import { type Matchable, matchValue, normalised, seal, Unreadable, unseal } from './sealing.ts';
import { keyRing } from './vaultKeys.ts';

/** Who reads: a user, or an organisation through a one-time link. */
export interface VaultReader {
  id: string;
  /** Null: no person, but the end of the time it may be kept. */
  role: Role | null;
}

const hour = 3600_000;

/** For a log outside this slice. What it cannot keep, the vault does not open. */
export type ReadingListener = (reading: VaultReading) => Promise<void>;
const listeners = new Set<ReadingListener>();

export function onVaultRead(listener: ReadingListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens one record. The line in the log is there before the first value is unsealed. */
export async function openIdentity(
  viewer: Viewer,
  subject: IdentitySubject,
  input: IdentityOpen,
): Promise<OpenedIdentity> {
  const openTo = fieldsOpenTo(viewer, subject);
  const asked = input.fields ?? openTo;
  if (openTo.length === 0 || asked.some((field) => !openTo.includes(field))) {
    await noteReading(viewer, subject.caseId, 'refused', [...(input.fields ?? identityFields)], input.reason);
    throw notAllowed('identity.notYours');
  }
  await ensureUnhurried(viewer, 'opened', openingsPerHour);
  return readVault(viewer, subject.caseId, asked, input.reason);
}

/**
 * For an organisation that answers without an account: what a live referral shows it, logged under the organisation's id.
 * The caller has proved the link, the referral and its consent.
 */
export async function openIdentityForOrganisation(
  organisationId: string,
  caseId: string,
  fields: readonly IdentityField[],
): Promise<OpenedIdentity> {
  const reader: VaultReader = { id: organisationId, role: 'cso_member' };
  await ensureUnhurried(reader, 'opened', openingsPerHour);
  return readVault(reader, caseId, fields, 'refer');
}

async function readVault(
  reader: VaultReader,
  caseId: string,
  asked: readonly IdentityField[],
  reason: OpenReason,
): Promise<OpenedIdentity> {
  const { record, fields } = heldAmong(await recordOf(caseId), asked);
  await noteReading(reader, caseId, 'opened', fields, reason);
  const opened: OpenedIdentity = {
    values: {},
    damaged: [],
    closesAt: new Date(clock.now().getTime() + openForSeconds * 1000).toISOString(),
  };
  for (const field of fields) {
    try {
      opened.values[field] = unseal(keyRing(), placeOf('identities', caseId, field), record.fields[field]!);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      opened.damaged.push(field);
    }
  }
  return opened;
}

/** Seals the values given, takes out those that are null, leaves the rest. Fails with 409 when the record has moved on. */
export async function changeIdentity(
  viewer: Viewer,
  subject: IdentitySubject,
  input: IdentityChange,
): Promise<IdentityChanged> {
  if (!mayChangeIdentity(viewer, subject)) {
    await noteReading(viewer, subject.caseId, 'refused', namesIn(input.fields), null);
    throw notAllowed('identity.notYours');
  }
  await ensureUnhurried(viewer, 'changed', changesPerHour);
  const reason = input.reason ?? null;
  const before = await recordOf(subject.caseId);
  if (reason === 'moved_from_text' && !input.replace) {
    const held = namesIn(input.fields).filter((field) => before?.fields[field]);
    // Comparing unseals, so the line in the log is there first.
    if (held.length > 0) await noteReading(viewer, subject.caseId, 'changed', held, reason);
    const other = held.filter((field) => !holds(before!, field, input.fields[field] ?? ''));
    if (other.length > 0)
      throw conflict('identity.held', { version: before!.version, fields: other, held: heldFields(before) });
    if (held.length === namesIn(input.fields).length)
      return { ...statusFor(viewer, subject, before), possibleMatch: false };
  }
  if ((before?.version ?? 0) !== input.version) throw stale(before);
  const set = Object.fromEntries(
    namesIn(input.fields).flatMap((field) => {
      const value = input.fields[field];
      return value ? [[field, sealedField(subject.caseId, field, value)]] : [];
    }),
  ) as Partial<Record<IdentityField, KeptField>>;
  await noteReading(viewer, subject.caseId, 'changed', namesIn(input.fields), reason);
  await write(subject.caseId, before, set, namesIn(input.fields));
  const after = await recordOf(subject.caseId);
  identityChanged(subject, after?.version ?? input.version, viewer.id);
  const possibleMatch = await isKnownElsewhere(subject.caseId, {
    phone: input.fields.phone ?? undefined,
    idNumber: input.fields.idNumber ?? undefined,
  });
  return { ...statusFor(viewer, subject, after), possibleMatch };
}

/** Whether the vault says the same already; a number in another spelling is the same number. */
function holds(record: IdentityRecord, field: IdentityField, value: string): boolean {
  const matchable = matchableFields.find((candidate) => candidate === field);
  const bare = (text: string) => (matchable ? normalised(matchable, text) : text.trim().toLowerCase());
  try {
    const kept = unseal(keyRing(), placeOf('identities', record._id, field), record.fields[field]!);
    return bare(kept) === bare(value);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return false;
  }
}

function sealedField(caseId: string, field: IdentityField, value: string): KeptField {
  const ring = keyRing();
  const sealed = seal(ring, placeOf('identities', caseId, field), value);
  const matchable = matchableFields.find((candidate) => candidate === field);
  return matchable ? { ...sealed, match: matchValue(ring.current, matchable as Matchable, value) } : sealed;
}

/** Field by field, so that an edit never puts back a value that a rotation has sealed anew. */
async function write(
  caseId: string,
  before: IdentityRecord | null,
  set: Partial<Record<IdentityField, KeptField>>,
  touched: IdentityField[],
): Promise<void> {
  const changedAt = clock.now();
  if (!before) {
    await IdentityModel.create({ _id: caseId, version: 1, fields: set, changedAt }).catch(
      (error: unknown) => {
        if ((error as { code?: number }).code === 11000) throw stale(null);
        throw error;
      },
    );
    return;
  }
  const removed = touched.filter((field) => !set[field]);
  const written = await IdentityModel.updateOne(
    { _id: caseId, version: before.version },
    {
      $set: {
        version: before.version + 1,
        changedAt,
        ...Object.fromEntries(Object.entries(set).map(([field, kept]) => [`fields.${field}`, kept])),
      },
      ...(removed.length > 0
        ? { $unset: Object.fromEntries(removed.map((field) => [`fields.${field}`, 1])) }
        : {}),
    },
  );
  if (written.matchedCount === 0) throw stale(await recordOf(caseId));
}

/** The person's right, and retention's end: nothing of them is left in the vault; who had read it stays on record. */
export async function eraseIdentity(viewer: Viewer, subject: IdentitySubject): Promise<void> {
  ensure(mayChangeIdentity, viewer, subject, 'identity.notYours');
  const record = await recordOf(subject.caseId);
  if (!record) return;
  await noteReading(viewer, subject.caseId, 'erased', heldFields(record), null);
  await IdentityModel.deleteOne({ _id: subject.caseId });
  identityChanged(subject, record.version + 1, viewer.id);
}

const retention: VaultReader = { id: 'retention', role: null };

/** The same when its time is over. Safe to repeat. */
export async function eraseIdentityOf(subject: {
  caseId: string;
  municipality: MunicipalitySlug;
}): Promise<void> {
  const record = await recordOf(subject.caseId);
  if (!record) return;
  await noteReading(retention, subject.caseId, 'erased', heldFields(record), null);
  await IdentityModel.deleteOne({ _id: subject.caseId });
  identityChanged(subject, record.version + 1, null);
}

const namesIn = (fields: IdentityChange['fields']) => Object.keys(fields) as IdentityField[];

const stale = (record: IdentityRecord | null) =>
  conflict('identity.stale', { version: record?.version ?? 0, held: heldFields(record) });

async function noteReading(
  reader: VaultReader,
  caseId: string,
  kind: ReadingKind,
  fields: IdentityField[],
  reason: OpenReason | ChangeReason | null,
): Promise<void> {
  const at = clock.now();
  const reading = {
    _id: newId(at.getTime()),
    caseId,
    at,
    kind,
    by: reader.id,
    role: reader.role,
    reason,
    fields,
  };
  await VaultReadingModel.create(reading);
  for (const listener of listeners) await listener(reading);
}

/** Nobody reads the vault through from end to end, or tries telephone numbers in it one after the other. */
async function ensureUnhurried(viewer: VaultReader, kind: ReadingKind, most: number): Promise<void> {
  const since = new Date(clock.now().getTime() - hour);
  const lately = await VaultReadingModel.find({ by: viewer.id, kind, at: { $gt: since } }, { at: 1 })
    .sort({ at: 1 })
    .lean<{ at: Date }[]>();
  if (lately.length < most) return;
  const opensAgain = lately[lately.length - most]!.at.getTime() + hour;
  throw tooMany(Math.max(1, Math.ceil((opensAgain - clock.now().getTime()) / 1000)), 'identity.tooMany');
}
