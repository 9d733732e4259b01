// Duty: what figures are counted from: letters by the day their answer was due, without words or cases. Nothing is added up here.
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { type LetterFile, LetterModel } from './letters.model.ts';
import { type LetterQuestion, lettersVisibleTo } from './letters.queries.ts';

export type LetterForFigures = Pick<LetterFile, 'expectedBy' | 'answeredOn'>;

export async function lettersForFigures(
  viewer: Viewer,
  from: string,
  to: string,
): Promise<LetterForFigures[]> {
  if (viewer.role !== 'coordinator') throw notFound();
  const due: LetterQuestion = { expectedBy: { $gte: from, $lte: to }, status: { $ne: 'withdrawn' } };
  const question: LetterQuestion = { $and: [await lettersVisibleTo(viewer), due] };
  return LetterModel.find(question, { _id: 0, expectedBy: 1, answeredOn: 1 }).lean<LetterForFigures[]>();
}
