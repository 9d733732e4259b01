// Duty: what figures are counted from: the stage of each campaign on a day and the result of those that ended. No cases.

import type { CampaignResult, CampaignStage } from '../../../shared/campaignLists.ts';
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { type CampaignFile, CampaignModel } from './campaigns.model.ts';
import { campaignsVisibleTo } from './campaigns.queries.ts';

export interface CampaignForFigures {
  id: string;
  title: string;
  municipalities: MunicipalitySlug[];
  stage: CampaignStage;
  /** When it came to that stage. */
  since: Date;
  result: CampaignResult | null;
}

/** Those that there were before that moment, at the stage they had then. */
export async function campaignsForFigures(viewer: Viewer, before: Date): Promise<CampaignForFigures[]> {
  if (viewer.role !== 'coordinator') throw notFound();
  const files = await CampaignModel.find(
    { $and: [campaignsVisibleTo(viewer), { createdAt: { $lt: before } }] },
    {
      title: 1,
      municipalities: 1,
      stage: 1,
      result: 1,
      createdAt: 1,
      'history.at': 1,
      'history.to': 1,
      'history.from': 1,
    },
  ).lean<
    Pick<CampaignFile, '_id' | 'title' | 'municipalities' | 'stage' | 'result' | 'createdAt' | 'history'>[]
  >();
  return files.map(({ _id: id, title, municipalities, result, createdAt, history }) => {
    const moved = history.filter(({ at, to, from }) => to && to !== from && at < before);
    const stage = moved.at(-1)?.to ?? 'proposed';
    return {
      id,
      title,
      municipalities,
      stage,
      since: moved.at(-1)?.at ?? createdAt,
      result: stage === 'closed' ? result : null,
    };
  });
}
