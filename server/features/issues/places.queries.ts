// Duty: which live structural issues touch which municipalities, for whoever asks: for the map. Their cases: cases/behind.queries.ts.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { Viewer } from '../../policy.ts';
import { type IssueFile, IssueModel } from './issues.model.ts';
import { seesIssues } from './issues.policy.ts';
import { issuesVisibleTo, live } from './issues.queries.ts';

const told = { reference: 1, title: 1, status: 1, municipalities: 1, createdAt: 1 } as const;
export type IssueHere = Pick<IssueFile, '_id' | keyof typeof told>;

const most = 2_000;

/** Newest first. */
export async function liveIssuesIn(
  viewer: Viewer,
  municipalities: readonly MunicipalitySlug[],
): Promise<IssueHere[]> {
  if (!seesIssues(viewer)) return [];
  const here = {
    municipalities: { $in: [...municipalities] },
    status: live,
  };
  return IssueModel.find({ $and: [await issuesVisibleTo(viewer), here] }, told)
    .sort({ createdAt: -1, _id: -1 })
    .limit(most)
    .lean<IssueHere[]>();
}
