// Duty: the issues, campaigns and demands that a commitment stands behind, looked up for whoever asks: what they do not see is not there.
import type { CommitmentPage } from '../../../shared/commitments.ts';
import type { FieldFault } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { campaignFor, campaignNamesFor } from '../campaigns/campaigns.queries.ts';
import { issueNamesFor } from '../issues/issues.queries.ts';
import type { CommitmentFile } from './commitments.model.ts';

export type Links = Pick<CommitmentFile, 'issueIds' | 'campaignIds' | 'demandId'>;

const noLinks: Links = { issueIds: [], campaignIds: [], demandId: null };

/** One fault for each that is not there for the viewer; what is linked already stays. */
export async function linkFaults(viewer: Viewer, links: Links, before = noLinks): Promise<FieldFault[]> {
  const [issues, campaigns] = await Promise.all([
    issueNamesFor(viewer, links.issueIds),
    campaignNamesFor(viewer, links.campaignIds),
  ]);
  const seen = new Set([...issues.map(({ id }) => id), ...campaigns.map(({ _id }) => _id)]);
  const faults = (['issueIds', 'campaignIds'] as const).flatMap((field) =>
    links[field].flatMap((id, at): FieldFault[] =>
      seen.has(id) || before[field].includes(id) ? [] : [{ path: [field, at], code: 'not_found' }],
    ),
  );
  if (links.demandId && links.demandId !== before.demandId && faults.length === 0) {
    const whole = await Promise.all(campaigns.map(({ _id }) => campaignFor(viewer, _id)));
    const known = whole.some(({ demands }) => demands.some(({ id }) => id === links.demandId));
    if (!known) faults.push({ path: ['demandId'], code: 'not_found' });
  }
  return faults;
}

/** Those that the viewer sees, by name; of the others not even the id. */
export async function linksFor(
  viewer: Viewer,
  { issueIds, campaignIds }: Links,
): Promise<Pick<CommitmentPage, 'issues' | 'campaigns'>> {
  const [issues, campaigns] = await Promise.all([
    issueNamesFor(viewer, issueIds),
    campaignNamesFor(viewer, campaignIds),
  ]);
  return {
    issues: issues.map(({ id, reference, title }) => ({ id, reference, title })),
    campaigns: campaigns.map(({ _id, reference, title }) => ({ id: _id, reference, title })),
  };
}
