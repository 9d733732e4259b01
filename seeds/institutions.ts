// Duty: the documented duty bearers from commitments.json, the municipalities themselves, and the office of each kind in each municipality.
import { recordInstitutions } from '../server/features/institutions/institutions.commands.ts';
import { recordReplyRules } from '../server/features/institutions/replyRules.commands.ts';
import { type MunicipalitySlug, municipalitySlugs } from '../shared/directory.ts';
import { type Institution, officeId } from '../shared/institutions.ts';
import { municipalityKind } from '../shared/letterLists.ts';
import { type Theme, themes } from '../shared/themes.ts';
import { readFacts } from './facts.ts';
import { knownHolidays } from './holidays.ts';

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
interface MunicipalityFacts {
  slug: MunicipalitySlug;
  municipality_names: { sq: string; sr_Latn: string; en: string };
}

function documented(): Institution[] {
  const { institutions } = readFacts<{ institutions: InstitutionFacts[] }>('commitments.json');
  return institutions.map((facts) => ({
    id: facts.id,
    of: null,
    municipality: null,
    level: facts.level.startsWith('municipal') ? 'municipal' : 'central',
    hasLocalOffices: facts.level.includes('('),
    themes: facts.themes,
    names: { sq: facts.name_sq, sr: facts.name_sr, en: facts.name_en },
    role: facts.role,
    verification: facts.verification,
  }));
}

/** A municipality itself: whom its offices answer to. */
const municipality: Institution = {
  id: municipalityKind,
  of: null,
  municipality: null,
  level: 'municipal',
  hasLocalOffices: false,
  themes: [...themes],
  names: { sq: 'Komuna (kryetari)', sr: 'Opština (predsednik)', en: 'Municipality (mayor)' },
  role: 'answers for its directorates and offices; adopts municipal plans and budgets',
  verification: 'names of the municipalities read',
};

/**
 * The documented ones, and of every municipal kind one office per municipality, named after it. No address, telephone or person: none
 * was collected.
 */
function institutionsFromFacts(): Institution[] {
  const kinds = [...documented(), municipality];
  const { municipalities } = readFacts<{ municipalities: MunicipalityFacts[] }>('facts.json');
  const offices = kinds
    .filter(({ level }) => level === 'municipal')
    .flatMap((kind) =>
      municipalitySlugs.map((slug): Institution => {
        const own = municipalities.find((one) => one.slug === slug)!.municipality_names;
        const names = { sq: own.sq, sr: own.sr_Latn, en: own.en };
        const isMunicipality = kind.id === municipalityKind;
        return {
          ...kind,
          id: officeId(kind.id, slug),
          of: kind.id,
          municipality: slug,
          names: isMunicipality
            ? names
            : {
                sq: `${kind.names.sq}, ${names.sq}`,
                sr: `${kind.names.sr}, ${names.sr}`,
                en: `${kind.names.en}, ${names.en}`,
              },
        };
      }),
    );
  return [...kinds, ...offices];
}

export async function seedInstitutions(): Promise<void> {
  await recordInstitutions(institutionsFromFacts());
  await recordReplyRules(
    [
      {
        kind: 'access_to_documents',
        version: 1,
        days: 7,
        dayKind: 'calendar',
        extensionDays: 15,
        silence: 'refusal',
        law: {
          sq: 'Ligji Nr. 06/L-081 për Qasje në Dokumente Publike',
          sr: 'Zakon br. 06/L-081 o pristupu javnim dokumentima',
          en: 'Law No. 06/L-081 on Access to Public Documents',
        },
        checked: false,
      },
    ],
    knownHolidays,
  );
}
