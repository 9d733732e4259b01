// Duty: the words and files of letters about a case go with the case; institution, rule and days stay, for its scorecard counts them.
import { noTitle } from '../../../shared/retention.ts';
import { deleteFilesOf } from '../../files/kept.ts';
import { letterChanged } from './letters.live.ts';
import { type LetterFile, LetterModel, type StoredLetterEntry } from './letters.model.ts';

const withoutWords = ({ note: _, ...entry }: StoredLetterEntry): StoredLetterEntry => entry;

/** Safe to repeat. Protocol numbers go too: in the institution's own books they name the person. */
export async function eraseLetterWordsOf(caseId: string, now: Date): Promise<void> {
  for (const { _id } of await LetterModel.find({ caseId }, { _id: 1 }).lean<LetterFile[]>()) {
    for (;;) {
      const before = await LetterModel.findOne({ _id }).lean<LetterFile>();
      if (!before || before.wordsErasedAt) break;
      const set: Partial<LetterFile> = {
        subject: noTitle,
        body: noTitle,
        summary: null,
        protocol: null,
        theirProtocol: null,
        answerProtocol: null,
        files: [],
        history: before.history.map(withoutWords),
        wordsErasedAt: now,
        version: before.version + 1,
        changedAt: now,
      };
      const written = await LetterModel.updateOne({ _id, version: before.version }, { $set: set });
      if (written.matchedCount === 0) continue;
      await letterChanged({ ...before, ...set }, null);
      break;
    }
    await deleteFilesOf({ kind: 'letter', id: _id });
  }
}
