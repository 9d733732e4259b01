// Duty: what a campaign points to in the slices below, looked up for whoever asks: institutions and structural issues by name.
import type { CampaignPage, InstitutionName } from '../../../shared/campaignViews.ts';
import type { Institution } from '../../../shared/institutions.ts';
import { liveIssueStatuses } from '../../../shared/issueLists.ts';
import type { FieldFault } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { institutionsFor } from '../institutions/institutions.queries.ts';
import { issueNamesFor } from '../issues/issues.queries.ts';

export async function institutionsById(viewer: Viewer): Promise<ReadonlyMap<string, Institution>> {
  return new Map((await institutionsFor(viewer)).map((one) => [one.id, one]));
}

export const institutionName = (
  institutions: ReadonlyMap<string, Institution>,
  id: string,
): InstitutionName => ({ id, names: institutions.get(id)?.names ?? { sq: id, sr: id, en: id } });

/** The linked issues that the viewer sees, by name. */
export async function issuesNamed(viewer: Viewer, ids: readonly string[]): Promise<CampaignPage['issues']> {
  const names = await issueNamesFor(viewer, ids);
  return names.map(({ id, reference, title }) => ({ id, reference, title }));
}

/** One fault for each issue that is not there for the viewer, or is over; those that are linked already stay. */
export async function issueFaults(
  viewer: Viewer,
  ids: readonly string[],
  linked: readonly string[] = [],
): Promise<FieldFault[]> {
  const names = new Map((await issueNamesFor(viewer, ids)).map((one) => [one.id, one]));
  return ids.flatMap((id, at): FieldFault[] => {
    if (linked.includes(id)) return [];
    const issue = names.get(id);
    if (!issue) return [{ path: ['issueIds', at], code: 'not_found' }];
    return liveIssueStatuses.includes(issue.status) ? [] : [{ path: ['issueIds', at], code: 'issue_over' }];
  });
}
