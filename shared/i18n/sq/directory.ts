// Duty: Albanian words of the directory: signing in, my account, users, organisations.
import type { directory as english } from '../en/directory.ts';

export const directory: Record<keyof typeof english, string> = {
  'directory.signIn': 'Kyçu',
  'directory.email': 'E-maili',
  'directory.password': 'Fjalëkalimi',
  'directory.showPassword': 'Shfaq ose fshih fjalëkalimin',
  'directory.forgot': 'Keni harruar fjalëkalimin?',
  'directory.examples': 'Provojeni',
  'directory.examplesText':
    'Nga një llogari për çdo rol, me raste të trilluara. Zgjidhni njërën për t’u kyçur.',
};
