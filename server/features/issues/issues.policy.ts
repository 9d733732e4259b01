// Duty: who may do what to a structural issue they can see. Pure and synchronous; whether they can see it is the scope's (issues.queries.ts).
import { type MunicipalitySlug, municipalRoles } from '../../../shared/directory.ts';
import {
  type IssueAbility,
  type IssueMoveName,
  type IssueStatus,
  issueMoveNames,
  issueMoves,
  liveIssueStatuses,
} from '../../../shared/issueLists.ts';
import type { May, Viewer } from '../../policy.ts';
import type { IssueFile } from './issues.model.ts';

export type IssueSubject = Pick<IssueFile, 'status' | 'municipalities' | 'createdBy'>;

/** For other roles nothing of this slice exists: 404, not 403. */
export const seesIssues = (viewer: Viewer): boolean =>
  ['activist', 'team_lead', 'cso_member', 'coordinator'].includes(viewer.role);

const isCoordinator = (viewer: Viewer) => viewer.role === 'coordinator';
const isOfTeam = (viewer: Viewer, municipalities: readonly MunicipalitySlug[]) =>
  municipalRoles.includes(viewer.role) &&
  viewer.municipality !== null &&
  municipalities.includes(viewer.municipality);

/** A team proposes for its own municipality alone; a coordinator writes for all. */
export const mayWriteFor: May<readonly MunicipalitySlug[]> = (viewer, municipalities) =>
  isCoordinator(viewer) ||
  (isOfTeam(viewer, municipalities) && municipalities.every((one) => one === viewer.municipality));
export const mayPropose: May<null> = (viewer) =>
  isCoordinator(viewer) || (municipalRoles.includes(viewer.role) && viewer.municipality !== null);

/** A proposal is its author's until a coordinator decides. */
export const mayEditIssue: May<IssueSubject> = (viewer, { status, createdBy, municipalities }) =>
  isCoordinator(viewer) ||
  (status === 'proposed' && createdBy === viewer.id && mayWriteFor(viewer, municipalities));
export const mayMoveIssue: May<IssueSubject> = isCoordinator;
export const mayMergeIssue: May<IssueSubject> = isCoordinator;
export const maySplitIssue: May<IssueSubject> = isCoordinator;
/** Each case asks again, by its own rule. */
export const mayLinkCases: May<IssueSubject> = (viewer, { municipalities }) =>
  isCoordinator(viewer) || isOfTeam(viewer, municipalities);

const isLive = (status: IssueStatus) => liveIssueStatuses.includes(status);
const whenever =
  (may: May<IssueSubject>, stands: (status: IssueStatus) => boolean): May<IssueSubject> =>
  (viewer, subject) =>
    stands(subject.status) && may(viewer, subject);

/** What the page offers: the right and the moment together. */
export const issueRules: Record<IssueAbility, May<IssueSubject>> = {
  ...(Object.fromEntries(
    issueMoveNames.map((move): [IssueMoveName, May<IssueSubject>] => [
      move,
      whenever(mayMoveIssue, (status) => (issueMoves[move].from as readonly IssueStatus[]).includes(status)),
    ]),
  ) as Record<IssueMoveName, May<IssueSubject>>),
  edit: whenever(mayEditIssue, isLive),
  merge: whenever(mayMergeIssue, (status) => status !== 'merged'),
  split: whenever(maySplitIssue, isLive),
  linkCases: whenever(mayLinkCases, isLive),
};
