// Duty: the one scope of campaigns (who may see which) and what is read through it.
import type { QueryFilter } from 'mongoose';
import { type CampaignStage, campaignStages } from '../../../shared/campaignLists.ts';
import type { CampaignListQuery } from '../../../shared/campaigns.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { cursorAt, momentAndIdOf } from '../../positions.ts';
import { type CampaignFile, CampaignModel } from './campaigns.model.ts';
import { seesCampaigns } from './campaigns.policy.ts';

export type { CampaignFile } from './campaigns.model.ts';

export type CampaignQuestion = QueryFilter<CampaignFile>;

const nothing: CampaignQuestion = { _id: { $in: [] } };

/** Fails closed: a role that is not named here sees nothing. Its rooms are in campaigns.live.ts; keep both in step. */
export function campaignsVisibleTo(viewer: Viewer): CampaignQuestion {
  switch (viewer.role) {
    case 'activist':
    case 'team_lead':
      return viewer.municipality ? { municipalities: viewer.municipality } : nothing;
    case 'coordinator':
      return {};
    case 'cso_member':
      return viewer.organisation ? { partners: viewer.organisation } : nothing;
    default:
      return nothing;
  }
}

const visible = (viewer: Viewer, question: CampaignQuestion): CampaignQuestion => ({
  $and: [campaignsVisibleTo(viewer), question],
});

/** The campaign, or 404 when it is not there for this viewer. */
export async function campaignFor(viewer: Viewer, id: string): Promise<CampaignFile> {
  const campaign = await CampaignModel.findOne(visible(viewer, { _id: id })).lean<CampaignFile>();
  if (!campaign) throw notFound();
  return campaign;
}

/** Whether the viewer sees that campaign: for what later slices hang on one. */
export async function maySeeCampaign(viewer: Viewer, id: string): Promise<boolean> {
  return seesCampaigns(viewer) && (await CampaignModel.exists(visible(viewer, { _id: id }))) !== null;
}

/** Names of those of these campaigns that the viewer sees. */
export async function campaignNamesFor(
  viewer: Viewer,
  ids: readonly string[],
): Promise<Pick<CampaignFile, '_id' | 'reference' | 'title' | 'stage' | 'theme'>[]> {
  if (!seesCampaigns(viewer) || ids.length === 0) return [];
  return CampaignModel.find(visible(viewer, { _id: { $in: [...ids] } }), {
    reference: 1,
    title: 1,
    stage: 1,
    theme: 1,
  })
    .sort({ createdAt: -1, _id: -1 })
    .lean<CampaignFile[]>();
}

function positionOf(cursor: string | undefined): CampaignQuestion {
  const last = momentAndIdOf(cursor);
  if (!last) return {};
  return { $or: [{ createdAt: { $lt: last.at } }, { createdAt: last.at, _id: { $lt: last.id } }] };
}

export const underWay: CampaignQuestion = { stage: { $ne: 'closed' } };

export interface FoundCampaigns {
  campaigns: CampaignFile[];
  next: string | null;
  total: number;
  byStage: Partial<Record<CampaignStage, number>>;
}

/** Newest first, in pages; `next` is null on the last. */
export async function campaignsFor(viewer: Viewer, query: CampaignListQuery): Promise<FoundCampaigns> {
  const wanted: CampaignQuestion = {
    ...(query.municipality ? { municipalities: query.municipality } : {}),
    ...(query.theme ? { theme: query.theme } : {}),
    ...(query.issue ? { issueIds: query.issue } : {}),
    ...(query.institution ? { 'demands.institutionId': query.institution } : {}),
  };
  const staged: CampaignQuestion = {
    ...(query.underWay ? { $and: [underWay] } : {}),
    ...(query.stage ? { stage: query.stage } : {}),
  };
  const page = visible(viewer, { $and: [wanted, staged, positionOf(query.cursor)] });
  const found = await CampaignModel.find(page, { history: 0 })
    .sort({ createdAt: -1, _id: -1 })
    .limit(query.limit + 1)
    .lean<CampaignFile[]>();
  const campaigns = found.slice(0, query.limit);
  const last = campaigns.at(-1);
  const next = found.length > query.limit && last ? cursorAt(last.createdAt.toISOString(), last._id) : null;
  const stages = campaignStages.filter(
    (stage) => (!query.stage || stage === query.stage) && !(query.underWay && stage === 'closed'),
  );
  const byStage =
    next || query.cursor ? await countByStage(visible(viewer, wanted), stages) : stagesOf(campaigns);
  return { campaigns, next, byStage, total: Object.values(byStage).reduce((sum, count) => sum + count, 0) };
}

/** Stage by stage: scope, municipality and stage are in one index, which is counted without looking at a campaign. */
async function countByStage(
  question: CampaignQuestion,
  stages: readonly CampaignStage[],
): Promise<FoundCampaigns['byStage']> {
  const counts = await Promise.all(
    stages.map(async (stage) => [stage, await CampaignModel.countDocuments({ $and: [question, { stage }] })]),
  );
  return Object.fromEntries(counts.filter(([, count]) => count !== 0));
}

function stagesOf(campaigns: readonly CampaignFile[]): FoundCampaigns['byStage'] {
  const byStage: FoundCampaigns['byStage'] = {};
  for (const { stage } of campaigns) byStage[stage] = (byStage[stage] ?? 0) + 1;
  return byStage;
}

const timelineFields = { stage: 1, actions: 1, milestones: 1, demands: 1, reviewOn: 1 } as const;
export type CampaignOnTimeline = Pick<CampaignFile, '_id' | keyof typeof timelineFields>;

/** Those of these that the viewer sees, with what has a day. */
export async function campaignsOnTimeline(
  viewer: Viewer,
  ids: readonly string[],
): Promise<CampaignOnTimeline[]> {
  return CampaignModel.find(visible(viewer, { _id: { $in: [...ids] } }), timelineFields).lean<
    CampaignOnTimeline[]
  >();
}

/** Which campaigns a member's organisation takes part in: the ground for what it sees of letters. */
export async function campaignsOfPartner(organisation: string): Promise<Pick<CampaignFile, '_id'>[]> {
  return CampaignModel.find({ partners: organisation }, { _id: 1 }).lean<CampaignFile[]>();
}

/** Who works on these campaigns: for telling them, never for an answer. */
export async function teamsOf(ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await CampaignModel.find({ _id: { $in: [...ids] } }, { team: 1 }).lean<CampaignFile[]>();
  return [...new Set(found.flatMap(({ team }) => team))];
}
