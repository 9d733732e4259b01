// Duty: what the second factor needs of the vault's keys. The keys are a later slice's, so it is handed in; nothing is sealed here.

export interface SealedKey {
  key: string;
  box: string;
}

/** Where a sealed key stands in its person's record; the seal is bound to both. */
export type FactorPlace = 'secondFactor' | 'secondFactorDraft';

export interface FactorSeals {
  seal(userId: string, place: FactorPlace, value: string): SealedKey;
  /** Throws when it was altered, moved from elsewhere, or its vault key is gone. */
  unseal(userId: string, place: FactorPlace, sealed: SealedKey): string;
}
