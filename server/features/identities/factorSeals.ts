// Duty: the keys of second factors, sealed under a key of their own of the vault's ring. Knows no names, and no codes.
import { placeOf } from './sealedPlaces.ts';
import { type Sealed, seal, unseal } from './sealing.ts';
import { keyRing } from './vaultKeys.ts';

/** Handed to the directory, which comes before this slice. */
export const factorSeals = {
  seal: (userId: string, place: string, value: string): Sealed =>
    seal(keyRing(), placeOf('users', userId, place), value, 'factors'),
  unseal: (userId: string, place: string, sealed: Sealed): string =>
    unseal(keyRing(), placeOf('users', userId, place), sealed, 'factors'),
};
