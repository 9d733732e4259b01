// Duty: what a table of records that leaves the house is told apart by; plain data. The order itself: exports.ts.

export const exportPurposes = ['case_work', 'supervision', 'planning', 'reporting', 'person_asked'] as const;
export type ExportPurpose = (typeof exportPurposes)[number];

/** Who it is for, as the audit log may say it: a kind, never a name. */
export const exportReaders = ['own_team', 'partner', 'institution', 'funder'] as const;
export type ExportReader = (typeof exportReaders)[number];

/** Letters of a recipient's name; days that a file may be kept. */
export const exportLimits = { recipient: 80, days: 90, usualDays: 14 } as const;

/** Any table of records says of whole families that they are known here: it is never less than `high`. */
export const exportSensitivity = 'high';
