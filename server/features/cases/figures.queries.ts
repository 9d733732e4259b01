// Duty: what figures are counted from: cases without title, story, settlement or vault, streamed. Nothing is added up here.
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';
import { type CaseQuestion, visible } from './cases.queries.ts';
import { gapQuestion } from './gaps.ts';

/** Whole fields only: to pick parts out of each entry of a history costs the database three times as much. */
const fields = {
  theme: 1,
  municipality: 1,
  people: 1,
  status: 1,
  confirmedBy: 1,
  loggedAt: 1,
  startedAt: 1,
  history: 1,
} as const;

export type CaseForFigures = Pick<
  CaseFile,
  '_id' | 'theme' | 'municipality' | 'people' | 'status' | 'confirmedBy' | 'loggedAt' | 'startedAt'
> & { history: { move?: string; at: Date }[] };

function ensureCounts(viewer: Viewer): void {
  if (viewer.role !== 'coordinator') throw notFound();
}

/** Whatever happened to a case changed it: cases that did not change since then have nothing to count. */
const changedSince = (viewer: Viewer, from: Date): CaseQuestion =>
  visible(viewer, { changedAt: { $gte: from } });

export function casesForFigures(viewer: Viewer, from: Date): AsyncIterable<CaseForFigures> {
  ensureCounts(viewer);
  return CaseModel.collection.find<CaseForFigures>(changedSince(viewer, from) as never, {
    projection: fields,
    batchSize: 1_000,
  });
}

export async function caseCountForFigures(viewer: Viewer, from: Date): Promise<number> {
  ensureCounts(viewer);
  return CaseModel.collection.countDocuments(changedSince(viewer, from) as never);
}

export interface GapFound {
  count: number;
  cases: { id: string; reference: string }[];
}

/** Cases whose record leaves a figure in doubt, with the first of them by reference. */
export async function caseGapsFor(viewer: Viewer, from: Date, to: Date) {
  ensureCounts(viewer);
  const find = async (question: CaseQuestion): Promise<GapFound> => {
    const asked = visible(viewer, question);
    const [count, cases] = await Promise.all([
      CaseModel.countDocuments(asked),
      CaseModel.find(asked, { reference: 1 }).sort({ loggedAt: -1, _id: -1 }).limit(20).lean<CaseFile[]>(),
    ]);
    return { count, cases: cases.map(({ _id, reference }) => ({ id: _id, reference })) };
  };
  const [noNextStep, notConfirmed, noAgeBands] = await Promise.all([
    find(gapQuestion('no_next_step')),
    find(gapQuestion('not_confirmed')),
    find({ $and: [{ loggedAt: { $gte: from, $lt: to } }, gapQuestion('no_age_bands')] }),
  ]);
  return { noNextStep, notConfirmed, noAgeBands };
}
