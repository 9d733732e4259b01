// Duty: the templates of letters in English.
import type { Gaps, TemplateWords } from './templates.ts';

const open = 'Dear Sir or Madam,';
const close = 'Thank you for your cooperation.\n\nYours faithfully,\nFor KOSINT';
const paragraphs = (...all: (string | null)[]) => [open, ...all, close].filter(Boolean).join('\n\n');
const within = ({ rule }: Gaps) =>
  rule
    ? `Under ${rule.law} we expect your written reply within ${rule.days} ${rule.working ? 'working ' : ''}days of receiving this letter.`
    : 'We expect your written reply within the time the law sets.';
const earlier = ({ before }: Gaps) =>
  before
    ? `our letter ${before.reference}${before.sentOn ? ` of ${before.sentOn}` : ''} (“${before.subject}”)`
    : 'our letter';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

export const en: TemplateWords = {
  toFill: '[Write here what you ask for]',
  day(day) {
    const [year, month, date] = day.split('-').map(Number);
    return `${date} ${months[month! - 1]} ${year}`;
  },
  first: {
    access_to_documents: (gaps) => ({
      subject: 'Request for access to public documents',
      body: paragraphs(
        `We ask your institution (${gaps.institution}) for access to the following public documents:`,
        gaps.ask,
        'Please send us copies in electronic form or, if that is not possible, let us read them at your office.',
        within(gaps),
        'Should the request be refused in part or in full, please tell us the reasons and the legal remedy in writing.',
      ),
    }),
    request: (gaps) => ({
      subject: 'Request for action',
      body: paragraphs(
        `On behalf of the Roma, Ashkali and Egyptian families we work with, we bring this request to your institution (${gaps.institution}):`,
        gaps.ask,
        within(gaps),
        'We will gladly explain further and meet you.',
      ),
    }),
    complaint: (gaps) => ({
      subject: 'Complaint',
      body: paragraphs(
        `With this complaint we inform your institution (${gaps.institution}) of the following:`,
        gaps.ask,
        'We ask that it be examined and that a reasoned decision be taken.',
        within(gaps),
      ),
    }),
    meeting: (gaps) => ({
      subject: 'Request for a meeting',
      body: paragraphs(
        `We ask for a meeting with your institution (${gaps.institution}) about the following:`,
        gaps.ask,
        'Please propose a date and a place.',
        within(gaps),
      ),
    }),
  },
  later: {
    reminder: (gaps) => ({
      subject: `Reminder: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `We remind you of ${earlier(gaps)}; the time for a reply has passed without a solution.`,
        'Please reply without delay. Should we hear nothing this time either, we will turn to the higher authority.',
      ),
    }),
    higher_authority: (gaps) => ({
      subject: `No reply received: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `We turn to your institution (${gaps.institution}) because we received no proper reply to ${earlier(gaps)}.`,
        gaps.ask,
        'Within your supervisory powers, please see to it that the request is examined, and tell us what was done.',
      ),
    }),
    independent_body: (gaps) => ({
      subject: `Complaint about silence: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `We complain to your institution (${gaps.institution}) because the authorities did not properly reply to ${earlier(gaps)}.`,
        gaps.ask,
        'Please examine the matter and tell us of your decision or recommendation. Copies of the letters are attached.',
      ),
    }),
    court_or_media: (gaps) => ({
      subject: `Notice before further steps: ${gaps.before?.subject ?? ''}`.trim(),
      body: paragraphs(
        `To ${earlier(gaps)} and to the letters before it we received no solution from your institution (${gaps.institution}).`,
        'We inform you that, having taken legal advice, we will turn to the court or to the public. Until then we remain open to a solution.',
      ),
    }),
  },
};
