// Duty: the words of do-no-harm checks about a case go with the case; that it stood behind the campaign stays, as a count.
import { campaignChanged } from './campaigns.live.ts';
import { type CampaignFile, CampaignModel, type StoredUse } from './campaigns.model.ts';

const hasWords = ({ check }: StoredUse): boolean =>
  check !== null && [check.byWhom, check.harm, check.awareHow].some((words) => words !== '');
const withoutWords = (use: StoredUse): StoredUse => ({
  ...use,
  check: use.check && { ...use.check, byWhom: '', harm: '', awareHow: '' },
});

/** Safe to repeat. */
export async function eraseUseWordsOf(caseId: string): Promise<void> {
  for (const { _id } of await CampaignModel.find({ 'uses.caseId': caseId }, { _id: 1 }).lean<
    CampaignFile[]
  >()) {
    for (;;) {
      const before = await CampaignModel.findOne({ _id }).lean<CampaignFile>();
      if (!before?.uses.some((use) => use.caseId === caseId && hasWords(use))) break;
      const set = {
        uses: before.uses.map((use) => (use.caseId === caseId ? withoutWords(use) : use)),
        version: before.version + 1,
      };
      const written = await CampaignModel.updateOne({ _id, version: before.version }, { $set: set });
      if (written.matchedCount === 0) continue;
      campaignChanged(before, { ...before, ...set }, null);
      break;
    }
  }
}
