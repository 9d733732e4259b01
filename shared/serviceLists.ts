// Duty: the closed list of services that organisations give and referrals ask for, and which theme each belongs to. Plain data, no schemas.
import type { Theme } from './themeLists.ts';

export const services = [
  'legal_aid',
  'civil_documents',
  'property_papers',
  'housing_support',
  'employment_mediation',
  'vocational_training',
  'social_assistance',
  'humanitarian_relief',
  'health_mediation',
  'education_support',
  'psychosocial_support',
] as const;
export type Service = (typeof services)[number];

/** Most often asked for first. A service may help with several themes; nothing forbids asking for one that is not listed here. */
export const servicesByTheme: Record<Theme, readonly Service[]> = {
  employment: ['employment_mediation', 'vocational_training', 'legal_aid', 'social_assistance'],
  housing: ['housing_support', 'property_papers', 'legal_aid', 'humanitarian_relief'],
  civil_registration: ['civil_documents', 'legal_aid'],
  covid19: [
    'humanitarian_relief',
    'health_mediation',
    'education_support',
    'social_assistance',
    'psychosocial_support',
  ],
};
