// Duty: a letter on paper: letterhead, addressee, reference, its words. Nothing on it that the letter does not say.
import type { LetterLanguage } from '../../../shared/letterLists.ts';
import { dayOf } from '../../clock.ts';
import { makePdf } from '../../pdf/pdf.ts';
import { addresseeOf } from './letters.commands.ts';
import type { LetterFile } from './letters.model.ts';

interface PaperWords {
  about: string;
  reference: string;
  date: string;
  to: string;
  subject: string;
  day(day: string): string;
}

const dotted = (day: string) => day.split('-').reverse().join('.');
const words: Record<LetterLanguage, PaperWords> = {
  sq: {
    about: 'Për përfshirjen e komuniteteve rom, ashkali dhe egjiptian në Kosovë',
    reference: 'Nr. i shkresës',
    date: 'Data',
    to: 'Për',
    subject: 'Lënda',
    day: dotted,
  },
  sr: {
    about: 'Za uključivanje zajednica Roma, Aškalija i Egipćana na Kosovu',
    reference: 'Broj dopisa',
    date: 'Datum',
    to: 'Za',
    subject: 'Predmet',
    day: (day) => `${dotted(day)}.`,
  },
  en: {
    about: 'For the inclusion of Roma, Ashkali and Egyptian communities in Kosovo',
    reference: 'Letter no.',
    date: 'Date',
    to: 'To',
    subject: 'Subject',
    day: dotted,
  },
};

/** The same letter gives the same bytes: its date is the day of sending, until then that of its last change. */
export async function letterAsPdf(letter: LetterFile): Promise<Buffer<ArrayBuffer>> {
  const said = words[letter.language];
  const institution = await addresseeOf(letter);
  const day = letter.sentOn ?? dayOf(letter.changedAt);
  return makePdf(
    {
      title: `${letter.reference} ${letter.subject}`,
      language: letter.language,
      madeAt: new Date(`${day}T12:00:00Z`),
      footer: (page, pages) => `${letter.reference}  ·  ${page}/${pages}`,
    },
    (writer) => {
      writer.letterhead('KOSINT 2020', [said.about]);
      writer.facts([
        [said.reference, letter.reference],
        [said.date, said.day(day)],
        [said.to, institution.names[letter.language]],
      ]);
      writer.space(6);
      writer.heading(`${said.subject}: ${letter.subject}`);
      writer.text(letter.body);
    },
  );
}
