// Duty: Romani words, only those attested in `seeds/data/terms.json`; everything else falls back. Never machine-translate here.
import type { Messages } from '../messages.ts';

export const rom: Partial<Messages> = {
  'theme.employment': 'Butikeripe',
  'theme.covid19': 'COVID-19',
  'directory.municipality': 'Komuna',
};
