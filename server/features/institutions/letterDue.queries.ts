// Duty: what time and changes make of letters, for who must tell people of it. No viewer: nothing here is ever an answer.
import { runningStatuses } from '../../../shared/letterLists.ts';
import { type LetterFile, LetterModel } from './letters.model.ts';

export async function letterToTellOf(id: string): Promise<LetterFile | null> {
  return LetterModel.findOne({ _id: id }).lean<LetterFile>();
}

export function lettersChangedSince(since: Date): AsyncIterable<LetterFile> {
  return LetterModel.collection.find<LetterFile>({ changedAt: { $gte: since } });
}

/** Letters on which the clock runs, with a last day between these, the last one included. */
export function lettersDueBetween(after: string, until: string): AsyncIterable<LetterFile> {
  return LetterModel.collection.find<LetterFile>({
    status: { $in: [...runningStatuses] },
    dueOn: { $gt: after, $lte: until },
  });
}
