// Duty: how one command changes one letter: write if nobody was faster, else say so with the present state; then tell its rooms.
import type { LetterStatus } from '../../../shared/letterLists.ts';
import { conflict, invalid } from '../../errors.ts';
import { letterChanged } from './letters.live.ts';
import { type LetterFile, LetterModel, type StoredLetterEntry } from './letters.model.ts';

export interface LetterEdit {
  set: Partial<LetterFile>;
  to: LetterStatus;
  entry: Pick<StoredLetterEntry, 'move' | 'by'> & Partial<StoredLetterEntry>;
}

/** The letter after the change. Throws 409 `letter.stale` when it moved on meanwhile. */
export async function changeLetter(before: LetterFile, edit: LetterEdit, now: Date): Promise<LetterFile> {
  if (before.wordsErasedAt && edit.entry.by !== null)
    throw conflict('case.anonymised', { version: before.version });
  const entry: StoredLetterEntry = { at: now, from: before.status, to: edit.to, ...edit.entry };
  const set: Partial<LetterFile> = {
    ...edit.set,
    status: edit.to,
    version: before.version + 1,
    changedAt: now,
  };
  const written = await LetterModel.updateOne(
    { _id: before._id, version: before.version },
    { $set: set, $push: { history: entry } },
  );
  if (written.matchedCount === 0) throw await stale(before._id);
  const after = { ...before, ...set, history: [...before.history, entry] };
  await letterChanged(after, edit.entry.by);
  return after;
}

export async function stale(id: string) {
  const present = await LetterModel.findOne({ _id: id }, { version: 1, status: 1 }).lean<LetterFile>();
  return conflict('letter.stale', { version: present?.version, status: present?.status });
}

/** A version from the future is a mistake; an old one a conflict. */
export function ensureFresh(letter: LetterFile, version: number): void {
  if (version > letter.version) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
  if (version !== letter.version)
    throw conflict('letter.stale', { version: letter.version, status: letter.status });
}
