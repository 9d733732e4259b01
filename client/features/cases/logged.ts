// Duty: answers to cases that this device logged, kept until the receipt was passed on. The outbox writes them, see `keepAnswer`.
import type { CaseLogged } from '../../../shared/caseViews.ts';
import { ownTexts } from '../../lib/ownStore.ts';

const nameOf = (caseId: string) => `answer.${caseId}`;

function loggedIn(text: string | null): CaseLogged | null {
  try {
    const { data } = JSON.parse(text ?? 'null') as { data?: Partial<CaseLogged> };
    return typeof data?.id === 'string' && typeof data.reference === 'string' ? (data as CaseLogged) : null;
  } catch {
    return null;
  }
}

export const readLogged = (userId: string, caseId: string): CaseLogged | null =>
  loggedIn(ownTexts(userId).get(nameOf(caseId)));

export const forgetLogged = (userId: string, caseId: string): void =>
  void ownTexts(userId).set(nameOf(caseId), null);

/** Every case logged here whose receipt nobody has confirmed to have passed on. */
export function allLogged(userId: string): CaseLogged[] {
  const texts = ownTexts(userId);
  return texts
    .names('answer.')
    .map((name) => loggedIn(texts.get(name)))
    .filter((logged) => logged !== null);
}
