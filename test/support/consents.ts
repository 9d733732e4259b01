// Duty: build valid consents and vault values for tests, all invented.
import { newId } from '../../shared/api.ts';
import type { ConsentGive } from '../../shared/consents.ts';
import { inDays } from './cases.ts';

/** Values that must never be found outside the vault. No real person has them. */
export const planted = {
  name: 'Zylfije Plantedsecretova',
  phone: '+383 49 555 017',
  address: 'Rruga e Fshehtë 999, kati 7',
  idNumber: '9876512340',
  point: '42.661237, 21.088451',
  guardian: 'Hidden Guardianovska',
} as const;

/** What to look for: the values, and the pieces a careless line could carry. */
export const plantedTraces = [
  'Plantedsecretova',
  'Zylfije',
  '+383 49 555 017',
  '+38349555017',
  '555017',
  '555 017',
  'e Fshehtë',
  '9876512340',
  '42.661237',
  '21.088451',
  'Guardianovska',
];

export function consentInput(askedBy: string, changes: Partial<ConsentGive> = {}): ConsentGive {
  return {
    id: newId(),
    purpose: 'case_work',
    recipient: null,
    fields: [],
    form: 'oral',
    language: 'sq',
    givenBy: 'person',
    askedBy,
    givenOn: inDays(-1),
    expiresOn: inDays(365),
    textVersion: '2026-11',
    legalBasis: 'explicit_consent',
    ...changes,
  };
}
