// Duty: how an institution answered and kept its word, counted from what is there. Counts alone: whoever sees institutions sees them.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { Scorecard, ScorecardYear } from '../../../shared/institutions.ts';
import { daysBetween } from '../../../shared/replyClock.ts';
import type { InstitutionEntry } from './institutions.model.ts';
import { type LetterFile, LetterModel } from './letters.model.ts';

export interface PromiseYear {
  year: number;
  kept: number;
  late: number;
  broken: number;
}
type CountPromises = (institutionId: string, municipality: MunicipalitySlug | null) => Promise<PromiseYear[]>;
let countPromises: CountPromises = async () => [];

/** Commitments come after institutions: they say how their promises are counted, once per app. */
export function promisesAreCountedBy(count: CountPromises): void {
  countPromises = count;
}

type Counted = Pick<LetterFile, 'sentOn' | 'answeredOn' | 'silentOn'>;

export async function scorecardOf(
  entry: Pick<InstitutionEntry, '_id' | 'of' | 'municipality'>,
): Promise<Scorecard> {
  const institutionId = entry.of ?? entry._id;
  const [letters, promises] = await Promise.all([
    LetterModel.find(
      {
        institutionId,
        ...(entry.municipality ? { municipality: entry.municipality } : {}),
        sentOn: { $gt: '' },
        status: { $ne: 'withdrawn' },
      },
      { sentOn: 1, answeredOn: 1, silentOn: 1 },
    ).lean<Counted[]>(),
    countPromises(institutionId, entry.municipality),
  ]);
  const years = new Set([...letters.map(yearOf), ...promises.map(({ year }) => year)]);
  return {
    total: { ...answering(letters), ...keeping(promises) },
    years: [...years]
      .sort((a, b) => b - a)
      .map(
        (year): ScorecardYear => ({
          year,
          ...answering(letters.filter((letter) => yearOf(letter) === year)),
          ...keeping(promises.filter((one) => one.year === year)),
        }),
      ),
  };
}

const yearOf = ({ sentOn }: Counted) => Number(sentOn!.slice(0, 4));

function answering(letters: Counted[]) {
  const days = letters
    .flatMap(({ sentOn, answeredOn }) => (answeredOn ? [daysBetween(sentOn!, answeredOn)] : []))
    .sort((a, b) => a - b);
  const silent = letters.filter(({ silentOn }) => silentOn !== null).length;
  const decided = letters.filter(
    ({ silentOn, answeredOn }) => silentOn !== null || answeredOn !== null,
  ).length;
  return {
    lettersSent: letters.length,
    answered: days.length,
    medianDays: medianOf(days),
    silent,
    silentShare: decided > 0 ? silent / decided : null,
  };
}

function medianOf(sorted: number[]): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function keeping(promises: PromiseYear[]) {
  const sum = (of: 'kept' | 'late' | 'broken') => promises.reduce((total, one) => total + one[of], 0);
  return { kept: sum('kept'), late: sum('late'), broken: sum('broken') };
}
