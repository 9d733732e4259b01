// Duty: every move of the campaign table: who, from where, what it needs, what it does. The table itself is shared/campaignMoves.ts.
import { demandParts } from '../../../shared/campaignLists.ts';
import type { MoveCondition } from '../../../shared/campaignMoves.ts';
import { type CampaignMoveInput, campaignMoves } from '../../../shared/campaigns.ts';
import { clock, dayOf } from '../../clock.ts';
import { conflict, type FieldFault, invalid } from '../../errors.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { casesWithLiveConsent } from '../identities/consents.queries.ts';
import type { CampaignFile, StoredDemand } from './campaigns.model.ts';
import { mayMoveCampaign } from './campaigns.policy.ts';
import { changeCampaign, refuseFutureVersion, staleCampaign } from './change.ts';
import { issueFaults } from './links.queries.ts';
import { promisesOf } from './promises.commands.ts';

interface Effect {
  set: Partial<CampaignFile>;
  reason?: string;
  touches?: readonly string[];
}

/** Moves the campaign: 403 for who, 409 for a stage it does not lead out of or a stale one, 422 for what is missing. */
export function moveCampaign(
  viewer: Viewer,
  id: string,
  input: CampaignMoveInput,
  now = clock.now(),
): Promise<CampaignFile> {
  const { from, to, needs } = campaignMoves[input.move];
  return changeCampaign(
    viewer,
    id,
    async (campaign) => {
      ensure(mayMoveCampaign(input.move), viewer, campaign);
      refuseFutureVersion(campaign, input.version);
      if ((campaign.fieldVersions.stage ?? 1) > input.version)
        throw await staleCampaign(viewer, campaign, [
          { field: 'stage', yours: to, theirs: campaign.stage, madeBy: ({ what }) => what === 'moved' },
        ]);
      const { stage, version } = campaign;
      if (!from.includes(stage)) throw conflict('campaign.notFromHere', { version, stage });
      const faults = (await Promise.all(needs.map((need) => conditions[need](campaign)))).flat();
      if (faults.length > 0) throw invalid(faults, 'campaign.notReady');
      const effect = await effectOf(viewer, campaign, input, now);
      return {
        set: { ...effect.set, stage: to, stageSince: now },
        entry: {
          what: 'moved',
          move: input.move,
          from: stage,
          to,
          ...(effect.reason ? { reason: effect.reason } : {}),
        },
        touches: ['stage', ...(effect.touches ?? [])],
      };
    },
    now,
  );
}

const conditions: Record<MoveCondition, (campaign: CampaignFile) => FieldFault[] | Promise<FieldFault[]>> = {
  whole_demand: ({ demands }) => {
    const open = demands.filter(({ status }) => status === 'open');
    if (open.length === 0) return [{ path: ['demands'], code: 'demand_needed' }];
    if (open.some((demand) => missingParts(demand).length === 0)) return [];
    return demands.flatMap((demand, at) =>
      demand.status === 'open'
        ? missingParts(demand).map((part) => ({ path: ['demands', at, part], code: 'required' }))
        : [],
    );
  },
  async cases_checked({ uses }) {
    const chosen = uses.filter(({ ended }) => !ended);
    const unchecked = chosen.filter(({ check }) => !check).length;
    if (unchecked > 0) return [{ path: ['uses'], code: 'check_needed', params: { count: unchecked } }];
    const ids = chosen.map(({ caseId }) => caseId);
    const consented = await casesWithLiveConsent(ids, 'advocacy_example');
    return consented.size < ids.length ? [{ path: ['uses'], code: 'advocacy_not_consented' }] : [];
  },
  async something_won({ _id, demands }) {
    if (demands.some(({ status }) => status === 'adopted')) return [];
    return (await promisesOf(_id)).made > 0 ? [] : [{ path: ['demands'], code: 'nothing_won_yet' }];
  },
  async promise_slips({ _id }) {
    return (await promisesOf(_id)).slipping > 0 ? [] : [{ path: ['move'], code: 'no_promise_slips' }];
  },
};

/** What a demand still lacks before it can be made; its target it has from the beginning. */
export const missingParts = (demand: StoredDemand) => demandParts.filter((part) => !demand[part]);

async function effectOf(
  viewer: Viewer,
  campaign: CampaignFile,
  input: CampaignMoveInput,
  now: Date,
): Promise<Effect> {
  switch (input.move) {
    case 'plan': {
      const { issueIds, municipalities, whyNow } = input;
      const faults = await issueFaults(viewer, issueIds, campaign.issueIds);
      if (faults.length > 0) throw invalid(faults);
      return { set: { issueIds, municipalities, whyNow }, touches: ['issueIds', 'municipalities', 'whyNow'] };
    }
    case 'pause':
      if (input.reviewOn < dayOf(now)) throw invalid([{ path: ['reviewOn'], code: 'in_the_past' }]);
      return { set: { reviewOn: input.reviewOn }, reason: input.reason };
    case 'resume':
      return { set: { reviewOn: null }, reason: input.reason };
    case 'ask_again':
      return { set: {}, reason: input.reason };
    case 'close':
      return {
        set: { result: input.result, lessons: input.lessons, reviewOn: null },
        reason: input.lessons,
      };
    default:
      return { set: {} };
  }
}
