// Duty: issues that changed, for who must tell people of it. No viewer: nothing here is ever an answer.
import { type IssueFile, IssueModel } from './issues.model.ts';

const toldOf = { reference: 1, municipalities: 1, createdBy: 1, history: 1, changedAt: 1 } as const;
export type IssueToTellOf = Pick<IssueFile, '_id' | keyof typeof toldOf>;

export const issueToTellOf = (id: string): Promise<IssueToTellOf | null> =>
  IssueModel.findOne({ _id: id }, toldOf).lean<IssueToTellOf>();

export function issuesChangedSince(since: Date): AsyncIterable<IssueToTellOf> {
  return IssueModel.collection.find<IssueToTellOf>({ changedAt: { $gte: since } }, { projection: toldOf });
}
