// Duty: words in the viewer's language: loads one language at a time, switches without reload. Which words come when: words.ts.
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import { type Language, languages } from '../../shared/directory.ts';
import { type Formats, makeFormats } from '../../shared/format.ts';
import { locales, makeSpeaker, type Speaker } from '../../shared/i18n.ts';
import { kept } from './kept.ts';
import { wordsOf } from './words.ts';

/** Romani is partial: what it lacks is said in Albanian, or in Serbian where that was the language before. */
export async function loadSpeaker(language: Language): Promise<Speaker> {
  if (language !== 'rom') {
    const messages = await wordsOf(language);
    return makeSpeaker(language, messages, messages);
  }
  const [fallback, { rom }] = await Promise.all([
    wordsOf(kept.get('language.before') === 'sr' ? 'sr' : 'sq'),
    import('../../shared/i18n/rom/index.ts'),
  ]);
  return makeSpeaker(language, rom, fallback);
}

const isLanguage = (value: string | null): value is Language =>
  (languages as readonly (string | null)[]).includes(value);

/** What this device was last set to, else the first language of the browser that we speak, else Albanian. */
export function languageOfDevice(preferred: readonly string[] = navigator.languages): Language {
  const chosen = kept.get('language');
  if (isLanguage(chosen)) return chosen;
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0]!;
    if (isLanguage(language)) return language;
    if (['bs', 'hr', 'cnr', 'sh'].includes(language)) return 'sr';
  }
  return 'sq';
}

export interface Speech extends Formats {
  speaker: Speaker;
  language: Language;
  say: Speaker['say'];
  /** Loads and shows another language, and keeps it for this device. */
  speak(language: Language): Promise<void>;
}

const SpeechContext = createContext<Speech | null>(null);

export function SpeakerProvider({ first, children }: { first: Speaker; children: ReactNode }) {
  const [speaker, setSpeaker] = useState(first);
  const speak = useCallback(async (language: Language) => {
    const before = kept.get('language');
    if (before && before !== 'rom' && before !== language) kept.set('language.before', before);
    kept.set('language', language);
    const loaded = await loadSpeaker(language);
    document.documentElement.lang = locales[language];
    setSpeaker(loaded);
  }, []);
  const speech = useMemo<Speech>(
    () => ({
      ...makeFormats(speaker.language),
      speaker,
      language: speaker.language,
      say: speaker.say,
      speak,
    }),
    [speaker, speak],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** Words, formats and the language itself. */
export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (!speech) throw new Error('useSpeech outside SpeakerProvider');
  return speech;
}

/** `say('common.save')`. */
export const useSay = (): Speaker['say'] => useSpeech().say;
