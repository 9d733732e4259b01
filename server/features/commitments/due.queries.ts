// Duty: what time and changes make of commitments, for who must tell people of it. No viewer: nothing here is ever an answer.
import { type CommitmentFile, CommitmentModel } from './commitments.model.ts';

const toldOf = {
  reference: 1,
  municipality: 1,
  author: 1,
  status: 1,
  campaignIds: 1,
  checks: 1,
  history: 1,
  changedAt: 1,
} as const;
export type CommitmentToTellOf = Pick<CommitmentFile, '_id' | keyof typeof toldOf>;

export async function commitmentToTellOf(id: string): Promise<CommitmentToTellOf | null> {
  return CommitmentModel.findOne({ _id: id }, toldOf).lean<CommitmentToTellOf>();
}

export function commitmentsChangedSince(since: Date): AsyncIterable<CommitmentToTellOf> {
  return CommitmentModel.collection.find<CommitmentToTellOf>(
    { changedAt: { $gte: since } },
    { projection: toldOf },
  );
}
