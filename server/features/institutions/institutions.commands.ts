// Duty: keep the documented duty bearers as they are known (for seeds alone), and who holds office there.
import type { Institution, OfficeHoldersInput } from '../../../shared/institutions.ts';
import { conflict, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { institutionChanged } from './institutions.live.ts';
import { type InstitutionEntry, InstitutionModel } from './institutions.model.ts';
import { mayEditPeople } from './institutions.policy.ts';
import { institutionFor } from './institutions.queries.ts';

/** Safe to repeat: what is documented is replaced; what people wrote stays. */
export async function recordInstitutions(institutions: Institution[]): Promise<void> {
  await InstitutionModel.bulkWrite(
    institutions.map(({ id, ...rest }) => ({
      updateOne: { filter: { _id: id }, update: { $set: rest }, upsert: true },
    })),
    { ordered: false },
  );
}

/** All who hold or held office there, as one list. Throws 409 when somebody else wrote meanwhile. */
export async function setOfficeHolders(
  viewer: Viewer,
  id: string,
  { version, people }: OfficeHoldersInput,
): Promise<InstitutionEntry> {
  const entry = await institutionFor(viewer, id);
  ensure(mayEditPeople, viewer, entry);
  const ids = people.map((person) => person.id);
  const repeated = ids.findIndex((one, at) => ids.indexOf(one) !== at);
  if (repeated >= 0) throw invalid([{ path: ['people', repeated, 'id'], code: 'repeated' }]);
  const before = entry.version ?? 0;
  if (version > before) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
  const written =
    version === before
      ? await InstitutionModel.updateOne(
          { _id: id, version: before === 0 ? null : before },
          { $set: { people, version: before + 1 } },
        )
      : { matchedCount: 0 };
  if (written.matchedCount === 0) {
    const { version: now = 0, people: theirs = [] } = await institutionFor(viewer, id);
    throw conflict('institution.stale', { version: now, people: theirs });
  }
  await institutionChanged(id, before + 1, viewer.id);
  return { ...entry, people, version: before + 1 };
}
