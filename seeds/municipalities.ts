// Duty: the seven municipalities from facts.json and neighbourhoods.json, as the directory keeps them.
import { recordMunicipalities } from '../server/features/directory/municipalities.commands.ts';
import {
  type Municipality,
  type MunicipalitySlug,
  municipalityCodes,
  type Settlement,
} from '../shared/directory.ts';
import { readFacts } from './facts.ts';

interface CensusFacts {
  total: number;
  roma: number;
  ashkali: number;
  egyptian: number;
}
interface MunicipalityFacts {
  slug: MunicipalitySlug;
  names: { sq: string; sr_Latn: string; en: string; tr: string | null; rom: string | null };
  town: { lat: number; lng: number };
  area_km2: number;
  languages: { official: string[]; in_official_use: string[] };
  census_2011: CensusFacts;
  census_2024: CensusFacts;
}
interface SettlementFacts {
  id: string;
  municipality: MunicipalitySlug;
  name_sq: string;
  name_sr: string;
  lat: number;
  lng: number;
  coordinate_quality: Settlement['coordinateQuality'];
}

/** KOSINT's own pages say "Mitrovica" where the facts tell the southern municipality from the northern one. */
const serbianAsKosintSays: Partial<Record<MunicipalitySlug, string>> = { mitrovica: 'Mitrovica' };

const census = (year: number, { total, roma, ashkali, egyptian }: CensusFacts) => ({
  year,
  total,
  roma,
  ashkali,
  egyptian,
});

/** Which communities live in a settlement is in the facts and is left there: nothing here needs it. */
const settlementOf = (facts: SettlementFacts): Settlement => ({
  id: facts.id,
  municipality: facts.municipality,
  names: { sq: facts.name_sq, sr: facts.name_sr },
  lng: facts.lng,
  lat: facts.lat,
  coordinateQuality: facts.coordinate_quality,
});

function municipalitiesFromFacts(): Municipality[] {
  const { municipalities } = readFacts<{ municipalities: MunicipalityFacts[] }>('facts.json');
  const { neighbourhoods } = readFacts<{ neighbourhoods: SettlementFacts[] }>('neighbourhoods.json');
  return municipalities.map((facts) => {
    const { official, in_official_use: inOfficialUse } = facts.languages;
    const isUsed = (language: string) => official.includes(language) || inOfficialUse.includes(language);
    return {
      slug: facts.slug,
      code: municipalityCodes[facts.slug],
      names: {
        sq: facts.names.sq,
        sr: serbianAsKosintSays[facts.slug] ?? facts.names.sr_Latn,
        en: facts.names.en,
        tr: isUsed('Turkish') ? facts.names.tr : null,
        rom: isUsed('Romani') ? facts.names.rom : null,
      },
      languages: { official, inOfficialUse },
      town: { lng: facts.town.lng, lat: facts.town.lat },
      areaKm2: facts.area_km2,
      census: [census(2011, facts.census_2011), census(2024, facts.census_2024)],
      settlements: neighbourhoods.filter((one) => one.municipality === facts.slug).map(settlementOf),
    };
  });
}

export const seedMunicipalities = () => recordMunicipalities(municipalitiesFromFacts());
