// Duty: figures said in the viewer's language, with municipalities by the names they have in it. How is summaryWords'.
import { useMemo } from 'react';
import type { FigureSpeech } from '../../../shared/summaryWords.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';

export function useFigureSpeech(): FigureSpeech {
  const speech = useSpeech();
  const placeName = usePlaceName();
  return useMemo(
    () => ({ say: speech.say, formats: speech, municipality: (slug) => placeName(slug) }),
    [speech, placeName],
  );
}
