// Duty: the case's side of the chain: the structural issue it stands behind, the campaigns that use it. Whether these exist, are open
// and are fit for it is for the slices above to say before they call; so is a do-no-harm check and the person's consent.
import { clock } from '../../clock.ts';
import { conflict, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { refuseFutureVersion } from './cases.commands.ts';
import type { CaseFile } from './cases.model.ts';
import { mayLinkIssue, mayUseInCampaign } from './cases.policy.ts';
import { caseBehindReferral } from './cases.queries.ts';
import { changeCase, changeCaseBehind, type Edit } from './change.ts';

export interface LinkedIssue {
  id: string;
  reference: string;
}

/** Throws what is wrong with the case for this issue; may be asked again. */
export type Fits = (caseFile: CaseFile) => void | Promise<void>;

/**
 * Puts a case behind an issue, in place of the one it stood behind. Safe to repeat. Based on a version, a link that somebody else
 * changed since is answered with both sides.
 */
export function linkIssue(
  viewer: Viewer,
  id: string,
  issue: LinkedIssue,
  options: { version?: number; fits?: Fits } = {},
): Promise<CaseFile> {
  return changeCase(viewer, id, async (caseFile): Promise<Edit | null> => {
    ensure(mayLinkIssue, viewer, caseFile);
    if (caseFile.issue === issue.id) return null;
    ensureFresh(caseFile, options.version, issue.id);
    await options.fits?.(caseFile);
    return {
      set: { issue: issue.id },
      entry: { what: 'issueLinked', issue: issue.reference },
      touches: ['issue'],
    };
  });
}

/** Takes a case from behind this issue; behind another one, it stays there. Safe to repeat. */
export function unlinkIssue(
  viewer: Viewer,
  id: string,
  issue: LinkedIssue,
  version?: number,
): Promise<CaseFile> {
  return changeCase(viewer, id, (caseFile): Edit | null => {
    ensure(mayLinkIssue, viewer, caseFile);
    if (caseFile.issue !== issue.id) return null;
    ensureFresh(caseFile, version, null);
    return {
      set: { issue: null },
      entry: { what: 'issueUnlinked', issue: issue.reference },
      touches: ['issue'],
    };
  });
}

/**
 * From behind one issue to behind another, where it still stands behind the first: a merge or a split, which a coordinator decided
 * and which may be completed by a job. Safe to repeat.
 */
export function passToIssue(
  actor: string | null,
  id: string,
  from: string,
  to: LinkedIssue,
  now = clock.now(),
): Promise<CaseFile> {
  const decide = (caseFile: CaseFile): Edit | null =>
    caseFile.issue === from
      ? {
          set: { issue: to.id },
          entry: { what: 'issueLinked', issue: to.reference },
          touches: ['issue'],
        }
      : null;
  return changeCaseBehind(actor, id, () => caseBehindReferral(id), decide, now);
}

function ensureFresh(caseFile: CaseFile, version: number | undefined, yours: string | null): void {
  if (version === undefined) return;
  refuseFutureVersion(caseFile, version);
  if ((caseFile.fieldVersions.issue ?? 1) <= version) return;
  const last = caseFile.history.findLast(({ issue }) => issue !== undefined);
  throw conflict('case.stale', {
    version: caseFile.version,
    status: caseFile.status,
    conflicts: [
      {
        field: 'issue',
        yours,
        theirs: caseFile.issue ?? null,
        by: null,
        at: (last?.at ?? caseFile.changedAt).toISOString(),
      },
    ],
  });
}

const mostCampaigns = 20;

/** The case is used in this campaign. Safe to repeat. */
export function useInCampaign(viewer: Viewer, id: string, campaign: string): Promise<CaseFile> {
  return changeCase(viewer, id, (caseFile): Edit | null => {
    ensure(mayUseInCampaign, viewer, caseFile);
    const campaigns = caseFile.campaigns ?? [];
    if (campaigns.includes(campaign)) return null;
    if (campaigns.length >= mostCampaigns) throw invalid([{ path: ['campaigns'], code: 'too_many' }]);
    return { set: { campaigns: [...campaigns, campaign] }, entry: { what: 'campaignUsed' } };
  });
}

/**
 * The campaign uses the case no more: a coordinator took it out, the campaign ended, or the person withdrew. Whoever calls has
 * proved the right; null is the system itself. Safe to repeat.
 */
export function endCampaignUse(
  actor: string | null,
  id: string,
  campaign: string,
  now = clock.now(),
): Promise<CaseFile> {
  const decide = (caseFile: CaseFile): Edit | null =>
    caseFile.campaigns?.includes(campaign)
      ? {
          set: { campaigns: caseFile.campaigns.filter((one) => one !== campaign) },
          entry: { what: 'campaignEnded' },
        }
      : null;
  return changeCaseBehind(actor, id, () => caseBehindReferral(id), decide, now);
}
