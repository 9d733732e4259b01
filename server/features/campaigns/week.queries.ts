// Duty: what of campaigns belongs in a person's week: actions, milestones, reviews and demands that are due, and what others changed.
import {
  emptyPart,
  mostWeekItems,
  type WeekAsked,
  type WeekItem,
  type WeekPart,
  weekItem,
} from '../../../shared/week.ts';
import type { Viewer } from '../../policy.ts';
import { type CampaignFile, CampaignModel } from './campaigns.model.ts';
import { mayAct, mayWrite, seesCampaigns } from './campaigns.policy.ts';
import { campaignsVisibleTo } from './campaigns.queries.ts';

const mostCampaigns = 200;

export async function campaignWeek(viewer: Viewer, { today, until, since }: WeekAsked): Promise<WeekPart> {
  if (!seesCampaigns(viewer)) return emptyPart();
  const scope = campaignsVisibleTo(viewer);
  const [running, changed] = await Promise.all([
    CampaignModel.find({ $and: [scope, { stage: { $ne: 'closed' } }] }, { history: 0, uses: 0 })
      .sort({ createdAt: -1, _id: -1 })
      .limit(mostCampaigns)
      .lean<CampaignFile[]>(),
    since
      ? CampaignModel.find({ $and: [scope, { changedAt: { $gt: since } }] }, { uses: 0 })
          .sort({ changedAt: -1 })
          .limit(mostWeekItems)
          .lean<CampaignFile[]>()
      : [],
  ]);
  return {
    toDo: running
      .flatMap((campaign) => dueIn(viewer, campaign, today, until))
      .sort((a, b) => (a.due! < b.due! ? -1 : a.due! > b.due! ? 1 : 0))
      .slice(0, mostWeekItems),
    waiting: [],
    fresh: changed
      .filter(({ history }) => history.at(-1)?.by !== viewer.id)
      .map((campaign) =>
        itemOf(campaign, campaign._id, 'campaign.changed', {
          title: campaign.title,
          at: campaign.changedAt.toISOString(),
        }),
      ),
  };
}

function itemOf(
  campaign: CampaignFile,
  part: string,
  verb: WeekItem['verb'],
  more: Partial<WeekItem>,
): WeekItem {
  const { _id, reference } = campaign;
  return weekItem({ key: `${verb} ${part}`, place: 'campaign', id: _id, verb, reference, ...more });
}

/** Of who takes part: what is planned; of who answers for it: reviews and demands whose day has come. */
function dueIn(viewer: Viewer, campaign: CampaignFile, today: string, until: string): WeekItem[] {
  const isTeam = campaign.team.includes(viewer.id) || viewer.role === 'cso_member';
  const takesPart = mayAct(viewer, campaign) && (isTeam || viewer.role === 'coordinator');
  const item = (part: string, verb: WeekItem['verb'], title: string, due: string) =>
    itemOf(campaign, part, verb, { title, due, late: due < today });
  const planned = takesPart
    ? [
        ...campaign.actions
          .filter(({ status, on }) => status === 'planned' && on <= until)
          .map(({ id, title, on }) => item(id, 'campaign.action', title, on)),
        ...campaign.milestones
          .filter(({ doneOn, due }) => doneOn === null && due <= until)
          .map(({ id, title, due }) => item(id, 'campaign.milestone', title, due)),
      ]
    : [];
  if (!mayWrite(viewer, campaign)) return planned;
  const { reviewOn, stage, demands } = campaign;
  const ended = demands.filter(
    ({ status, endsOn }) => status === 'open' && endsOn !== null && endsOn < today,
  );
  return [
    ...planned,
    ...(stage === 'paused' && reviewOn && reviewOn <= until
      ? [item(campaign._id, 'campaign.review', campaign.title, reviewOn)]
      : []),
    ...ended.map(({ id, text, endsOn }) => item(id, 'campaign.demandEnded', text, endsOn!)),
  ];
}
