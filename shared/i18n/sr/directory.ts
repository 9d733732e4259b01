// Duty: Serbian words of the directory: signing in, my account, users, organisations.
import type { directory as english } from '../en/directory.ts';

export const directory: Record<keyof typeof english, string> = {
  'directory.signIn': 'Prijavi se',
  'directory.email': 'E-pošta',
  'directory.password': 'Lozinka',
  'directory.showPassword': 'Prikaži ili sakrij lozinku',
  'directory.forgot': 'Zaboravljena lozinka?',
  'directory.examples': 'Isprobajte',
  'directory.examplesText':
    'Po jedan nalog za svaku ulogu, sa izmišljenim slučajevima. Izaberite jedan da se prijavite.',
};
