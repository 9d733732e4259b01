// Duty: why a second factor is taken away, plain data without schemas. Schemas: secondFactor.ts.

/** A closed list: words would stand in the log. */
export const factorResetReasons = ['phone_lost', 'phone_changed', 'codes_lost', 'taken_over'] as const;
export type FactorResetReason = (typeof factorResetReasons)[number];
