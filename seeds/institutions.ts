// Duty: the documented duty bearers from commitments.json.
import { recordInstitutions } from '../server/features/institutions/institutions.commands.ts';
import type { Institution } from '../shared/institutions.ts';
import type { Theme } from '../shared/themes.ts';
import { readFacts } from './facts.ts';

interface InstitutionFacts {
  id: string;
  level: string;
  themes: Theme[];
  name_sq: string;
  name_sr: string;
  name_en: string;
  role: string;
  verification: string;
}

export function institutionsFromFacts(): Institution[] {
  const { institutions } = readFacts<{ institutions: InstitutionFacts[] }>('commitments.json');
  return institutions.map((facts) => ({
    id: facts.id,
    level: facts.level.startsWith('municipal') ? 'municipal' : 'central',
    hasLocalOffices: facts.level.includes('('),
    themes: facts.themes,
    names: { sq: facts.name_sq, sr: facts.name_sr, en: facts.name_en },
    role: facts.role,
    verification: facts.verification,
  }));
}

export const seedInstitutions = () => recordInstitutions(institutionsFromFacts());
