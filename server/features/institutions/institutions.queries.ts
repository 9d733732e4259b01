// Duty: duty bearers for whoever asks; they are public knowledge, so every signed-in viewer sees their names. Scorecards: scorecards.queries.ts.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { type Institution, type InstitutionQuery, officeId } from '../../../shared/institutions.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { type InstitutionEntry, InstitutionModel } from './institutions.model.ts';
import { isAddressable, seesInstitutions } from './institutions.policy.ts';

export const presentInstitution = (entry: InstitutionEntry): Institution => ({
  id: entry._id,
  of: entry.of ?? null,
  municipality: entry.municipality ?? null,
  level: entry.level,
  hasLocalOffices: entry.hasLocalOffices ?? false,
  themes: [...entry.themes],
  names: { sq: entry.names.sq, sr: entry.names.sr, en: entry.names.en },
  role: entry.role,
  verification: entry.verification,
});

/** The documented ones; asked for offices, those that a letter can be written to: central bodies, and the offices of each kind. */
export async function institutionsFor(_viewer: Viewer, query: InstitutionQuery = {}): Promise<Institution[]> {
  const offices = query.offices === 'true' || query.municipality !== undefined;
  const entries = await InstitutionModel.find({
    ...(query.level ? { level: query.level } : {}),
    ...(query.theme ? { themes: query.theme } : {}),
    ...(offices ? {} : { of: null }),
    ...(query.municipality ? { municipality: { $in: [query.municipality, null] } } : {}),
  })
    .sort({ level: -1, _id: 1 })
    .lean<InstitutionEntry[]>();
  return (offices ? entries.filter(isAddressable) : entries).map(presentInstitution);
}

export async function institutionFor(viewer: Viewer, id: string): Promise<InstitutionEntry> {
  if (!seesInstitutions(viewer)) throw notFound();
  const entry = await InstitutionModel.findOne({ _id: id }).lean<InstitutionEntry>();
  if (!entry) throw notFound();
  return entry;
}

/**
 * The duty bearer that a record names: the office where a kind of office and a municipality are named, else the documented one.
 * Null when there is none.
 */
export async function institutionNamed(
  institutionId: string,
  municipality: MunicipalitySlug | null,
): Promise<InstitutionEntry | null> {
  const ids = municipality ? [officeId(institutionId, municipality), institutionId] : [institutionId];
  const found = await InstitutionModel.find({ _id: { $in: ids } }).lean<InstitutionEntry[]>();
  return found.find(({ _id }) => _id === ids[0]) ?? found[0] ?? null;
}

/** Names of those that records name, by `institutionId` and municipality; what is not there is left out. */
export async function institutionNames(): Promise<ReadonlyMap<string, Institution>> {
  const entries = await InstitutionModel.find().lean<InstitutionEntry[]>();
  return new Map(entries.map((entry) => [entry._id, presentInstitution(entry)]));
}
