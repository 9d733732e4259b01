// Duty: where campaigns join what happens below them: consent that ends, issues that merge, who sees an issue through a campaign.
import { clock } from '../../clock.ts';
import { onConsentWithdrawn } from '../identities/consents.commands.ts';
import { letterSubjectsAre } from '../institutions/letterSubjects.commands.ts';
import { type IssueGround, widenIssueScope } from '../issues/grounds.queries.ts';
import { maySeeIssue } from '../issues/issues.queries.ts';
import { type MergeListener, onIssueMerged } from '../issues/merges.commands.ts';
import { type CampaignFile, CampaignModel } from './campaigns.model.ts';
import { campaignFor, campaignsOfPartner, maySeeCampaign } from './campaigns.queries.ts';
import { changeCampaignBySystem } from './change.ts';
import { endWithConsent } from './uses.commands.ts';

/** A campaign that asked for the one asks for its successor. Safe to repeat. */
const followMerge: MergeListener = async (from, to) => {
  const asking = await CampaignModel.find({ issueIds: from }, { _id: 1 }).lean<CampaignFile[]>();
  for (const { _id } of asking)
    await changeCampaignBySystem(
      _id,
      null,
      ({ issueIds }) =>
        issueIds.includes(from)
          ? {
              set: { issueIds: [...new Set(issueIds.map((id) => (id === from ? to : id)))] },
              entry: { what: 'revised', fields: ['issueIds'] },
              touches: ['issueIds'],
            }
          : null,
      clock.now(),
    );
};

/** A partner of a campaign sees the issues behind it. */
const throughCampaigns: IssueGround = {
  issuesOf: (organisation) => CampaignModel.distinct('issueIds', { partners: organisation }),
  organisationsOf: (issue) => CampaignModel.distinct('partners', { issueIds: issue }),
};

/** Letters may be written for a campaign or one of its demands by whoever sees it; its partners see those letters. */
const subjects: Parameters<typeof letterSubjectsAre>[0] = {
  async knowsCampaign(viewer, campaignId, demandId) {
    if (!(await maySeeCampaign(viewer, campaignId))) return false;
    if (demandId === null) return true;
    return (await campaignFor(viewer, campaignId)).demands.some(({ id }) => id === demandId);
  },
  knowsIssue: maySeeIssue,
  campaignsOf: async (organisation) => (await campaignsOfPartner(organisation)).map(({ _id }) => _id),
  partnersOf: async (campaignId) =>
    (await CampaignModel.findOne({ _id: campaignId }, { partners: 1 }).lean<CampaignFile>())?.partners ?? [],
};

/** Called once per app; again changes nothing. */
export function startCampaigns(): void {
  onConsentWithdrawn(endWithConsent);
  onIssueMerged(followMerge);
  widenIssueScope(throughCampaigns);
  letterSubjectsAre(subjects);
}
