// Duty: the organisations that partners.json supports. Nobody is named a partner who is not documented as one.
import { recordOrganisation } from '../server/features/directory/organisations.commands.ts';
import type { MunicipalitySlug, Organisation } from '../shared/directory.ts';
import type { Service } from '../shared/services.ts';
import { type Theme, themes } from '../shared/themes.ts';
import { fixedId, readFacts } from './facts.ts';

interface PartnerFacts {
  id: string;
  name: string;
  short: string;
  seat: string | null;
  kosint_role: string;
  evidence: string;
  focus?: string[];
}

/** Seats as the facts write them, where they are one of the seven municipalities. */
const seats: Record<string, MunicipalitySlug> = {
  'Fushë Kosovë': 'fushe-kosove',
  Peja: 'peja',
  Gračanica: 'gracanica',
  Gjakova: 'gjakova',
  Prizren: 'prizren',
};

/** What the facts say of an organisation's work, where that is a service to a person. Research or advocacy is none. */
const servicesOfFocus: Readonly<Record<string, Service>> = {
  'legal aid': 'legal_aid',
  'civil registration': 'civil_documents',
  housing: 'housing_support',
  education: 'education_support',
};

const themesOf = (facts: PartnerFacts): Theme[] =>
  themes.filter((theme) => facts.focus?.includes(theme.replace('_', ' ')));

const servicesOf = (facts: PartnerFacts): Service[] =>
  (facts.focus ?? []).flatMap((focus) => servicesOfFocus[focus] ?? []);

const municipalitiesOf = (facts: PartnerFacts): MunicipalitySlug[] =>
  (facts.seat ?? '').split(' / ').flatMap((seat) => seats[seat] ?? []);

/**
 * The four that a published source names as partners, and those it names as natural targets of a referral. The latter have
 * not said yet that they want to be listed: they wait, inactive and seen by administrators alone, until somebody asked them.
 */
export function organisationsFromFacts(): Omit<Organisation, 'version'>[] {
  const { partners } = readFacts<{ partners: PartnerFacts[] }>('partners.json');
  return partners.flatMap((facts) => {
    const isPartner = facts.kosint_role === 'partner' && facts.evidence === 'documented';
    const isReferralTarget = facts.evidence.includes('natural referral target');
    if (!isPartner && !isReferralTarget) return [];
    return [
      {
        id: fixedId(facts.id),
        name: facts.name,
        shortName: facts.short,
        kind: isPartner ? 'partner' : 'referral_provider',
        themes: themesOf(facts),
        services: servicesOf(facts),
        municipalities: municipalitiesOf(facts),
        capacity: null,
        contact: '',
        active: isPartner,
        evidence: facts.evidence,
      },
    ];
  });
}

export async function seedOrganisations(): Promise<void> {
  for (const organisation of organisationsFromFacts()) await recordOrganisation(organisation);
}
