// Duty: Albanian words of accounts that are not on a screen. Same keys as English.
import type { accounts as english } from '../en/accounts.ts';

export const accounts: Record<keyof typeof english, string> = {
  'mail.greeting': 'Përshëndetje, {name},',
  'mail.invitation.subject': 'Ftesa juaj për KOSINT Tracker',
  'mail.invitation.text':
    'Jeni ftuar të punoni me KOSINT Tracker. Hapni këtë lidhje dhe zgjidhni një fjalëkalim:',
  'mail.invitation.end': 'Lidhja vlen një herë, për shtatë ditë. Nëse nuk prisnit ftesë, mos bëni asgjë.',
  'mail.reset.subject': 'Fjalëkalim i ri për KOSINT Tracker',
  'mail.reset.text': 'Dikush kërkoi fjalëkalim të ri për llogarinë tuaj. Hapni këtë lidhje për ta zgjedhur:',
  'mail.reset.end':
    'Lidhja vlen një herë, për dy orë. Nëse nuk ishit ju, mos bëni asgjë: fjalëkalimi juaj mbetet.',
  'mail.passwordChanged.subject': 'Fjalëkalimi juaj u ndryshua',
  'mail.passwordChanged.text': 'Fjalëkalimi i llogarisë suaj sapo u ndryshua.',
  'mail.passwordChanged.end': 'Nëse nuk ishit ju, njoftoni menjëherë administratorin.',
  'mail.factorOn.subject': 'Faktori i dytë u aktivizua',
  'mail.factorOn.text':
    'Tani e tutje, për kyçje në llogarinë tuaj kërkohet edhe një kod nga telefoni. Pajisjet tuaja të tjera u çkyçën.',
  'mail.factorOn.end': 'Nëse nuk ishit ju, njoftoni menjëherë administratorin.',
  'mail.factorOff.subject': 'Faktori i dytë u çaktivizua',
  'mail.factorOff.text': 'Llogaria juaj nuk kërkon më kod nga telefoni; mjafton fjalëkalimi.',
  'mail.factorOff.end': 'Nëse nuk ishit ju, njoftoni menjëherë administratorin.',
  'mail.factorReset.subject': 'Faktori juaj i dytë u hoq',
  'mail.factorReset.text':
    'Një administrator hoqi faktorin e dytë të llogarisë suaj dhe ju çkyçi kudo. Kyçuni me fjalëkalim dhe aktivizojeni përsëri te “Llogaria ime”.',
  'mail.factorReset.end': 'Nëse nuk e keni kërkuar ju, njoftoni menjëherë administratorin.',
  'mail.factorRecovery.subject': 'U përdor një kod rezervë',
  'mail.factorRecovery.text':
    'Sapo u përdor një nga kodet tuaja rezervë për llogarinë tuaj. Ai kod nuk vlen më.',
  'mail.factorRecovery.end': 'Nëse nuk ishit ju, njoftoni menjëherë administratorin.',
  'mail.factorGuessed.subject': 'Dikush e di fjalëkalimin tuaj',
  'mail.factorGuessed.text':
    'U dha fjalëkalimi juaj i saktë, por kodi ishte disa herë i gabuar. Askush nuk hyri.',
  'mail.factorGuessed.end': 'Nëse nuk ishit ju, ndryshojeni tani fjalëkalimin dhe njoftoni administratorin.',
  'error.user.stale': 'Dikush tjetër e ndryshoi këtë person ndërkohë. Krahasoni të dyja anët.',
  'error.user.lastAdministrator': 'Ky është administratori i fundit; dikush duhet të mbetet.',
  'error.user.emailTaken': 'Dikush me këtë e-mail është tashmë këtu.',
  'error.user.notWaiting': 'Ky person është bashkuar tashmë, ose është çaktivizuar.',
  'error.organisation.stale': 'Dikush tjetër e ndryshoi këtë organizatë ndërkohë. Krahasoni të dyja anët.',
  'fault.contains_email': 'Fjalëkalimi përmban e-mailin tuaj. Zgjidhni një tjetër.',
};
