// Duty: the one scope of structural issues (who may see which) and what is read through it. Their cases: links.queries.ts.
import type { QueryFilter } from 'mongoose';
import { type IssueStatus, liveIssueStatuses } from '../../../shared/issueLists.ts';
import type { IssueListQuery } from '../../../shared/issues.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { cursorAt, momentAndIdOf } from '../../positions.ts';
import { issuesOfCasesOf } from '../cases/behind.queries.ts';
import { queryWords } from '../cases/similar.queries.ts';
import { issuesThroughGrounds } from './grounds.queries.ts';
import { type IssueFile, IssueModel } from './issues.model.ts';
import { seesIssues } from './issues.policy.ts';

export type { IssueFile } from './issues.model.ts';
export type IssueQuestion = QueryFilter<IssueFile>;

const nothing: IssueQuestion = { _id: { $in: [] } };

/**
 * Fails closed: a role that is not named here sees nothing. An organisation sees the issues of the cases it sees, those it takes
 * part in otherwise, and what became part of them. Its rooms are in issues.live.ts; keep both in step.
 */
export async function issuesVisibleTo(viewer: Viewer): Promise<IssueQuestion> {
  switch (viewer.role) {
    case 'activist':
    case 'team_lead':
      return viewer.municipality ? { municipalities: viewer.municipality } : nothing;
    case 'coordinator':
      return {};
    case 'cso_member': {
      if (!viewer.organisation) return nothing;
      const ids = [
        ...(await issuesOfCasesOf(viewer.organisation)),
        ...(await issuesThroughGrounds(viewer.organisation)),
      ];
      return { $or: [{ _id: { $in: ids } }, { mergedInto: { $in: ids } }] };
    }
    default:
      return nothing;
  }
}

const visible = async (viewer: Viewer, question: IssueQuestion): Promise<IssueQuestion> => ({
  $and: [await issuesVisibleTo(viewer), question],
});

/** The issue, or null when it is not there for this viewer. */
export async function issueIfSeen(viewer: Viewer, id: string): Promise<IssueFile | null> {
  if (!seesIssues(viewer)) return null;
  return IssueModel.findOne(await visible(viewer, { _id: id })).lean<IssueFile>();
}

/** The issue, or 404 when it is not there for this viewer. */
export async function issueFor(viewer: Viewer, id: string): Promise<IssueFile> {
  const issue = await issueIfSeen(viewer, id);
  if (!issue) throw notFound();
  return issue;
}

/** Whether the viewer sees that issue: for what later slices hang on one. */
export const maySeeIssue = async (viewer: Viewer, id: string): Promise<boolean> =>
  seesIssues(viewer) && (await IssueModel.exists(await visible(viewer, { _id: id }))) !== null;

export interface IssueName {
  id: string;
  reference: string;
  title: string;
  status: IssueStatus;
  /** Where its cases went. */
  mergedInto: string | null;
}

/** Names of those of these issues that the viewer sees, for links to them. */
export async function issueNamesFor(viewer: Viewer, ids: readonly string[]): Promise<IssueName[]> {
  if (!seesIssues(viewer) || ids.length === 0) return [];
  const found = await IssueModel.find(await visible(viewer, { _id: { $in: [...ids] } }), {
    reference: 1,
    title: 1,
    status: 1,
    mergedInto: 1,
  })
    .sort({ createdAt: -1, _id: -1 })
    .lean<IssueFile[]>();
  return found.map(({ _id, reference, title, status, mergedInto }) => ({
    id: _id,
    reference,
    title,
    status,
    mergedInto,
  }));
}

/** The issue itself, whoever may see it: for deciding, never for an answer. */
export const issueItself = (id: string): Promise<IssueFile | null> =>
  IssueModel.findOne({ _id: id }).lean<IssueFile>();

const beginsWith = (word: string) => ({ searchTerms: { $regex: new RegExp(`^${word}`) } });

function positionOf(cursor: string | undefined): IssueQuestion[] {
  const last = momentAndIdOf(cursor);
  if (!last) return [];
  return [{ $or: [{ createdAt: { $lt: last.at } }, { createdAt: last.at, _id: { $lt: last.id } }] }];
}

export const live = { $in: [...liveIssueStatuses] };

/** Newest first, in pages. Merged ones are left out unless they are asked for. */
export async function issuesListedFor(
  viewer: Viewer,
  query: IssueListQuery,
): Promise<{ issues: IssueFile[]; next: string | null; total: number }> {
  const words = query.q === undefined ? null : queryWords(query.q);
  if (words?.length === 0 && query.q) return { issues: [], next: null, total: 0 };
  const wanted: IssueQuestion[] = [
    { status: query.status === 'live' ? live : (query.status ?? { $ne: 'merged' }) },
    ...(query.theme ? [{ themes: query.theme }] : []),
    ...(query.municipality ? [{ municipalities: query.municipality }] : []),
    ...(words ?? []).map(beginsWith),
  ];
  const all = await visible(viewer, { $and: wanted });
  const [found, total] = await Promise.all([
    IssueModel.find({ $and: [all, ...positionOf(query.cursor)] }, { history: 0, searchTerms: 0 })
      .sort({ createdAt: -1, _id: -1 })
      .limit(query.limit + 1)
      .lean<IssueFile[]>(),
    IssueModel.countDocuments(all),
  ]);
  const issues = found.slice(0, query.limit);
  const last = issues.at(-1);
  const next = found.length > query.limit && last ? cursorAt(last.createdAt.toISOString(), last._id) : null;
  return { issues, next, total };
}

const mostChoices = 500;

/** Issues of the viewer's that cases can be put behind and that cover this theme and place. */
export async function liveIssuesCovering(
  viewer: Viewer,
  {
    theme,
    municipality,
  }: { theme: IssueFile['themes'][number]; municipality: IssueFile['municipalities'][number] },
  words: readonly string[],
): Promise<IssueFile[]> {
  const question = await visible(viewer, {
    $and: [
      { status: { $in: ['proposed', 'open'] }, themes: theme, municipalities: municipality },
      ...words.map(beginsWith),
    ],
  });
  return IssueModel.find(question, { history: 0 })
    .sort({ createdAt: -1, _id: -1 })
    .limit(mostChoices)
    .lean<IssueFile[]>();
}
