// Duty: the closed lists, limits and paths of how long cases are kept; plain data. Re-exported by retention.ts.

/** Why a case must not be anonymised yet. No words of anybody's own: a reason could name people. */
export const holdReasons = ['court', 'complaint', 'appeal', 'compensation', 'person_asks'] as const;
export type HoldReason = (typeof holdReasons)[number];

export const retentionAbilities = ['hold', 'liftHold'] as const;
export type RetentionAbility = (typeof retentionAbilities)[number];

export const usualMonths = 24;
export const monthLimits = { least: 3, most: 120 } as const;
/** A hold ends by itself; who still needs it sets it anew. */
export const mostHoldMonths = 24;
/** Days between the notice that a hold has ended and the erasing, so that its owner can set it anew. */
export const daysAfterHold = 7;
/** Days until a shortened rule counts: what it would erase is listed as due meanwhile. */
export const daysUntilShorter = 7;
/** Counts of cases that a viewer cannot open are told from this number on. */
export const leastToldOf = 5;
export const dueSoonDays = 30;
/** What stands in place of a title that was erased. */
export const noTitle = '—';

export const retentionPaths = {
  /** GET → RetentionAnswer. */
  overview: '/api/retention',
  /** PUT: retentionRuleInput → { data: RetentionRule }. */
  rule: (theme: string) => `/api/retention/rules/${theme}`,
  /** GET → CaseRetentionAnswer. */
  ofCase: (id: string) => `/api/cases/${id}/retention`,
  /** PUT: holdInput → CaseRetentionAnswer. DELETE → the same. */
  hold: (id: string) => `/api/cases/${id}/hold`,
};
