// Duty: in which order a case's moves are offered: the usual next one first, endings last. Which are allowed comes with the case.

import type { CaseAbility } from '../../../shared/caseLists.ts';
import type { CaseMoveName } from '../../../shared/caseMoves.ts';

const order: readonly CaseMoveName[] = [
  'triage',
  'start',
  'resume',
  'resolve',
  'close',
  'reopen',
  'wait',
  'dismiss',
  'withdraw',
];

/** The first is the page's one primary action. An ending that is nobody's daily work is never first. */
export function offeredMoves(abilities: Record<CaseAbility, boolean>): {
  primary: CaseMoveName | null;
  others: CaseMoveName[];
} {
  const allowed = order.filter((move) => abilities[move]);
  const primary = allowed.find((move) => move !== 'dismiss' && move !== 'withdraw') ?? null;
  return { primary, others: allowed.filter((move) => move !== primary) };
}
