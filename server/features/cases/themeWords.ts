// Duty: the words of a theme and sub-theme in every language, for search, and of plan templates in the viewer's language.
import type { Language } from '../../../shared/directory.ts';
import type { SubTheme, Theme } from '../../../shared/themes.ts';
import { speakers } from '../../words.ts';

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
