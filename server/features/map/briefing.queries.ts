// Duty: what may be told to a municipality in a meeting, read through the viewer's scopes: counts that point at nobody, demands, promises, silence.
import { isBroken, isKept, isOverdue } from '../../../shared/commitmentFlags.ts';
import type { Completion } from '../../../shared/commitmentLists.ts';
import type { Municipality, MunicipalitySlug } from '../../../shared/directory.ts';
import type { LetterKind } from '../../../shared/letterLists.ts';
import { daysBetween } from '../../../shared/replyClock.ts';
import { smallestShown } from '../../../shared/summaryLists.ts';
import { type Theme, themes } from '../../../shared/themeLists.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { demandsOpenIn } from '../campaigns/places.queries.ts';
import { countsFor } from '../cases/caseCounts.queries.ts';
import { standingOf } from '../commitments/commitments.queries.ts';
import { promisesMadeIn } from '../commitments/places.queries.ts';
import { municipalities } from '../directory/municipalities.queries.ts';
import { bearerNames, unansweredLettersIn } from '../institutions/places.queries.ts';
import { ensureAdvocacy } from './map.policy.ts';

type Names = Record<'sq' | 'sr' | 'en', string>;

export interface Briefing {
  municipality: Municipality;
  today: string;
  cases: ToldCases;
  promises: {
    title: string | Names;
    institution: Names | null;
    promisedOn: string | null;
    dueOn: string | null;
    slips: number;
    reported: Completion | null;
    verified: Completion | null;
    standing: 'broken' | 'overdue' | 'kept' | null;
    daysLate: number;
  }[];
  demands: { text: string; institution: Names | null; endsOn: string | null }[];
  silence: { reference: string; kind: LetterKind; institution: Names | null; sentOn: string; days: number }[];
}

export interface ToldCases {
  /** Null: withheld. */
  total: number | null;
  byTheme: Partial<Record<Theme, number>> | null;
}

/** What was closed longer ago is no matter for this meeting. */
const closedForDays = 365;

/** Everything here is read by people outside: no case, no person, no colleague, and no letter that was written for a case. */
export async function briefingFor(viewer: Viewer, slug: MunicipalitySlug): Promise<Briefing> {
  ensureAdvocacy(viewer, slug);
  const today = dayOf(clock.now());
  const [directory, counts, promised, demands, unanswered] = await Promise.all([
    municipalities(),
    countsFor(viewer, { municipality: [slug] }),
    promisesMadeIn(viewer, slug),
    demandsOpenIn(viewer, slug),
    unansweredLettersIn(viewer, [slug], today),
  ]);
  const municipality = directory.find((one) => one.slug === slug);
  if (!municipality) throw notFound();
  const promises = promised.filter(
    ({ status, changedAt }) => status === 'open' || dayOf(changedAt) >= dayAfter(today, -closedForDays),
  );
  const letters = unanswered.filter(({ caseId, status }) => caseId === null && status !== 'refused');
  const nameOf = await bearerNames([...promises, ...demands, ...letters]);
  return {
    municipality,
    today,
    cases: toldCases(counts.openByMunicipalityAndTheme[slug] ?? {}),
    promises: promises.map((promise) => {
      const standing = standingOf(promise);
      const late = isOverdue(standing, today);
      return {
        title: promise.titles ?? promise.title,
        institution: nameOf(promise),
        promisedOn: promise.promisedOn,
        dueOn: standing.dueOn,
        slips: promise.slips,
        reported: promise.authorityReported,
        verified: promise.verified,
        standing: isBroken(standing, today) ? 'broken' : isKept(promise) ? 'kept' : late ? 'overdue' : null,
        daysLate: late && standing.dueOn ? daysBetween(standing.dueOn, today) : 0,
      };
    }),
    demands: demands.map((demand) => ({
      text: demand.text,
      institution: nameOf(demand),
      endsOn: demand.endsOn,
    })),
    silence: letters
      .flatMap(({ reference, kind, sentOn, ...letter }) =>
        sentOn
          ? { reference, kind, institution: nameOf(letter), sentOn, days: daysBetween(sentOn, today) }
          : [],
      )
      .sort((a, b) => b.days - a.days),
  };
}

/**
 * The open cases by theme, where no number is small and none follows from the others: the total alone when a theme's is, or when
 * all share one theme; nothing when the total is.
 */
export function toldCases(byTheme: Partial<Record<Theme, number>>): ToldCases {
  const counts = themes.map((theme) => byTheme[theme] ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  // A paper for a mayor is a paper for everybody.
  const isTold = (count: number) => count === 0 || count >= smallestShown.public;
  if (!isTold(total)) return { total: null, byTheme: null };
  const themesAreTold = counts.every(isTold) && counts.filter((count) => count > 0).length > 1;
  return { total, byTheme: themesAreTold ? byTheme : null };
}
