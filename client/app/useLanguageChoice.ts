// Duty: changing the language: at once on this device, and for the person's next device. Loading words is lib/i18n's.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Language } from '../../shared/directory.ts';
import { api } from '../lib/api.ts';
import { useSpeech } from '../lib/i18n.tsx';
import { useSession } from '../lib/session.tsx';

export function useLanguageChoice(): (language: Language) => Promise<void> {
  const { speak } = useSpeech();
  const { me } = useSession();
  const client = useQueryClient();
  return async (language) => {
    await speak(language);
    if (!me || me.language === language) return;
    // The words have changed already; a failure only means that the next device starts in the old language.
    await api.patch('/api/me', { language }, { quiet: true }).catch(() => {});
    await client.invalidateQueries({ queryKey: ['me'] });
  };
}

/** After signing in, the person's own language is spoken, whatever the device spoke before. */
export function usePersonsLanguage(): void {
  const { language, speak } = useSpeech();
  const { me } = useSession();
  const greeted = useRef<string | null>(null);
  useEffect(() => {
    if (!me || greeted.current === me.id) return;
    greeted.current = me.id;
    if (me.language !== language) void speak(me.language);
  }, [me, language, speak]);
}
