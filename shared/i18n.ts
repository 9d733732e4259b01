// Duty: `say`: a message key and its values become words in one language (ICU MessageFormat). Loading languages is the caller's.
import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from './directory.ts';
import type { MessageKey, Messages } from './i18n/messages.ts';

export type { MessageKey, Messages } from './i18n/messages.ts';
export type MessageValues = Record<string, string | number | Date>;

/** What `Intl` needs for each language: Serbian in Latin letters; Romani formats numbers and dates as Albanian does. */
export const locales: Record<Language, string> = { sq: 'sq', sr: 'sr-Latn', en: 'en-GB', rom: 'sq' };

export interface Speaker {
  language: Language;
  locale: string;
  say(key: MessageKey, values?: MessageValues): string;
  /** True when the key is one this table knows: for codes that come from outside, such as error codes. */
  knows(key: string): key is MessageKey;
}

/**
 * `fallback` answers for keys that a partial language lacks. Both may grow later. Formats are compiled once per key.
 * What neither has is said as its key: words that came late must not break a page.
 */
export function makeSpeaker(
  language: Language,
  messages: Partial<Messages>,
  fallback: Partial<Messages>,
): Speaker {
  const locale = locales[language];
  const compiled = new Map<MessageKey, IntlMessageFormat>();
  const wordsFor = (key: MessageKey) => messages[key] ?? fallback[key];
  return {
    language,
    locale,
    say(key, values) {
      const words = wordsFor(key);
      if (words === undefined) return key;
      if (!words.includes('{') && !words.includes("'")) return words;
      let format = compiled.get(key);
      if (!format) {
        format = new IntlMessageFormat(words, locale, undefined, { ignoreTag: true });
        compiled.set(key, format);
      }
      return String(format.format(values));
    },
    knows: (key): key is MessageKey => Object.hasOwn(fallback, key),
  };
}
