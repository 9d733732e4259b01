// Duty: tell the team of a campaign what happened and which day has come; coordinators what only they may know. A reference and a verb.
import type { NotificationEvent } from '../../../shared/notifications.ts';
import { clock, dayAfter, dayOf } from '../../clock.ts';
import {
  type CampaignToTellOf,
  campaignsChangedSince,
  campaignsUnderWay,
  campaignToTellOf,
} from '../campaigns/due.queries.ts';
import { peopleToTell } from '../directory/users.queries.ts';
import { type News, tell } from './notifications.commands.ts';

/** At the very first run, older days are history. */
const firstLookDays = 7;

const ids = (people: { id: string }[]) => people.map(({ id }) => id);
const coordinators = async () => ids(await peopleToTell({ role: 'coordinator' }));

/** Who works on it and who began it; where nobody of them is here any more, the coordinators. */
async function followersOf({ team, createdBy }: CampaignToTellOf): Promise<string[]> {
  const own = ids(await peopleToTell({ ids: [...team, createdBy] }));
  return own.length > 0 ? own : coordinators();
}

const about = ({ _id, reference, municipalities }: CampaignToTellOf) => ({
  caseId: '',
  referralId: null,
  subject: { kind: 'campaign' as const, id: _id },
  reference,
  municipality: municipalities.length === 1 ? municipalities[0]! : null,
  guests: [],
});

/** Those for whom that line of history was before their time. */
const joinedAfter = ({ history }: CampaignToTellOf, at: number): ReadonlySet<string> =>
  new Set(history.slice(at + 1).flatMap(({ people = [] }) => people));

async function newsOf(campaign: CampaignToTellOf, since: Date): Promise<News[]> {
  const news: News[] = [];
  for (const [at, { at: moment, by, what, people = [] }] of campaign.history.entries()) {
    if (moment < since) continue;
    const add = (event: NotificationEvent, users: string[]) =>
      news.push({ ...about(campaign), source: `campaign ${campaign._id} ${at}`, event, users, actor: by });
    if (what === 'moved') {
      const later = joinedAfter(campaign, at);
      const followers = await followersOf(campaign);
      add(
        'campaign.moved',
        followers.filter((id) => !later.has(id)),
      );
    }
    if (what === 'caseEnded') add('campaign.caseEnded', await coordinators());
    if (people.length > 0) add('campaign.joined', ids(await peopleToTell({ ids: people })));
  }
  return news;
}

async function tellAll(news: News[], now: Date): Promise<number> {
  let told = 0;
  for (const one of news) told += await tell(one, now);
  return told;
}

export async function tellOfCampaign(id: string, overlap: number): Promise<void> {
  const campaign = await campaignToTellOf(id);
  if (!campaign) return;
  const since = new Date(campaign.changedAt.getTime() - overlap);
  await tellAll(await newsOf(campaign, since), campaign.changedAt);
}

export async function tellMissedOfCampaigns(since: Date, now: Date): Promise<number> {
  let told = 0;
  for await (const campaign of campaignsChangedSince(since))
    told += await tellAll(await newsOf(campaign, since), now);
  return told;
}

/** Days that have come: a milestone, a review; and the end of a demand that has passed undecided. A long stop leaves none out. */
export async function tellCampaignDays(now = clock.now(), lastRun: Date | null = null): Promise<number> {
  const today = dayOf(now);
  const after = dayAfter(dayOf(lastRun ?? now), lastRun ? -2 : -firstLookDays);
  const isIn = (day: string | null): day is string => day !== null && day > after && day <= today;
  let told = 0;
  for await (const campaign of campaignsUnderWay()) {
    const due: { event: NotificationEvent; day: string; what: string }[] = [
      ...campaign.milestones.flatMap(({ id, due: day, doneOn }) =>
        doneOn === null && isIn(day) ? [{ event: 'campaign.milestoneDue' as const, day, what: id }] : [],
      ),
      ...campaign.demands.flatMap(({ id, endsOn, status }) =>
        status === 'open' && isIn(endsOn) && endsOn < today
          ? [{ event: 'campaign.demandOver' as const, day: endsOn, what: id }]
          : [],
      ),
    ];
    if (isIn(campaign.reviewOn))
      due.push({ event: 'campaign.reviewDue', day: campaign.reviewOn, what: campaign._id });
    for (const { event, day, what } of due) {
      const users = event === 'campaign.reviewDue' ? await coordinators() : await followersOf(campaign);
      told += await tell(
        { ...about(campaign), source: `${event} ${what} ${day}`, event, users, actor: null },
        now,
      );
    }
  }
  return told;
}
