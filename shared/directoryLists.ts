// Duty: the closed lists of the directory, plain data without schemas, so that a page's first load needs none. Re-exported by directory.ts.

export const municipalitySlugs = [
  'ferizaj',
  'fushe-kosove',
  'peja',
  'prizren',
  'gjakova',
  'mitrovica',
  'gracanica',
] as const;

export type MunicipalitySlug = (typeof municipalitySlugs)[number];
/** First letters of case references. */
export const municipalityCodes: Record<MunicipalitySlug, string> = {
  ferizaj: 'FER',
  'fushe-kosove': 'FKO',
  peja: 'PEJ',
  prizren: 'PRZ',
  gjakova: 'GJA',
  mitrovica: 'MIT',
  gracanica: 'GRA',
};

export const languages = ['sq', 'sr', 'en', 'rom'] as const;

export type Language = (typeof languages)[number];

export const roles = [
  'activist',
  'team_lead',
  'cso_member',
  'coordinator',
  'funder',
  'administrator',
] as const;

export type Role = (typeof roles)[number];

/** Roles whose scope is one municipality, and roles whose scope is one organisation. */
export const municipalRoles: readonly Role[] = ['activist', 'team_lead'];
export const organisationRoles: readonly Role[] = ['cso_member'];

export const organisationKinds = ['partner', 'network', 'referral_provider'] as const;

export type OrganisationKind = (typeof organisationKinds)[number];

export const meAbilities = [
  'logCase',
  'listCases',
  'viewMap',
  'viewAdvocacy',
  'triage',
  'bulkAssign',
  'handOver',
  'answerEquity',
  'readEquity',
  'reviewOverrides',
  'manageUsers',
  'manageOrganisations',
  'readLog',
  'viewRetention',
  'viewProgress',
  'makeFigures',
] as const;

export type MeAbility = (typeof meAbilities)[number];
