// Duty: the closed lists of the audit log, plain data without schemas. Schemas: audit.ts.

/** What was done. A denial is not a verb but an outcome: every one of these may be denied. */
export const auditVerbs = ['read', 'search', 'export', 'open', 'write'] as const;
export type AuditVerb = (typeof auditVerbs)[number];

/** Statuses by which somebody was kept out; 404 is what out of scope looks like. */
export const denials: readonly number[] = [401, 403, 404, 410, 429];
export const isDenial = (status: number): boolean => denials.includes(status);

/** What can be wrong with a chain. */
export const chainFaults = [
  'altered',
  'missing',
  'out_of_order',
  'index_altered',
  'seal_broken',
  'other_key',
  'cut_short',
  'anchor_broken',
] as const;
export type ChainFaultKind = (typeof chainFaults)[number];
