// Duty: promises that named an issue name its successor when it is merged. Safe to repeat.
import { clock } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import type { MergeListener } from '../issues/merges.commands.ts';
import { changeCommitment } from './change.ts';
import { type CommitmentFile, CommitmentModel } from './commitments.model.ts';

const mostAttempts = 8;
const isStale = (error: unknown) => error instanceof AppError && error.code === 'commitment.stale';

export const followMerge: MergeListener = async (from, to) => {
  const naming = await CommitmentModel.find({ issueIds: from }, { _id: 1 }).lean<CommitmentFile[]>();
  for (const { _id } of naming) await follow(_id, from, to);
};

async function follow(id: string, from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const commitment = await CommitmentModel.findOne({ _id: id }).lean<CommitmentFile>();
    if (!commitment?.issueIds.includes(from)) return;
    const issueIds = [...new Set(commitment.issueIds.map((one) => (one === from ? to : one)))];
    try {
      await changeCommitment(
        commitment,
        { set: { issueIds }, entry: { by: null, event: 'revise', fields: ['issueIds'] } },
        clock.now(),
      );
      return;
    } catch (error) {
      if (!isStale(error) || attempt === mostAttempts) throw error;
    }
  }
}
