// Duty: a case that left this person's sight, or was anonymised, leaves their device too: notes and edits begun, letters and photos that wait. Screens are their own.
import { ApiError, api } from './api.ts';
import type { Letter, Outbox } from './outbox.ts';
import { type OwnTexts, ownFiles, ownTexts } from './ownStore.ts';

const caseIn = (path: string): string | null =>
  /^\/api\/cases\/([\w-]{36})(?:[/?]|$)/.exec(path)?.[1] ?? null;
const isAbout = (caseId: string, { id, path }: Pick<Letter, 'id' | 'path'>): boolean =>
  id === caseId || caseIn(path) === caseId;
/** `note.ID`, `edit.ID.section`, `answer.ID`, `draft.ID`, `refer.ID`, `letter.ID`, `vault.ID`. */
const caseOfName = (name: string): string | null => /^\w+\.([\w-]{36})(?:\.|$)/.exec(name)?.[1] ?? null;

export function forgetCase(userId: string, caseId: string, outbox: Outbox): void {
  const texts = ownTexts(userId);
  for (const name of texts.names('')) if (caseOfName(name) === caseId) texts.set(name, null);
  for (const letter of outbox.letters().filter((one) => isAbout(caseId, one))) {
    outbox.discard(letter.id);
    if (letter.file) void ownFiles.remove(userId, letter.file).catch(() => {});
  }
}

/** Cases that something here is about and that the server knows: not those that were never sent. */
export function casesKeptHere(
  names: readonly string[],
  letters: readonly Pick<Letter, 'id' | 'path'>[],
): string[] {
  const unsent = new Set([
    ...names.filter((name) => name.startsWith('draft.')).map(caseOfName),
    ...letters.filter(({ path }) => caseIn(path) === null).map(({ id }) => id),
  ]);
  const found = [...names.map(caseOfName), ...letters.map(({ path }) => caseIn(path))];
  return [...new Set(found)].filter((id) => id !== null && !unsent.has(id)) as string[];
}

/** What was withdrawn or anonymised while this device could not be told. Asked whenever the server is there again. */
export async function forgetLostCases(userId: string, outbox: Outbox): Promise<void> {
  const texts: OwnTexts = ownTexts(userId);
  for (const id of casesKeptHere(texts.names(''), outbox.letters())) {
    try {
      const { data } = await api.get<{ data: { anonymisedAt: string | null } }>(`/api/cases/${id}`, {
        quiet: true,
      });
      if (data.anonymisedAt) forgetCase(userId, id, outbox);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) forgetCase(userId, id, outbox);
    }
  }
}
