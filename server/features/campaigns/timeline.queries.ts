// Duty: what happens and is due in the campaigns that are asked for, as far as the viewer sees them, day by day, for the timeline.
import type { TimelineQuery } from '../../../shared/campaigns.ts';
import type { TimelineEvent } from '../../../shared/campaignViews.ts';
import { clock, dayOf } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { lettersOfCampaigns } from '../institutions/campaignLetters.queries.ts';
import { type CampaignOnTimeline, campaignsOnTimeline } from './campaigns.queries.ts';

type Event = Omit<TimelineEvent, 'campaignId' | 'late'>;

function eventsOf({ actions, milestones, demands, reviewOn, _id }: CampaignOnTimeline): Event[] {
  return [
    ...actions
      .filter(({ status }) => status !== 'cancelled')
      .map(
        ({ id, on, title, kind, status }): Event => ({
          id,
          kind: 'action',
          on,
          text: title,
          actionKind: kind,
          done: status === 'done',
        }),
      ),
    ...milestones.map(
      ({ id, due, doneOn, title }): Event => ({
        id,
        kind: 'milestone',
        on: doneOn ?? due,
        text: title,
        actionKind: null,
        done: doneOn !== null,
      }),
    ),
    ...demands.flatMap(({ id, endsOn, text, status }): Event[] =>
      endsOn ? [{ id, kind: 'demandEnd', on: endsOn, text, actionKind: null, done: status !== 'open' }] : [],
    ),
    ...(reviewOn
      ? [{ id: _id, kind: 'review', on: reviewOn, text: '', actionKind: null, done: false } as const]
      : []),
  ];
}

/** In the order of days. */
export async function timelineFor(viewer: Viewer, query: TimelineQuery): Promise<TimelineEvent[]> {
  const today = dayOf(clock.now());
  const campaigns = await campaignsOnTimeline(viewer, query.campaigns);
  const ids = campaigns.map(({ _id }) => _id);
  const letters = (await lettersOfCampaigns(viewer, ids, query)).map(
    ({ _id, campaignId, sentOn, subject, status }): TimelineEvent => ({
      id: _id,
      campaignId: campaignId!,
      kind: 'letter',
      on: sentOn!,
      text: subject,
      actionKind: null,
      done: status === 'answered' || status === 'refused',
      late: status === 'silent',
    }),
  );
  return campaigns
    .flatMap((campaign) =>
      eventsOf(campaign).map(
        (event): TimelineEvent => ({
          ...event,
          campaignId: campaign._id,
          late: !event.done && event.on < today && campaign.stage !== 'closed',
        }),
      ),
    )
    .concat(letters)
    .filter(({ on }) => on >= query.from && on <= query.to)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1));
}
