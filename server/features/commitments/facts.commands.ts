// Duty: keep the documented commitments and their sources as they are known; for seeds alone, no viewer may.
import { clock, dayOf } from '../../clock.ts';
import { type CommitmentFile, CommitmentModel, keepNumber, noDay } from './commitments.model.ts';
import { type SourceFile, SourceModel } from './sources.model.ts';

/** What is known of a document and of what it obliges to. */
export interface DocumentedCommitment {
  source: Pick<
    SourceFile,
    | '_id'
    | 'title'
    | 'titles'
    | 'kind'
    | 'issuedBy'
    | 'date'
    | 'dateNote'
    | 'language'
    | 'verification'
    | 'note'
    | 'attribution'
  >;
  commitment: Pick<
    CommitmentFile,
    | '_id'
    | 'summary'
    | 'responsible'
    | 'institutionId'
    | 'municipality'
    | 'themes'
    | 'formality'
    | 'promisedOn'
  >;
  /** Year of the document, which numbers it. */
  year: number;
  dueOn: string | null;
  /** Why it is closed from the start: it ended, and another followed. */
  lapsed: string | null;
}

/**
 * Safe to repeat: documents are kept as they are known now; a commitment that is there stays as people have worked on it. Days that
 * were over before anybody recorded them do not ring.
 */
export async function recordDocumented(documented: DocumentedCommitment[], now = clock.now()): Promise<void> {
  const today = dayOf(now);
  const numbers = new Map<number, number>();
  const commitments = documented.map(({ source, commitment, year, dueOn, lapsed }): CommitmentFile => {
    const number = (numbers.get(year) ?? 0) + 1;
    numbers.set(year, number);
    const status = lapsed ? 'closed' : 'open';
    return {
      ...commitment,
      version: 1,
      reference: `COM-${year}-${String(number).padStart(4, '0')}`,
      title: source.title,
      titles: source.titles,
      words: '',
      language: source.language,
      sourceId: source._id,
      page: '',
      person: '',
      office: '',
      place: '',
      dueOn: dueOn ?? noDay,
      status,
      closedAs: lapsed ? 'lapsed' : null,
      closeReason: lapsed ?? '',
      authorityReported: null,
      reportedOn: null,
      reportNote: '',
      verified: null,
      lookedAtOn: today,
      nextCheckOn: noDay,
      budget: { promised: null, approved: null, spent: null },
      deadlines: [],
      slips: 0,
      checks: [],
      evidence: [],
      campaignIds: [],
      issueIds: [],
      demandId: null,
      author: null,
      alarms: { due: !lapsed && dueOn && dueOn >= today ? dueOn : noDay, check: noDay, stale: noDay },
      createdAt: now,
      changedAt: now,
      history: [{ at: now, by: null, event: 'record', from: null, to: status }],
      example: false,
    };
  });
  await SourceModel.bulkWrite(
    documented.map(({ source: { _id, ...known } }) => ({
      updateOne: {
        filter: { _id },
        update: {
          $set: known,
          $setOnInsert: { link: null, file: null, author: null, open: true, createdAt: now, example: false },
        },
        upsert: true,
      },
    })),
  );
  await CommitmentModel.bulkWrite(
    commitments.map(({ _id, ...commitment }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: commitment }, upsert: true },
    })),
  );
  for (const [year, number] of numbers) await keepNumber(String(year), number);
}
