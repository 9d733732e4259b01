// Duty: what releases tell of promises: approved ones with their public documents, and which way they moved. Names of persons stay out.
import { type Completion, completions } from '../../../shared/commitmentLists.ts';
import type { FrozenCommitment } from '../../../shared/summaries.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { institutionNames } from '../institutions/institutions.queries.ts';
import { type CommitmentFile, CommitmentModel } from './commitments.model.ts';
import { dayOrNull, visible } from './commitments.queries.ts';
import { type SourceFile, SourceModel } from './sources.model.ts';

export type Direction = 'forward' | 'back';

/** What was verified before the first day, beside what was on the last: null when that is the same. */
export function directionIn(
  checks: readonly { completion: Completion; checkedOn: string }[],
  from: string,
  to: string,
): Direction | null {
  const before = checks.findLast(({ checkedOn }) => checkedOn < from)?.completion ?? completions[0];
  const after = checks.findLast(({ checkedOn }) => checkedOn <= to)?.completion ?? completions[0];
  const moved = completions.indexOf(after) - completions.indexOf(before);
  return moved === 0 ? null : moved > 0 ? 'forward' : 'back';
}

/** Every approved promise, as anybody may read it. */
export async function commitmentsForFigures(
  viewer: Viewer,
  from: string,
  to: string,
): Promise<{ commitment: FrozenCommitment; direction: Direction | null }[]> {
  if (viewer.role !== 'coordinator') throw notFound();
  const [files, institutions] = [
    await CommitmentModel.find(visible(viewer, { status: { $in: ['open', 'closed'] } }))
      .sort({ dueOn: 1, _id: 1 })
      .lean<CommitmentFile[]>(),
    await institutionNames(),
  ];
  const ids = files.flatMap(({ sourceId }) => sourceId ?? []);
  const sources = new Map(
    (await SourceModel.find({ _id: { $in: ids }, open: true }).lean<SourceFile[]>()).map((source) => [
      source._id,
      source,
    ]),
  );
  return files.map((file) => {
    const source = sources.get(file.sourceId ?? '');
    const names = institutions.get(file.institutionId ?? '')?.names ?? { sq: '', sr: '', en: '' };
    const direction = directionIn(file.checks, from, to);
    return {
      direction,
      commitment: {
        id: file._id,
        words: file.words || file.title,
        language: file.language,
        institution: { sq: names.sq, sr: names.sr, en: names.en },
        municipality: file.municipality,
        dueOn: dayOrNull(file.dueOn),
        authorityReported: file.authorityReported,
        verified: file.verified,
        movedInPeriod: direction !== null,
        evidence: source ? [{ title: source.title, url: source.link, on: source.date }] : [],
      },
    };
  });
}
