// Duty: the demands of a campaign: add, revise, decide, take out while nothing was asked yet. Each has edit conflicts of its own.

import { campaignLimits } from '../../../shared/campaignLists.ts';
import type { DemandCreate, DemandDecision, DemandRevise } from '../../../shared/campaigns.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid, notFound } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { missingParts } from './campaignMoves.commands.ts';
import type { CampaignFile, StoredDemand } from './campaigns.model.ts';
import { mayWrite } from './campaigns.policy.ts';
import { changeCampaign, refuseClosed } from './change.ts';
import { institutionsById } from './links.queries.ts';
import { changedPart, editOf, refuseStalePart, removedPart } from './parts.ts';

const notAskedYet = ({ stage }: CampaignFile) => stage === 'proposed' || stage === 'planning';

/** Repeating it with the same id changes nothing. */
export function addDemand(
  viewer: Viewer,
  id: string,
  input: DemandCreate,
  now?: Date,
): Promise<CampaignFile> {
  return changeCampaign(
    viewer,
    id,
    async (campaign) => {
      ensure(mayWrite, viewer, campaign);
      refuseClosed(campaign);
      if (campaign.demands.some((one) => one.id === input.id)) return null;
      if (campaign.demands.length >= campaignLimits.demands)
        throw invalid([{ path: ['text'], code: 'too_many', params: { maximum: campaignLimits.demands } }]);
      const demand: StoredDemand = {
        ...input,
        version: campaign.version + 1,
        status: 'open',
        decidedOn: null,
        note: '',
      };
      await ensureFits(viewer, campaign, demand);
      return {
        set: { demands: [...campaign.demands, demand] },
        entry: { what: 'demandAdded', item: input.id },
      };
    },
    now,
  );
}

export function reviseDemand(
  viewer: Viewer,
  id: string,
  item: string,
  { version, ...wanted }: DemandRevise,
  now?: Date,
): Promise<CampaignFile> {
  return changeCampaign(
    viewer,
    id,
    async (campaign) => {
      ensure(mayWrite, viewer, campaign);
      refuseClosed(campaign);
      const demand = demandOf(campaign, item);
      await refuseStalePart(viewer, campaign, demand, version, wanted);
      const edit = editOf(campaign, demand, wanted);
      if (!edit) return null;
      await ensureFits(viewer, campaign, edit.after);
      // What was asked with an indicator and an end date is not made vague while it is being asked.
      if (!notAskedYet(campaign) && missingParts(demand).length === 0) {
        const missing = missingParts(edit.after);
        if (missing.length > 0) throw invalid(missing.map((part) => ({ path: [part], code: 'required' })));
      }
      return {
        set: { demands: changedPart(campaign.demands, edit.after) },
        entry: { what: 'demandChanged', item, fields: edit.fields },
      };
    },
    now,
  );
}

export function decideDemand(
  viewer: Viewer,
  id: string,
  item: string,
  { version, ...decision }: DemandDecision,
  now = clock.now(),
): Promise<CampaignFile> {
  return changeCampaign(
    viewer,
    id,
    async (campaign) => {
      ensure(mayWrite, viewer, campaign);
      refuseClosed(campaign);
      const demand = demandOf(campaign, item);
      await refuseStalePart(viewer, campaign, demand, version, decision);
      const faults: FieldFault[] = [];
      const complain = (code: string) => faults.push({ path: ['decidedOn'], code });
      const { decidedOn, status } = decision;
      if (status === 'open' && decidedOn) complain('not_decided');
      if (status !== 'open' && !decidedOn) complain('required');
      if (decidedOn && decidedOn > dayOf(now)) complain('in_the_future');
      if (decidedOn && decidedOn < demand.startsOn) complain('before_start');
      if (faults.length > 0) throw invalid(faults);
      const edit = editOf(campaign, demand, decision);
      if (!edit) return null;
      return {
        set: { demands: changedPart(campaign.demands, edit.after) },
        entry: { what: 'demandDecided', item, fields: [status], reason: decision.note },
      };
    },
    now,
  );
}

/** What was once asked stays on record: it is refused or adopted, not taken out. */
export function removeDemand(
  viewer: Viewer,
  id: string,
  item: string,
  version: number,
): Promise<CampaignFile> {
  return changeCampaign(viewer, id, async (campaign) => {
    ensure(mayWrite, viewer, campaign);
    refuseClosed(campaign);
    const demand = demandOf(campaign, item);
    await refuseStalePart(viewer, campaign, demand, version, { text: null });
    if (!notAskedYet(campaign)) throw conflict('campaign.demandStands', { stage: campaign.stage });
    return {
      set: {
        demands: removedPart(campaign.demands, item),
        actions: campaign.actions.map((action) =>
          action.demandId === item ? { ...action, demandId: null } : action,
        ),
      },
      entry: { what: 'demandRemoved', item },
    };
  });
}

function demandOf(campaign: CampaignFile, item: string): StoredDemand {
  const demand = campaign.demands.find(({ id }) => id === item);
  if (!demand) throw notFound();
  return demand;
}

/** What only the records tell: the target exists, and where it has several offices, which of them is meant. */
async function ensureFits(viewer: Viewer, campaign: CampaignFile, demand: StoredDemand): Promise<void> {
  const faults: FieldFault[] = [];
  const institution = (await institutionsById(viewer)).get(demand.institutionId);
  if (!institution) faults.push({ path: ['institutionId'], code: 'not_found' });
  const isLocal = institution && (institution.level === 'municipal' || institution.hasLocalOffices);
  const { municipality, startsOn, endsOn } = demand;
  const complain = (code: string) => faults.push({ path: ['municipality'], code });
  if (institution?.level === 'municipal' && !municipality) complain('required');
  if (municipality && institution && !isLocal) complain('not_for_this_institution');
  if (municipality && !campaign.municipalities.includes(municipality)) complain('not_of_this_campaign');
  if (endsOn && endsOn <= startsOn) faults.push({ path: ['endsOn'], code: 'before_start' });
  if (faults.length > 0) throw invalid(faults);
}
