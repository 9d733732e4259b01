// Duty: a letter as a file to print and sign. Who may take it is the caller's; how it looks: letterPdf.ts.
import { dayOf } from '../../clock.ts';
import { printed } from '../../pdf/printer.ts';
import { addresseeOf } from './letters.commands.ts';
import type { LetterFile } from './letters.model.ts';

/** The same letter gives the same bytes: its date is the day of sending, until then that of its last change. */
export async function letterAsPdf(letter: LetterFile): Promise<Buffer> {
  const { reference, language, subject, body, sentOn, changedAt } = letter;
  const { names } = await addresseeOf(letter);
  return printed<typeof import('./letterPdf.ts')>(new URL('./letterPdf.ts', import.meta.url), {
    letter: { reference, language, subject, body },
    day: sentOn ?? dayOf(changedAt),
    addressee: names[language],
  });
}
