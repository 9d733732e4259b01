// Duty: take what tells who a person is out of a text, with a mark in the language of the text, and put it back. Pure; finding it: personalData.ts.
import { type IdentityField, identityLimits } from './identityLists.ts';
import { findPersonalData, type PersonalDataHit, type PersonalDataKind } from './personalData.ts';

export const textLanguages = ['sq', 'sr', 'en'] as const;
export type TextLanguage = (typeof textLanguages)[number];

export type TakenTo = 'vault' | 'nowhere';
export const marks: Record<TakenTo, Record<TextLanguage, string>> = {
  vault: { sq: '[në kasafortë]', sr: '[u sefu]', en: '[in the vault]' },
  nowhere: { sq: '[e hequr]', sr: '[izostavljeno]', en: '[left out]' },
};

/** Small words that each language has for itself; also as they are typed without their marks. */
const smallWords: Record<TextLanguage, ReadonlySet<string>> = {
  sq: new Set('dhe është eshte për një nje në qe që nga nuk janë jane kanë kane ka pa te të së'.split(' ')),
  sr: new Set('je nije su nisu da i sa za od ima nema iz kod bez ali kao ili živi zivi'.split(' ')),
  en: new Set(
    'the and is are was were has have had of to in on for not with they her his who lives'.split(' '),
  ),
};

/** The language a text is written in, as far as its small words tell; else the one given. */
export function languageOf(text: string, otherwise: TextLanguage): TextLanguage {
  if (/\p{Script=Cyrillic}/u.test(text)) return 'sr';
  const words = text.toLowerCase().split(/[^\p{L}]+/u);
  const count = (language: TextLanguage) => words.filter((word) => smallWords[language].has(word)).length;
  const ranked = textLanguages.map((language) => ({ language, found: count(language) }));
  ranked.sort((a, b) => b.found - a.found);
  return ranked[0]!.found > ranked[1]!.found ? ranked[0]!.language : otherwise;
}

/** What the scan of a text can find for the vault. */
export type MovableField = Extract<IdentityField, 'name' | 'phone' | 'idNumber'>;

/** The field of the identity record that such a finding belongs in; null: the vault has none. */
export const vaultFieldOf: Record<PersonalDataKind, MovableField | null> = {
  phone: 'phone',
  id_number: 'idNumber',
  community_name: 'name',
  iban: null,
  email: null,
};

const longestPhone = 24;

/** As the vault takes it: a telephone that is spread out wide is drawn together. */
export function vaultValueOf(field: MovableField, found: string): string {
  if (field === 'name') return found.slice(0, identityLimits.name);
  if (field !== 'phone') return found;
  const close = found.replace(/\s+/g, ' ').trim();
  return close.length <= longestPhone ? close : close.replace(/(?!^\+)\D/g, '').slice(0, longestPhone);
}

/** What was taken out of which place, so that it can go back. */
export interface Taken {
  value: string;
  mark: string;
  at: number;
}

export function takeOut(
  text: string,
  { tells }: PersonalDataHit,
  mark: string,
): [text: string, taken: Taken] {
  const { start, end } = tells;
  const value = text.slice(start, end);
  return [text.slice(0, start) + mark + text.slice(end), { value, mark, at: start }];
}

/** Back in the place of its mark, the nearest one when the text was written on meanwhile; null: no mark is left. */
export function putBack(text: string, { value, mark, at }: Taken): string | null {
  const places: number[] = [];
  for (let place = text.indexOf(mark); place >= 0; place = text.indexOf(mark, place + 1)) places.push(place);
  if (places.length === 0) return null;
  const nearest = places.reduce((best, place) => (Math.abs(place - at) < Math.abs(best - at) ? place : best));
  return text.slice(0, nearest) + value + text.slice(nearest + mark.length);
}

/** For what a text is only compared with: nothing that tells who it is leaves this device. */
export function withoutPersonalData(text: string): string {
  return findPersonalData(text).reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)}…${rest.slice(end)}`,
    text,
  );
}
