// Duty: add a cleaned file to a commitment and take one off. Files first, then the record; what a check rests on stays.
import { commitmentLimits } from '../../../shared/commitments.ts';
import { clock } from '../../clock.ts';
import { AppError, conflict, invalid, notFound, unavailable } from '../../errors.ts';
import type { CleanFile } from '../../files/clean.ts';
import { deleteKept, filesBelongTo, keepFile } from '../../files/kept.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { changeCommitment } from './change.ts';
import { type CommitmentFile, CommitmentModel } from './commitments.model.ts';
import { mayAddEvidence, mayRemoveEvidence } from './commitments.policy.ts';
import { commitmentFor } from './commitments.queries.ts';

filesBelongTo(
  'commitment',
  async (id) =>
    (await CommitmentModel.findOne({ _id: id }, { evidence: 1 }).lean<CommitmentFile>())?.evidence ?? [],
);

const mostAttempts = 6;

/** Files of two people at once do not disturb each other: the change is tried again on what it has become. */
async function untilWritten(work: () => Promise<CommitmentFile>): Promise<CommitmentFile> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'commitment.stale')) throw error;
    }
  throw unavailable(1);
}

/** Whether to go on receiving: throws as the upload would, and answers true when this very upload was kept before. */
export async function isEvidenceKept(viewer: Viewer, commitmentId: string, id: string): Promise<boolean> {
  return isRepeat(viewer, await commitmentFor(viewer, commitmentId), id);
}

function isRepeat(viewer: Viewer, commitment: CommitmentFile, id: string): boolean {
  ensure(mayAddEvidence, viewer, commitment);
  const earlier = commitment.evidence.find((item) => item.id === id);
  if (earlier && earlier.by !== viewer.id) throw conflict('id.taken');
  if (!earlier && commitment.evidence.length >= commitmentLimits.evidence)
    throw invalid([{ path: ['file'], code: 'too_many', params: { maximum: commitmentLimits.evidence } }]);
  return earlier !== undefined;
}

/** Named after the commitment, never after what the person called it: file names tell names. */
export async function addCommitmentEvidence(
  viewer: Viewer,
  commitmentId: string,
  id: string,
  clean: CleanFile,
  now = clock.now(),
): Promise<CommitmentFile> {
  const owner = { kind: 'commitment', id: commitmentId };
  const kept = await keepFile(clean, owner, { id, name: '', by: viewer.id, at: now });
  let isRepeated = false;
  try {
    const after = await untilWritten(async () => {
      const commitment = await commitmentFor(viewer, commitmentId);
      isRepeated = isRepeat(viewer, commitment, id);
      if (isRepeated) return commitment;
      const number = 1 + commitment.history.filter(({ event }) => event === 'add_evidence').length;
      const named = { ...kept, name: `${commitment.reference}-${number}.${clean.extension}` };
      return changeCommitment(
        commitment,
        {
          set: { evidence: [...commitment.evidence, named] },
          entry: { by: viewer.id, event: 'add_evidence', to: named.name },
        },
        now,
      );
    });
    if (isRepeated) await deleteKept(kept);
    return after;
  } catch (error) {
    await deleteKept(kept);
    throw error;
  }
}

/** Takes it off the record, then deletes the files; a crash between leaves files that are swept. */
export async function removeCommitmentEvidence(
  viewer: Viewer,
  commitmentId: string,
  id: string,
  now = clock.now(),
): Promise<CommitmentFile> {
  let removed: CommitmentFile['evidence'][number] | undefined;
  const after = await untilWritten(async () => {
    const commitment = await commitmentFor(viewer, commitmentId);
    ensure(mayRemoveEvidence, viewer, commitment);
    removed = commitment.evidence.find((item) => item.id === id);
    if (!removed) throw notFound();
    if (commitment.checks.some(({ evidence }) => evidence.includes(id)))
      throw conflict('commitment.evidenceInUse');
    return changeCommitment(
      commitment,
      {
        set: { evidence: commitment.evidence.filter((item) => item.id !== id) },
        entry: { by: viewer.id, event: 'remove_evidence', from: removed.name },
      },
      now,
    );
  });
  if (removed) await deleteKept(removed);
  return after;
}
