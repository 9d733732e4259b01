// Duty: how promises are counted for those who ask for counts alone: an institution's years, a campaign's promises made and slipping.
import { isBroken, isKept, isOverdue } from '../../../shared/commitmentFlags.ts';
import { approvedStatuses, formalitySteps, unkept } from '../../../shared/commitmentLists.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { clock, dayOf } from '../../clock.ts';
import type { Promises } from '../campaigns/promises.commands.ts';
import type { PromiseYear } from '../institutions/scorecards.queries.ts';
import { type CommitmentFile, CommitmentModel, noDay } from './commitments.model.ts';
import { flagQuestion, standingOf } from './commitments.queries.ts';

const approved = { $in: [...approvedStatuses] };

/** The day it was found complete; of what is closed as complete. */
const keptOn = ({ checks, lookedAtOn }: CommitmentFile): string =>
  checks.findLast(({ completion }) => completion === 'complete')?.checkedOn ?? lookedAtOn;

/**
 * Kept in time, late (kept after its first day, or past its day and not called broken) and broken, by the year of the day that was
 * promised first: who moves a deadline does not move the year. What names no day is in no year. Null: everywhere.
 */
export async function promiseYears(
  institutionId: string,
  municipality: MunicipalitySlug | null,
): Promise<PromiseYear[]> {
  const today = dayOf(clock.now());
  const found = await CommitmentModel.find(
    { institutionId, ...(municipality ? { municipality } : {}), status: approved, dueOn: { $lt: noDay } },
    { history: 0, evidence: 0 },
  ).lean<CommitmentFile[]>();
  const years = new Map<number, PromiseYear>();
  for (const commitment of found) {
    const firstDay = commitment.deadlines[0]?.from ?? commitment.dueOn;
    const verdict = verdictOf(commitment, firstDay, today);
    if (!verdict) continue;
    const year = Number(firstDay.slice(0, 4));
    const score = years.get(year) ?? { year, kept: 0, late: 0, broken: 0 };
    years.set(year, { ...score, [verdict]: score[verdict] + 1 });
  }
  return [...years.values()].sort((a, b) => a.year - b.year);
}

function verdictOf(commitment: CommitmentFile, firstDay: string, today: string) {
  const standing = standingOf(commitment);
  if (isBroken(standing, today)) return 'broken';
  if (isKept(commitment)) return keptOn(commitment) <= firstDay ? 'kept' : 'late';
  return isOverdue(standing, today) ? 'late' : null;
}

/** Verbal or firmer and not refused since; of these, what is past its day and nobody has seen begun. */
export async function promisesInCampaign(campaignId: string): Promise<Promises> {
  const inCampaign = { campaignIds: campaignId, status: approved };
  const [made, slipping] = await Promise.all([
    CommitmentModel.countDocuments({
      ...inCampaign,
      formality: { $in: formalitySteps.filter((step) => step !== 'sought') },
    }),
    CommitmentModel.countDocuments({
      $and: [
        inCampaign,
        flagQuestion('overdue', dayOf(clock.now())),
        { verified: { $in: [null, ...unkept] } },
      ],
    }),
  ]);
  return { made, slipping };
}
