// Duty: what somebody types into a form stays on this device, sealed, until it is sent, however they leave the page. Where it is kept: ownStore.ts.
import { useState } from 'react';
import { ownTexts } from './ownStore.ts';
import { useMe } from './session.tsx';

/**
 * What was left unsent under that name when the page was opened, and the way to keep what is typed now; null forgets it.
 * A name is without a dot unless a case's id follows it: what is kept for a case is wiped with the case.
 */
export function useKeptValues<Values>(
  name: string,
): readonly [left: Values | null, keep: (values: Values | null) => void] {
  const texts = ownTexts(useMe().id);
  const [left] = useState<Values | null>(() => {
    try {
      return JSON.parse(texts.get(name) ?? 'null') as Values | null;
    } catch {
      return null;
    }
  });
  return [left, (values) => void texts.set(name, values && JSON.stringify(values))];
}
