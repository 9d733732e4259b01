// Duty: duty bearers for whoever asks; they are public knowledge, so every signed-in viewer sees all of them.
import type { Institution } from '../../../shared/institutions.ts';
import type { Viewer } from '../../policy.ts';
import { type InstitutionEntry, InstitutionModel } from './institutions.model.ts';

export async function institutionsFor(_viewer: Viewer): Promise<Institution[]> {
  const entries = await InstitutionModel.find().sort({ level: -1, _id: 1 }).lean<InstitutionEntry[]>();
  return entries.map(({ _id, level, hasLocalOffices, themes, names, role, verification }) => ({
    id: _id,
    level,
    hasLocalOffices: hasLocalOffices ?? false,
    themes: [...themes],
    names: { sq: names.sq ?? '', sr: names.sr ?? '', en: names.en ?? '' },
    role,
    verification,
  }));
}
