// Duty: a campaign as a calendar for whoever holds its link: days, kinds and the reference. No free word is in it, so that no person
// and no case can be: the link lies with calendar services that nobody here chose.
import icalendar from 'ical-generator';
import type { Speaker } from '../../../shared/i18n.ts';
import { dayAfter } from '../../clock.ts';
import { speakers } from '../../words.ts';
import type { CampaignFile } from './campaigns.model.ts';

interface Day {
  id: string;
  on: string;
  words: string;
}

function daysOf(campaign: CampaignFile, { say }: Speaker): Day[] {
  return [
    ...campaign.milestones.map(({ id, due, doneOn }) => ({
      id,
      on: doneOn ?? due,
      words: say('campaigns.feed.milestone'),
    })),
    ...campaign.actions
      .filter(({ status }) => status !== 'cancelled')
      .map(({ id, on, kind }) => ({ id, on, words: say(`campaigns.kind.${kind}`) })),
    ...campaign.demands.flatMap(({ id, endsOn, status }) =>
      endsOn && status === 'open' ? [{ id, on: endsOn, words: say('campaigns.feed.demandEnd') }] : [],
    ),
  ];
}

export function presentCalendar(campaign: CampaignFile, address: string): string {
  const { reference, calendar, _id, changedAt } = campaign;
  const speaker = speakers[calendar?.language ?? 'en'];
  const feed = icalendar({
    name: `${speaker.say('app.name')} ${reference}`,
    prodId: { company: 'KOSINT', product: 'Tracker', language: 'EN' },
    ttl: 3 * 3600,
  });
  for (const { id, on, words } of daysOf(campaign, speaker))
    feed.createEvent({
      id: `${id}@${reference}`,
      start: new Date(`${on}T00:00:00Z`),
      end: new Date(`${dayAfter(on, 1)}T00:00:00Z`),
      allDay: true,
      stamp: changedAt,
      summary: `${reference}: ${words}`,
      url: `${address}/campaigns/${_id}`,
    });
  return feed.toString();
}
