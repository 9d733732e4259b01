// Duty: put what came back from an institution to its letter, and take a file off. Files first, then the letter, so that it never points to nothing.
import { letterLimits } from '../../../shared/letterLists.ts';
import { clock } from '../../clock.ts';
import { conflict, invalid, notFound } from '../../errors.ts';
import type { CleanFile } from '../../files/clean.ts';
import { deleteKept, filesBelongTo, type KeptFile, keepFile } from '../../files/kept.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { changeLetter } from './letterChange.ts';
import { type LetterFile, LetterModel } from './letters.model.ts';
import { mayWorkOnLetter } from './letters.policy.ts';
import { letterFor } from './letters.queries.ts';

filesBelongTo('letter', async (id) => (await LetterModel.findById(id, { files: 1 }).lean())?.files ?? []);

/** Whether to go on receiving: throws as the upload would, and answers true when this very upload was kept before. */
export async function isKeptForLetter(viewer: Viewer, letterId: string, id: string): Promise<boolean> {
  return isRepeat(viewer, await letterFor(viewer, letterId), id);
}

function isRepeat(viewer: Viewer, letter: LetterFile, id: string): boolean {
  ensure(mayWorkOnLetter, viewer, letter);
  const earlier = letter.files.find((file) => file.id === id);
  if (earlier && earlier.by !== viewer.id) throw conflict('id.taken');
  if (earlier) return true;
  if (letter.status === 'to_send' || letter.status === 'withdrawn')
    throw conflict('letter.notFromHere', { version: letter.version, status: letter.status });
  if (letter.files.length >= letterLimits.files)
    throw invalid([{ path: ['file'], code: 'too_many', params: { maximum: letterLimits.files } }]);
  return false;
}

/** Named after the letter, never after what the person called it: file names tell names. */
export async function addLetterFile(
  viewer: Viewer,
  letterId: string,
  id: string,
  clean: CleanFile,
  now = clock.now(),
): Promise<LetterFile> {
  const letter = await letterFor(viewer, letterId);
  if (isRepeat(viewer, letter, id)) return letter;
  const number = letter.history.filter(({ move }) => move === 'add_file').length + 1;
  const name = `${letter.reference}-${number}`;
  const kept = await keepFile(clean, { kind: 'letter', id: letterId }, { id, name, by: viewer.id, at: now });
  try {
    return await changeLetter(
      letter,
      {
        set: { files: [...letter.files, kept] },
        to: letter.status,
        entry: { move: 'add_file', by: viewer.id },
      },
      now,
    );
  } catch (error) {
    await deleteKept(kept);
    throw error;
  }
}

/** Takes it off the letter, then deletes it; a crash between leaves a file that is swept. */
export async function removeLetterFile(
  viewer: Viewer,
  letterId: string,
  id: string,
  now = clock.now(),
): Promise<LetterFile> {
  const letter = await letterFor(viewer, letterId);
  ensure(mayWorkOnLetter, viewer, letter);
  const kept = fileOf(letter, id);
  const after = await changeLetter(
    letter,
    {
      set: { files: letter.files.filter((file) => file.id !== id) },
      to: letter.status,
      entry: { move: 'remove_file', by: viewer.id },
    },
    now,
  );
  await deleteKept(kept);
  return after;
}

export function fileOf(letter: LetterFile, id: string): KeptFile {
  const found = letter.files.find((file) => file.id === id);
  if (!found) throw notFound('evidence.notFound');
  return found;
}
