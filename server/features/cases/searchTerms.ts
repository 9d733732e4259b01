// Duty: the folded words a case is found by, and a query's words in the same folding. Which cases may be found is not decided here.
import { municipalityCodes } from '../../../shared/directory.ts';

const cyrillic: Record<string, string> = Object.fromEntries(
  Object.entries({
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    ђ: 'dj',
    е: 'e',
    ж: 'z',
    з: 'z',
    и: 'i',
    ј: 'j',
    к: 'k',
    л: 'l',
    љ: 'lj',
    м: 'm',
    н: 'n',
    њ: 'nj',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    ћ: 'c',
    у: 'u',
    ф: 'f',
    х: 'h',
    ц: 'c',
    ч: 'c',
    џ: 'dz',
    ш: 's',
  }),
);
const marks = /\p{M}+/gu;
const notWord = /[^a-z0-9]+/;
const wholeReference = /^([a-z]{3})[- ]?(\d{4})[- ](\d{1,6})$/;
const longestTerm = 24;
const mostTerms = 300;
const shortestTerm = 2;

/** Lower case, Latin, without diacritics; đ and dj are one. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/đ/g, 'dj')
    .replace(/[\u0400-\u04ff]/g, (letter) => cyrillic[letter] ?? letter)
    .normalize('NFD')
    .replace(marks, '');
}

export function wordsOf(text: string): string[] {
  return fold(text)
    .split(notWord)
    .filter((word) => word.length >= shortestTerm)
    .map((word) => word.slice(0, longestTerm));
}

/** `FER-2026-0042` is found whole, and by its number. */
function referenceTerms(reference: string): string[] {
  return [reference.toLowerCase().replaceAll('-', ''), ...wordsOf(reference)];
}

/** Distinct terms: the reference, the names of place and theme, then the texts, the most telling first, so that a very long story cannot push the place out. */
export function searchTermsOf(
  reference: string,
  names: readonly string[],
  texts: readonly string[],
): string[] {
  const terms = new Set(referenceTerms(reference));
  for (const text of names) for (const word of knownWordsOf(text)) terms.add(word);
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      if (terms.size >= mostTerms) return [...terms];
      terms.add(word);
    }
  }
  return [...terms];
}

/** Names of places and themes are few and come again with every case. */
const known = new Map<string, string[]>();
function knownWordsOf(name: string): string[] {
  const words = known.get(name) ?? wordsOf(name);
  if (known.size < 2_000) known.set(name, words);
  return words;
}

const referenceWord = new RegExp(`^(${Object.values(municipalityCodes).join('|')})(\\d{2,4})(\\d*)$`, 'i');

/** The references that such a word begins, as a prefix of them (`FER-2026-00`); null for any other word. */
export function referencePrefixOf(word: string): string | null {
  const [, code, year, number] = referenceWord.exec(word) ?? [];
  return code ? `${code.toUpperCase()}-${year}${year!.length === 4 && number ? `-${number}` : ''}` : null;
}

const mostWords = 6;

/** What to look for, each as a prefix, the most telling (longest) first. */
export function queryWords(query: string): string[] {
  const reference = wholeReference.exec(query.trim().toLowerCase());
  if (reference) return [`${reference[1]}${reference[2]}${reference[3]}`];
  const words = [...new Set(wordsOf(query))].sort((a, b) => b.length - a.length);
  return words
    .filter((word, index) => !words.slice(0, index).some((longer) => longer.startsWith(word)))
    .slice(0, mostWords);
}
