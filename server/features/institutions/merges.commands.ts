// Duty: letters that were written about an issue are about its successor when it is merged. Safe to repeat.
import { type MergeListener, onIssueMerged } from '../issues/merges.commands.ts';
import { LetterModel } from './letters.model.ts';

/** Only where the link leads changes, nothing that anybody wrote: so no version of the letter, and no line of its history. */
const followMerge: MergeListener = async (from, to) => {
  await LetterModel.updateMany({ issueId: from }, { $set: { issueId: to } });
};

/** Called once per app; again changes nothing. */
export function startLetters(): void {
  onIssueMerged(followMerge);
}
