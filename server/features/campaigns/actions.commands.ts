// Duty: what is done in a campaign and by when: actions, by whoever takes part, and milestones. Files of actions: evidence.commands.ts.
import { campaignLimits } from '../../../shared/campaignLists.ts';
import type {
  ActionCreate,
  ActionRevise,
  MilestoneCreate,
  MilestoneRevise,
} from '../../../shared/campaigns.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid, notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import type { CampaignFile, StoredAction, StoredMilestone } from './campaigns.model.ts';
import { mayAct, mayChangeAction, mayWrite } from './campaigns.policy.ts';
import { changeCampaign, refuseClosed } from './change.ts';
import { changedPart, editOf, refuseStalePart, removedPart } from './parts.ts';

/** Repeating it with the same id changes nothing. */
export function addAction(
  viewer: Viewer,
  id: string,
  input: ActionCreate,
  now = clock.now(),
): Promise<CampaignFile> {
  return changeCampaign(
    viewer,
    id,
    (campaign) => {
      ensure(mayAct, viewer, campaign);
      refuseClosed(campaign);
      const earlier = campaign.actions.find((one) => one.id === input.id);
      if (earlier && earlier.by !== viewer.id) throw conflict('id.taken');
      if (earlier) return null;
      if (campaign.actions.length >= campaignLimits.actions)
        throw invalid([{ path: ['title'], code: 'too_many', params: { maximum: campaignLimits.actions } }]);
      const action: StoredAction = {
        ...input,
        version: campaign.version + 1,
        by: viewer.id,
        evidence: [],
      };
      ensureActionFits(campaign, action, now);
      return {
        set: { actions: [...campaign.actions, action] },
        entry: { what: 'actionAdded', item: input.id },
      };
    },
    now,
  );
}

export function reviseAction(
  viewer: Viewer,
  id: string,
  item: string,
  { version, ...wanted }: ActionRevise,
  now = clock.now(),
): Promise<CampaignFile> {
  return changeCampaign(
    viewer,
    id,
    async (campaign) => {
      const action = actionOf(campaign, item);
      ensure(mayChangeAction, viewer, { campaign, action });
      refuseClosed(campaign);
      await refuseStalePart(viewer, campaign, action, version, wanted);
      const edit = editOf(campaign, action, wanted);
      if (!edit) return null;
      ensureActionFits(campaign, edit.after, now);
      return {
        set: { actions: changedPart(campaign.actions, edit.after) },
        entry: { what: 'actionChanged', item, fields: edit.fields },
      };
    },
    now,
  );
}

export function actionOf(campaign: CampaignFile, item: string): StoredAction {
  const action = campaign.actions.find(({ id }) => id === item);
  if (!action) throw notFound();
  return action;
}

function ensureActionFits(campaign: CampaignFile, action: StoredAction, now: Date): void {
  const { status, on, reached, note, municipality, demandId } = action;
  const faults: FieldFault[] = [];
  if (status === 'done' && on > dayOf(now)) faults.push({ path: ['on'], code: 'in_the_future' });
  if (status !== 'done' && reached !== null) faults.push({ path: ['reached'], code: 'not_done_yet' });
  if (status === 'cancelled' && !note) faults.push({ path: ['note'], code: 'required' });
  if (municipality && !campaign.municipalities.includes(municipality))
    faults.push({ path: ['municipality'], code: 'not_of_this_campaign' });
  if (demandId && !campaign.demands.some(({ id }) => id === demandId))
    faults.push({ path: ['demandId'], code: 'not_found' });
  if (faults.length > 0) throw invalid(faults);
}

export function addMilestone(
  viewer: Viewer,
  id: string,
  input: MilestoneCreate,
  now = clock.now(),
): Promise<CampaignFile> {
  return changeCampaign(
    viewer,
    id,
    (campaign) => {
      ensure(mayWrite, viewer, campaign);
      refuseClosed(campaign);
      if (campaign.milestones.some((one) => one.id === input.id)) return null;
      const maximum = campaignLimits.milestones;
      if (campaign.milestones.length >= maximum)
        throw invalid([{ path: ['title'], code: 'too_many', params: { maximum } }]);
      ensureDoneBefore(input, now);
      return {
        set: { milestones: [...campaign.milestones, { ...input, version: campaign.version + 1 }] },
        entry: { what: 'milestoneAdded', item: input.id },
      };
    },
    now,
  );
}

export function reviseMilestone(
  viewer: Viewer,
  id: string,
  item: string,
  { version, ...wanted }: MilestoneRevise,
  now = clock.now(),
): Promise<CampaignFile> {
  return changeCampaign(
    viewer,
    id,
    async (campaign) => {
      ensure(mayWrite, viewer, campaign);
      refuseClosed(campaign);
      const milestone = milestoneOf(campaign, item);
      await refuseStalePart(viewer, campaign, milestone, version, wanted);
      const edit = editOf(campaign, milestone, wanted);
      if (!edit) return null;
      ensureDoneBefore(edit.after, now);
      return {
        set: { milestones: changedPart(campaign.milestones, edit.after) },
        entry: { what: 'milestoneChanged', item, fields: edit.fields },
      };
    },
    now,
  );
}

export function removeMilestone(
  viewer: Viewer,
  id: string,
  item: string,
  version: number,
): Promise<CampaignFile> {
  return changeCampaign(viewer, id, async (campaign) => {
    ensure(mayWrite, viewer, campaign);
    refuseClosed(campaign);
    await refuseStalePart(viewer, campaign, milestoneOf(campaign, item), version, { title: null });
    return {
      set: { milestones: removedPart(campaign.milestones, item) },
      entry: { what: 'milestoneRemoved', item },
    };
  });
}

function milestoneOf(campaign: CampaignFile, item: string): StoredMilestone {
  const milestone = campaign.milestones.find(({ id }) => id === item);
  if (!milestone) throw notFound();
  return milestone;
}

function ensureDoneBefore({ doneOn }: Pick<StoredMilestone, 'doneOn'>, now: Date): void {
  if (doneOn && doneOn > dayOf(now)) throw invalid([{ path: ['doneOn'], code: 'in_the_future' }]);
}
