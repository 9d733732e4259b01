// Duty: who may do what to a campaign they can see. Whether they can see it is the scope's: campaigns.queries.ts.
import { type CampaignMoveName, campaignMoveNames, campaignMoves } from '../../../shared/campaignMoves.ts';
import type { CampaignAbility } from '../../../shared/campaignViews.ts';
import { type Colleague, municipalRoles } from '../../../shared/directory.ts';
import type { May, Viewer } from '../../policy.ts';
import type { CampaignFile, StoredAction } from './campaigns.model.ts';

export type CampaignSubject = Pick<CampaignFile, 'stage' | 'municipalities' | 'team' | 'partners'>;

/** For other roles nothing of this slice exists: 404, not 403. */
export const seesCampaigns = (viewer: Viewer): boolean =>
  ['activist', 'team_lead', 'cso_member', 'coordinator'].includes(viewer.role);

export const mayWriteCampaigns: May<null> = (viewer) => viewer.role === 'coordinator';
export const mayWrite: May<CampaignSubject> = (viewer) => viewer.role === 'coordinator';

/** What is done and seen on the way is written down by whoever takes part: the team, and members of partner organisations. */
export const mayAct: May<CampaignSubject> = (viewer, { team, partners }) =>
  viewer.role === 'coordinator' ||
  team.includes(viewer.id) ||
  (viewer.role === 'cso_member' && viewer.organisation !== null && partners.includes(viewer.organisation));

export const mayChangeAction: May<{ campaign: CampaignSubject; action: Pick<StoredAction, 'by'> }> = (
  viewer,
  { campaign, action },
) => mayWrite(viewer, campaign) || (action.by === viewer.id && mayAct(viewer, campaign));

/** Whether the move is theirs at all, wherever the campaign stands. */
export const mayMoveCampaign =
  (move: CampaignMoveName): May<CampaignSubject> =>
  (viewer) =>
    campaignMoves[move].who.includes(viewer.role);

/** Whether that colleague can be on the team: active, and somebody who sees the campaign already. */
export function canBeOnTeam(
  colleague: Colleague | undefined,
  { municipalities, partners }: Pick<CampaignFile, 'municipalities' | 'partners'>,
): boolean {
  if (!colleague?.active) return false;
  if (municipalRoles.includes(colleague.role))
    return colleague.municipality !== null && municipalities.includes(colleague.municipality);
  if (colleague.role === 'cso_member')
    return colleague.organisation !== null && partners.includes(colleague.organisation);
  return colleague.role === 'coordinator';
}

const whileNotClosed =
  (may: May<CampaignSubject>): May<CampaignSubject> =>
  (viewer, campaign) =>
    campaign.stage !== 'closed' && may(viewer, campaign);

const moveRules = Object.fromEntries(
  campaignMoveNames.map((move): [CampaignMoveName, May<CampaignSubject>] => [
    move,
    (viewer, campaign) =>
      campaignMoves[move].from.includes(campaign.stage) && mayMoveCampaign(move)(viewer, campaign),
  ]),
) as Record<CampaignMoveName, May<CampaignSubject>>;

/** What the page offers: the right and the moment together. */
export const campaignRules: Record<CampaignAbility, May<CampaignSubject>> = {
  ...moveRules,
  edit: whileNotClosed(mayWrite),
  act: whileNotClosed(mayAct),
  useCases: whileNotClosed(mayWrite),
  calendar: mayWrite,
};
