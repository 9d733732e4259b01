// Duty: how one command changes one commitment: write if nobody was faster, else say so with what happened meanwhile; then tell.

import { dayPlus } from '../../../shared/commitmentFlags.ts';
import { staleAfterDays } from '../../../shared/commitmentLists.ts';
import { conflict, invalid } from '../../errors.ts';
import { commitmentChanged } from './commitments.live.ts';
import {
  type Alarms,
  type CommitmentFile,
  CommitmentModel,
  noDay,
  type StoredCommitmentEntry,
} from './commitments.model.ts';

export interface CommitmentEdit {
  set: Partial<CommitmentFile>;
  entry: Omit<StoredCommitmentEntry, 'at'>;
}

/** Refuses with 409 what was based on an older version: the answer holds what the others did since. */
export function ensureCurrent(commitment: CommitmentFile, version: number): void {
  if (version > commitment.version) throw invalid([{ path: ['version'], code: 'not_a_version' }]);
  if (version < commitment.version) throw stale(commitment, version);
}

/** Each change is one entry of history and one version, so what happened since is the rest of the history. */
function stale(commitment: CommitmentFile, version: number) {
  const { status, formality, verified, authorityReported, dueOn } = commitment;
  return conflict('commitment.stale', {
    version: commitment.version,
    status,
    formality,
    verified,
    authorityReported,
    dueOn: dueOn === noDay ? null : dueOn,
    since: commitment.history.slice(version).map(({ at, event, from, to }) => ({
      at: at.toISOString(),
      event,
      from: from ?? null,
      to: to ?? null,
    })),
  });
}

/** The commitment after the change. Throws 409 `commitment.stale` when it moved on meanwhile. */
export async function changeCommitment(
  before: CommitmentFile,
  edit: CommitmentEdit,
  now: Date,
): Promise<CommitmentFile> {
  const entry: StoredCommitmentEntry = { at: now, ...edit.entry };
  const set: Partial<CommitmentFile> = { ...edit.set, version: before.version + 1, changedAt: now };
  const written = await CommitmentModel.updateOne(
    { _id: before._id, version: before.version },
    { $set: set, $push: { history: entry } },
  );
  if (written.matchedCount === 0) {
    const present = await CommitmentModel.findOne({ _id: before._id }).lean<CommitmentFile>();
    throw present ? stale(present, before.version) : conflict('commitment.stale');
  }
  const after = { ...before, ...set, history: [...before.history, entry] };
  commitmentChanged(after, entry.by);
  return after;
}

/** Rings on the day after each; a proposal and a closed one never ring. */
export function alarmsOf({
  status,
  dueOn,
  nextCheckOn,
  lookedAtOn,
}: Pick<CommitmentFile, 'status' | 'dueOn' | 'nextCheckOn' | 'lookedAtOn'>): Alarms {
  if (status !== 'open') return { due: noDay, check: noDay, stale: noDay };
  return { due: dueOn, check: nextCheckOn, stale: dayPlus(lookedAtOn, staleAfterDays) };
}
