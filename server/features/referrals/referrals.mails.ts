// Duty: what the mails about referrals say: a reference and a verb. An organisation's language is not known, so all three speak.
import type { Mail } from '../../mail/mailer.ts';
import { speakers } from '../../words.ts';

const all = [speakers.sq, speakers.sr, speakers.en];

/** The link stands once, between the languages: it is the same for all. */
export function linkMail(to: string, reference: string, link: string): Mail {
  const said = all.map(({ say }) => say('referrals.mail.link.text', { reference }));
  const ends = all.map(({ say }) => say('referrals.mail.link.end'));
  return {
    to,
    subject: all.map(({ say }) => say('referrals.mail.link.subject', { reference })).join(' · '),
    text: [...said, link, ...ends, speakers.en.say('app.name')].join('\n\n'),
  };
}
