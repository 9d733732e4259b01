// Duty: add a cleaned file to an action and take one off. Files first, then the campaign, so that it never points to nothing.
import { campaignLimits } from '../../../shared/campaignLists.ts';
import { clock } from '../../clock.ts';
import { conflict, invalid, notFound } from '../../errors.ts';
import type { CleanFile } from '../../files/clean.ts';
import { deleteKept, filesBelongTo, type KeptFile, keepFile } from '../../files/kept.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { actionOf } from './actions.commands.ts';
import { type CampaignFile, CampaignModel } from './campaigns.model.ts';
import { mayAct, mayChangeAction } from './campaigns.policy.ts';
import { campaignFor } from './campaigns.queries.ts';
import { changeCampaign, refuseClosed } from './change.ts';
import { changedPart } from './parts.ts';

filesBelongTo('campaign', async (id) => {
  const campaign = await CampaignModel.findById(id, { 'actions.evidence': 1 }).lean<CampaignFile>();
  return campaign?.actions.flatMap(({ evidence }) => evidence) ?? [];
});

/** Whether to go on receiving: throws as the upload would, and answers true when this very upload was kept before. */
export async function isKeptAlready(
  viewer: Viewer,
  id: string,
  item: string,
  file: string,
): Promise<boolean> {
  return isRepeat(viewer, await campaignFor(viewer, id), item, file);
}

function isRepeat(viewer: Viewer, campaign: CampaignFile, item: string, file: string): boolean {
  ensure(mayAct, viewer, campaign);
  const action = actionOf(campaign, item);
  const earlier = action.evidence.find(({ id }) => id === file);
  if (earlier && earlier.by !== viewer.id) throw conflict('id.taken');
  if (earlier) return true;
  refuseClosed(campaign);
  const maximum = campaignLimits.evidence;
  if (action.evidence.length >= maximum)
    throw invalid([{ path: ['file'], code: 'too_many', params: { maximum } }]);
  return false;
}

/** Named after the campaign, never after what the person called it: file names tell names. */
export async function addEvidence(
  viewer: Viewer,
  id: string,
  item: string,
  file: string,
  clean: CleanFile,
  now = clock.now(),
): Promise<CampaignFile> {
  const { reference } = await campaignFor(viewer, id);
  const name = `${reference}-${file.slice(-4)}`;
  const kept = await keepFile(clean, { kind: 'campaign', id }, { id: file, name, by: viewer.id, at: now });
  let isKept = false;
  try {
    const after = await changeCampaign(
      viewer,
      id,
      (campaign) => {
        isKept = false;
        if (isRepeat(viewer, campaign, item, file)) return null;
        isKept = true;
        const action = actionOf(campaign, item);
        const actions = changedPart(campaign.actions, {
          ...action,
          evidence: [...action.evidence, kept],
        });
        return { set: { actions }, entry: { what: 'evidenceAdded', item } };
      },
      now,
    );
    if (!isKept) await deleteKept(kept);
    return after;
  } catch (error) {
    await deleteKept(kept);
    throw error;
  }
}

/** Takes it off the action, then deletes the files; a crash between leaves files that are swept. */
export async function removeEvidence(
  viewer: Viewer,
  id: string,
  item: string,
  file: string,
): Promise<CampaignFile> {
  let removed: KeptFile | undefined;
  const after = await changeCampaign(viewer, id, (campaign) => {
    const action = actionOf(campaign, item);
    ensure(mayChangeAction, viewer, { campaign, action });
    refuseClosed(campaign);
    removed = action.evidence.find((one) => one.id === file);
    if (!removed) throw notFound('evidence.notFound');
    const evidence = action.evidence.filter((one) => one.id !== file);
    return {
      set: { actions: changedPart(campaign.actions, { ...action, evidence }) },
      entry: { what: 'evidenceRemoved', item },
    };
  });
  if (removed) await deleteKept(removed);
  return after;
}
