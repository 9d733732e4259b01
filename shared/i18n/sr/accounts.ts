// Duty: Serbian (Latin, ekavian) words of accounts that are not on a screen. Same keys as English.
import type { accounts as english } from '../en/accounts.ts';

export const accounts: Record<keyof typeof english, string> = {
  'mail.greeting': 'Zdravo, {name},',
  'mail.invitation.subject': 'Vaša pozivnica za KOSINT Tracker',
  'mail.invitation.text': 'Pozvani ste da radite sa KOSINT Trackerom. Otvorite ovu vezu i izaberite lozinku:',
  'mail.invitation.end': 'Veza važi jednom, sedam dana. Ako niste očekivali pozivnicu, ne radite ništa.',
  'mail.reset.subject': 'Nova lozinka za KOSINT Tracker',
  'mail.reset.text': 'Neko je zatražio novu lozinku za vaš nalog. Otvorite ovu vezu da je izaberete:',
  'mail.reset.end': 'Veza važi jednom, dva sata. Ako to niste bili vi, ne radite ništa: vaša lozinka ostaje.',
  'mail.passwordChanged.subject': 'Vaša lozinka je promenjena',
  'mail.passwordChanged.text': 'Lozinka vašeg naloga je upravo promenjena.',
  'mail.passwordChanged.end': 'Ako to niste bili vi, odmah obavestite administratora.',
  'mail.factorOn.subject': 'Drugi faktor je uključen',
  'mail.factorOn.text':
    'Od sada se pri prijavi na vaš nalog traži i kod sa vašeg telefona. Vaši drugi uređaji su odjavljeni.',
  'mail.factorOn.end': 'Ako to niste bili vi, odmah obavestite administratora.',
  'mail.factorOff.subject': 'Drugi faktor je isključen',
  'mail.factorOff.text': 'Vaš nalog više ne traži kod sa telefona; dovoljna je lozinka.',
  'mail.factorOff.end': 'Ako to niste bili vi, odmah obavestite administratora.',
  'mail.factorReset.subject': 'Vaš drugi faktor je uklonjen',
  'mail.factorReset.text':
    'Administrator je uklonio drugi faktor vašeg naloga i svuda vas odjavio. Prijavite se lozinkom i ponovo ga uključite na stranici „Moj nalog“.',
  'mail.factorReset.end': 'Ako to niste tražili vi, odmah obavestite administratora.',
  'mail.factorRecovery.subject': 'Iskorišćen je rezervni kod',
  'mail.factorRecovery.text':
    'Upravo je za vaš nalog iskorišćen jedan od vaših rezervnih kodova. On više ne važi.',
  'mail.factorRecovery.end': 'Ako to niste bili vi, odmah obavestite administratora.',
  'mail.factorGuessed.subject': 'Neko zna vašu lozinku',
  'mail.factorGuessed.text':
    'Uneta je vaša tačna lozinka, ali je kod više puta bio pogrešan. Niko nije ušao.',
  'mail.factorGuessed.end': 'Ako to niste bili vi, odmah promenite lozinku i obavestite administratora.',
  'error.user.stale': 'Neko drugi je u međuvremenu izmenio ovu osobu. Uporedite obe strane.',
  'error.user.lastAdministrator': 'Ovo je poslednji administrator; neko mora da ostane.',
  'error.user.emailTaken': 'Neko sa ovom e-adresom je već ovde.',
  'error.user.notWaiting': 'Ova osoba se već pridružila ili je isključena.',
  'error.organisation.stale': 'Neko drugi je u međuvremenu izmenio ovu organizaciju. Uporedite obe strane.',
  'fault.contains_email': 'Lozinka sadrži vašu e-adresu. Izaberite drugu.',
};
