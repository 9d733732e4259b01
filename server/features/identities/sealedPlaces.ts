// Duty: every place of the database that holds sealed values, so that a rotation forgets none. What seals anywhere must be listed here.
import { identityFields } from '../../../shared/identities.ts';
import type { SealPurpose } from './sealing.ts';

export interface SealedPlace {
  collection: 'identities' | 'consentOverrides' | 'users';
  /** Name of the field as its seal is bound to it → path in the document. */
  paths: Record<string, string>;
  /** Of which key, where it is not the one of names and words. */
  purpose?: SealPurpose;
}

export const sealedPlaces: readonly SealedPlace[] = [
  {
    collection: 'identities',
    paths: Object.fromEntries(identityFields.map((field) => [field, `fields.${field}`])),
  },
  { collection: 'consentOverrides', paths: { reason: 'reason', reviewNote: 'review.note' } },
  {
    collection: 'users',
    paths: { secondFactor: 'secondFactor.secret', secondFactorDraft: 'secondFactorDraft.secret' },
    purpose: 'factors',
  },
];

/** What a seal is bound to: moved to another record or field, it does not open. */
export const placeOf = (collection: SealedPlace['collection'], id: string, field: string) =>
  `${collection}/${id}/${field}`;
