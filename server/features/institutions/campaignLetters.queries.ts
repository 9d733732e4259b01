// Duty: the days of the letters of several campaigns, as far as the viewer sees each letter: for a timeline.
import type { Viewer } from '../../policy.ts';
import { type LetterFile, LetterModel } from './letters.model.ts';
import { lettersVisibleTo } from './letters.queries.ts';

const shown = { campaignId: 1, sentOn: 1, subject: 1, status: 1 } as const;
export type LetterOfCampaign = Pick<LetterFile, '_id' | keyof typeof shown>;

/** Sent between these days. Letters about a case are left out: their subject is the case's. */
export async function lettersOfCampaigns(
  viewer: Viewer,
  campaigns: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<LetterOfCampaign[]> {
  if (campaigns.length === 0) return [];
  const question = { campaignId: { $in: [...campaigns] }, caseId: null, sentOn: { $gte: from, $lte: to } };
  return LetterModel.find({ $and: [await lettersVisibleTo(viewer), question] }, shown).lean<
    LetterOfCampaign[]
  >();
}
