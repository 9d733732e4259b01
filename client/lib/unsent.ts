// Duty: how much of a person's own writing is on this device alone, so that nobody wipes it without knowing. Wiping is ownStore's.
import { useOutbox } from './offline.tsx';
import type { Letter } from './outbox.ts';
import { ownTexts } from './ownStore.ts';
import { useMe } from './session.tsx';

export interface Unsent {
  /** Texts begun and not sent, and what waits for the network. */
  written: number;
  /** Receipt codes that nobody has confirmed to have passed on. */
  receipts: number;
}

export function unsentOf(names: readonly string[], letters: readonly Pick<Letter, 'id' | 'text'>[]): Unsent {
  const receipts = names.filter((name) => name.startsWith('answer.'));
  const texts = names.filter((name) => name !== 'outbox' && !name.startsWith('answer.'));
  // A text that waits to be sent is kept under the id of its letter, too.
  const others = letters.filter(({ id, text }) => !texts.some((name) => name === text || name.endsWith(id)));
  return { written: texts.length + others.length, receipts: receipts.length };
}

/** Asked at the moment of leaving: what is typed changes without a word to anybody. */
export function useUnsent(): () => Unsent | null {
  const me = useMe();
  const outbox = useOutbox();
  return () => {
    const unsent = unsentOf(ownTexts(me.id).names(''), outbox.letters());
    return unsent.written + unsent.receipts > 0 ? unsent : null;
  };
}
