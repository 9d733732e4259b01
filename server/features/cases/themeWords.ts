// Duty: the words of a theme and sub-theme in every language, for search, and of plan templates in the viewer's language.
import type { Language } from '../../../shared/directory.ts';
import { en } from '../../../shared/i18n/en/index.ts';
import { rom } from '../../../shared/i18n/rom/index.ts';
import { sq } from '../../../shared/i18n/sq/index.ts';
import { sr } from '../../../shared/i18n/sr/index.ts';
import { type Messages, makeSpeaker, type Speaker } from '../../../shared/i18n.ts';
import type { SubTheme, Theme } from '../../../shared/themes.ts';

const tables: Record<Language, Partial<Messages>> = { en, sq, sr, rom };
const speakers = Object.fromEntries(
  Object.entries(tables).map(([language, messages]) => [
    language,
    makeSpeaker(language as Language, messages, en),
  ]),
) as Record<Language, Speaker>;

/** Words for codes that are made here; a code without words speaks for itself. */
export function say(language: Language, key: string): string {
  const speaker = speakers[language];
  return speaker.knows(key) ? speaker.say(key) : key;
}

export function themeWords(theme: Theme, subTheme: SubTheme): string[] {
  return (['en', 'sq', 'sr'] as const).flatMap((language) => [
    say(language, `theme.${theme}`),
    say(language, `subTheme.${subTheme}`),
  ]);
}
