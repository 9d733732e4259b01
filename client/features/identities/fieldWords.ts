// Duty: the words for a field that may be shared: those of the vault and those of the case have theirs in two places.
import type { ShareableField } from '../../../shared/consentLists.ts';
import type { Speaker } from '../../../shared/i18n.ts';
import { type IdentityField, identityFields } from '../../../shared/identityLists.ts';

const isOfVault = (field: ShareableField): field is IdentityField =>
  (identityFields as readonly string[]).includes(field);

export const fieldWords = (say: Speaker['say'], field: ShareableField): string =>
  isOfVault(field) ? say(`identity.field.${field}`) : say(`consent.field.${field}`);
