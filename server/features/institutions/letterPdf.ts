// Duty: a letter on paper: letterhead, addressee, reference, its words. Nothing on it that the letter does not say.
import type { LetterLanguage } from '../../../shared/letterLists.ts';
import { makePdf } from '../../pdf/pdf.ts';
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

export interface LetterPaper {
  letter: Pick<LetterFile, 'reference' | 'language' | 'subject' | 'body'>;
  /** Of the letter. */
  day: string;
  addressee: string;
}

export function print({ letter, day, addressee }: LetterPaper): Promise<Uint8Array> {
  const said = words[letter.language];
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
        [said.to, addressee],
      ]);
      writer.space(6);
      writer.heading(`${said.subject}: ${letter.subject}`);
      writer.text(letter.body);
    },
  );
}
