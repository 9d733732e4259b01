// Duty: what the slice's mails say, in their reader's language. They name no case and carry no password, only a one-time link.
import type { Language } from '../../../shared/directory.ts';
import type { Mail } from '../../mail/mailer.ts';
import { speakers } from '../../words.ts';

interface Reader {
  email: string;
  name: string;
  language: Language;
}

/** What happened to somebody's second factor; the owner hears of all of it. */
export type FactorNews = 'factorOn' | 'factorOff' | 'factorReset' | 'factorRecovery' | 'factorGuessed';

function mail(
  reader: Reader,
  kind: 'invitation' | 'reset' | 'passwordChanged' | FactorNews,
  link: string | null,
): Mail {
  const { say } = speakers[reader.language];
  const text = [
    say('mail.greeting', { name: reader.name }),
    say(`mail.${kind}.text`),
    ...(link ? [link] : []),
    say(`mail.${kind}.end`),
    say('app.name'),
  ].join('\n\n');
  return { to: reader.email, subject: say(`mail.${kind}.subject`), text };
}

export const invitationMail = (reader: Reader, link: string) => mail(reader, 'invitation', link);
export const resetMail = (reader: Reader, link: string) => mail(reader, 'reset', link);
/** So that somebody whose account was taken over hears of it. */
export const passwordChangedMail = (reader: Reader) => mail(reader, 'passwordChanged', null);
export const factorMail = (reader: Reader, news: FactorNews) => mail(reader, news, null);
