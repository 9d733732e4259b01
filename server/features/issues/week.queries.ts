// Duty: what of structural issues belongs in a person's week: proposals to decide, one's own that wait, what others changed.
import {
  emptyPart,
  mostWeekItems,
  type WeekAsked,
  type WeekItem,
  type WeekPart,
  weekItem,
} from '../../../shared/week.ts';
import type { Viewer } from '../../policy.ts';
import { type IssueFile, IssueModel } from './issues.model.ts';
import { mayMoveIssue, seesIssues } from './issues.policy.ts';
import { type IssueQuestion, issuesVisibleTo } from './issues.queries.ts';

export async function issueWeek(viewer: Viewer, { since }: WeekAsked): Promise<WeekPart> {
  if (!seesIssues(viewer)) return emptyPart();
  const scope = await issuesVisibleTo(viewer);
  const find = (question: IssueQuestion, order: Record<string, 1 | -1>) =>
    IssueModel.find({ $and: [scope, question] }, { history: 0 })
      .sort(order)
      .limit(mostWeekItems)
      .lean<IssueFile[]>();
  const item = (issue: IssueFile, verb: WeekItem['verb'], more: Partial<WeekItem> = {}) =>
    weekItem({
      key: `${verb} ${issue._id}`,
      place: 'issue',
      id: issue._id,
      verb,
      reference: issue.reference,
      title: issue.title,
      ...more,
    });
  const [proposed, fresh] = await Promise.all([
    find({ status: 'proposed' }, { createdAt: 1 }),
    since
      ? find(
          { changedAt: { $gt: since }, changedBy: { $ne: viewer.id }, status: { $ne: 'merged' } },
          { changedAt: -1 },
        )
      : [],
  ]);
  const decides = (issue: IssueFile) => mayMoveIssue(viewer, issue);
  return {
    toDo: proposed.filter(decides).map((issue) => item(issue, 'issue.decide')),
    waiting: proposed
      .filter((issue) => issue.createdBy === viewer.id && !decides(issue))
      .map((issue) => item(issue, 'issue.waits')),
    fresh: fresh
      .filter((issue) => issue.status !== 'proposed' || !decides(issue))
      .map((issue) => item(issue, 'issue.changed', { at: issue.changedAt.toISOString() })),
  };
}
