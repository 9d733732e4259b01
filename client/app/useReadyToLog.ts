// Duty: have what logging a case needs on the device before the network goes: a case is often told where there is none.
import { useEffect } from 'react';
import { openWords } from '../lib/words.ts';

/** Late enough that what was opened comes first. */
const laterMilliseconds = 2_000;

const load = () => {
  const parts = [
    import('../features/cases/intake/LogCasePage.tsx'),
    import('../features/map/PlacePicker.tsx'),
    openWords('logging', 'map'),
  ];
  // Without network they come when it is back.
  Promise.all(parts).catch(() => addEventListener('online', load, { once: true }));
};

/** For those who may log cases. */
export function useReadyToLog(may: boolean): void {
  useEffect(() => {
    if (!may) return;
    const timer = setTimeout(load, laterMilliseconds);
    return () => clearTimeout(timer);
  }, [may]);
}
