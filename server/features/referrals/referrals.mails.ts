// Duty: what the mails about referrals say: a reference and a verb. An organisation's language is not known, so all three speak.
import { en } from '../../../shared/i18n/en/index.ts';
import { sq } from '../../../shared/i18n/sq/index.ts';
import { sr } from '../../../shared/i18n/sr/index.ts';
import { makeSpeaker } from '../../../shared/i18n.ts';
import type { Mail } from '../../mail/mailer.ts';

const speakers = [makeSpeaker('sq', sq, en), makeSpeaker('sr', sr, en), makeSpeaker('en', en, en)];

/** The link stands once, between the languages: it is the same for all. */
export function linkMail(to: string, reference: string, link: string): Mail {
  const said = speakers.map(({ say }) => say('referrals.mail.link.text', { reference }));
  const ends = speakers.map(({ say }) => say('referrals.mail.link.end'));
  return {
    to,
    subject: speakers.map(({ say }) => say('referrals.mail.link.subject', { reference })).join(' · '),
    text: [...said, link, ...ends, speakers[2]!.say('app.name')].join('\n\n'),
  };
}
