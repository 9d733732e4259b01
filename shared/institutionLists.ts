// Duty: the closed lists of institutions, plain data. Re-exported by institutions.ts.

export const institutionLevels = ['municipal', 'central'] as const;
export type InstitutionLevel = (typeof institutionLevels)[number];

/** The id of one municipality's office of a documented kind. */
export const officeId = (kind: string, municipality: string): string => `${kind}-${municipality}`;
