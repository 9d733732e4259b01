// Duty: what time and changes make of campaigns, for who must tell people of it. No viewer: nothing here is ever an answer.
import { type CampaignFile, CampaignModel } from './campaigns.model.ts';

const toldOf = {
  reference: 1,
  municipalities: 1,
  stage: 1,
  team: 1,
  createdBy: 1,
  reviewOn: 1,
  demands: 1,
  milestones: 1,
  history: 1,
  changedAt: 1,
} as const;
export type CampaignToTellOf = Pick<CampaignFile, '_id' | keyof typeof toldOf>;

export const campaignToTellOf = (id: string): Promise<CampaignToTellOf | null> =>
  CampaignModel.findOne({ _id: id }, toldOf).lean<CampaignToTellOf>();

export function campaignsChangedSince(since: Date): AsyncIterable<CampaignToTellOf> {
  return CampaignModel.collection.find<CampaignToTellOf>(
    { changedAt: { $gte: since } },
    { projection: toldOf },
  );
}

/** Those whose days still count. */
export function campaignsUnderWay(): AsyncIterable<CampaignToTellOf> {
  return CampaignModel.collection.find<CampaignToTellOf>(
    { stage: { $ne: 'closed' } },
    { projection: toldOf },
  );
}
