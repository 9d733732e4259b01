// Duty: what the slice's mails say, in their reader's language. They name no case and carry no password, only a one-time link.
import type { Language } from '../../../shared/directory.ts';
import { en } from '../../../shared/i18n/en/index.ts';
import { rom } from '../../../shared/i18n/rom/index.ts';
import { sq } from '../../../shared/i18n/sq/index.ts';
import { sr } from '../../../shared/i18n/sr/index.ts';
import { makeSpeaker, type Speaker } from '../../../shared/i18n.ts';
import type { Mail } from '../../mail/mailer.ts';

/** Romani falls back to Albanian, as on screen. */
const speakers: Record<Language, Speaker> = {
  sq: makeSpeaker('sq', sq, en),
  sr: makeSpeaker('sr', sr, en),
  en: makeSpeaker('en', en, en),
  rom: makeSpeaker('rom', rom, sq),
};

interface Reader {
  email: string;
  name: string;
  language: Language;
}

function mail(reader: Reader, kind: 'invitation' | 'reset' | 'passwordChanged', link: string | null): Mail {
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
