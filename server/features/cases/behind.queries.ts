// Duty: how many cases stand behind an issue or a campaign, for somebody who may see that but not all of its cases. Never which ones.
import { type CaseStatus, caseStatuses } from '../../../shared/cases.ts';
import type { CaseCounts, CasesBehind } from '../../../shared/caseViews.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';

import { type Theme, themes } from '../../../shared/themeLists.ts';
import type { Viewer } from '../../policy.ts';
import { countsFor } from './caseCounts.queries.ts';
import { caseIndex } from './caseIndexFeed.ts';
import { CaseModel } from './cases.model.ts';

/** Fewer than these are not told to whoever cannot look at the cases themselves. */
export const smallestTold = 5;

/** Issues of the cases that an organisation sees: it may see these too. No viewer: for deciding, never for an answer. */
export async function issuesOfCasesOf(organisation: string): Promise<string[]> {
  const found = await CaseModel.distinct('issue', { sharedWith: organisation, issue: { $gt: '' } });
  return found.filter((id) => id !== null);
}

/** Organisations that see a case behind this issue. */
export const organisationsBehindIssue = (issue: string): Promise<string[]> =>
  CaseModel.distinct('sharedWith', { issue });

/** The cases behind an issue, whoever may see them: for moving them together, never for an answer. */
export async function caseIdsBehindIssue(issue: string, limit: number): Promise<string[]> {
  const found = await CaseModel.find({ issue }, { _id: 1 }).limit(limit).lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}

/** Municipalities and themes of the cases behind an issue, whoever may see them: what it must go on covering. */
export async function groundsBehindIssue(
  issue: string,
): Promise<{ municipalities: MunicipalitySlug[]; themes: Theme[] }> {
  const [municipalities, themes] = await Promise.all([
    CaseModel.distinct('municipality', { issue }),
    CaseModel.distinct('theme', { issue }),
  ]);
  return { municipalities, themes };
}

type Counted = Pick<CaseCounts, 'total' | 'byStatus'>;

/** The caller has proved that the viewer may see the issue or campaign. */
export async function casesBehind(
  viewer: Viewer,
  behind: { issue: string } | { campaign: string },
): Promise<CasesBehind> {
  const everybodys = { scope: { municipality: null, guest: null }, filter: behind };
  const all = (await caseIndex()).counts(everybodys);
  return toldOf(all, await countsFor(viewer, behind));
}

/**
 * What may be told of all the cases to somebody who sees `own` of them: those are known anyway, the others are told in numbers that
 * no single case can be read from. Nothing that is told gives a withheld number back by subtraction.
 */
export function toldOf(all: Counted, own: Counted): CasesBehind {
  const others = caseStatuses.map((status) => (all.byStatus[status] ?? 0) - (own.byStatus[status] ?? 0));
  const hidden = all.total - own.total;
  const telling = (count: number) => count === 0 || count >= smallestTold;
  const totalIsTold = telling(hidden);
  // Where all others share one status, the number would tell it of each of them.
  const statusesAreTold =
    totalIsTold && others.every(telling) && (hidden === 0 || others.filter((count) => count > 0).length > 1);
  const byStatus: Partial<Record<CaseStatus, number>> = { ...all.byStatus };
  return {
    total: totalIsTold ? all.total : null,
    byStatus: statusesAreTold ? byStatus : null,
    own: own.total,
  };
}

/** The same by theme: null where any number of those that the viewer cannot open is too small. */
export async function themesBehind(
  viewer: Viewer,
  behind: { issue: string } | { campaign: string },
): Promise<Partial<Record<Theme, number>> | null> {
  const everybodys = { scope: { municipality: null, guest: null }, filter: behind };
  const all = (await caseIndex()).counts(everybodys).byTheme;
  const own = (await countsFor(viewer, behind)).byTheme;
  const others = themes.map((theme) => (all[theme] ?? 0) - (own[theme] ?? 0));
  return others.every((count) => count === 0 || count >= smallestTold) ? all : null;
}
