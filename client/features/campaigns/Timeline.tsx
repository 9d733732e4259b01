// Duty: what happens when: campaigns down, months across, what falls into each by its day; on a phone one list per campaign.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CampaignList, TimelineEvent } from '../../../shared/campaignViews.ts';
import { paths } from '../../app/paths.ts';
import { dayOf } from '../../lib/days.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { ChevronLeft, ChevronRight } from '../../ui/icons.ts';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './timeline.module.css';
import { useTimeline } from './useCampaigns.ts';
import { kindIcons, StageWord, timelineIcons } from './words.tsx';

const shown = 4;
const before = 1;

/** The first days of so many months, beginning `from` months from this one. */
function monthsFrom(from: number, now = new Date()): string[] {
  return Array.from({ length: shown + 1 }, (_, index) =>
    dayOf(new Date(now.getFullYear(), now.getMonth() + from + index, 1, 12)),
  );
}

/** "November 2026": the first of it without its day, for not every browser knows Albanian months. */
function useMonthName(): (day: string) => string {
  const { date } = useSpeech();
  return (day) =>
    date(day)
      .replace(/^1\.?\s+/, '')
      .replace(/\.$/, '');
}

interface Props {
  pages: readonly CampaignList[];
  /** As an infinite query gives it: the way to the next page. */
  list: Parameters<typeof MoreButton>[0]['list'];
}

/** Shows as many campaigns as are loaded, and says of how many. */
export function Timeline({ pages, list }: Props) {
  const { say, number } = useSpeech();
  const rows = pages.flatMap(({ data }) => data);
  const total = pages[0]?.total ?? 0;
  const [from, setFrom] = useState(-before);
  const monthName = useMonthName();
  const starts = monthsFrom(from);
  const last = dayOf(new Date(Date.parse(`${starts[shown]}T12:00:00`) - 86_400_000));
  const asked = useTimeline(pages, starts[0]!, last);
  const months = starts.slice(0, shown).map((start, index) => ({ start, next: starts[index + 1]! }));
  const today = dayOf(new Date());
  const eventsOf = new Map<string, TimelineEvent[]>();
  for (const event of asked.events) {
    const own = eventsOf.get(event.campaignId);
    if (own) own.push(event);
    else eventsOf.set(event.campaignId, [event]);
  }
  return (
    <>
      <div className={classes.bar}>
        <Button
          variant="default"
          leftSection={<ChevronLeft size={18} aria-hidden />}
          onClick={() => setFrom(from - shown + 1)}
        >
          {say('campaigns.timeline.earlier')}
        </Button>
        <Button
          variant="default"
          rightSection={<ChevronRight size={18} aria-hidden />}
          onClick={() => setFrom(from + shown - 1)}
        >
          {say('campaigns.timeline.later')}
        </Button>
      </div>
      {asked.error ? (
        <ErrorState error={asked.error} onRetry={asked.again} />
      ) : !asked.isPending ? (
        <table className={classes.table}>
          <caption className={classes.caption}>{say('campaigns.timeline.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('campaigns.title')}</th>
              {months.map(({ start, next }) => (
                <th key={start} scope="col" data-now={(start <= today && today < next) || undefined}>
                  {monthName(start)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <Link to={paths.campaign.href(row.id)} className={classes.name}>
                    {row.title}
                  </Link>
                  <StageWord stage={row.stage} />
                </th>
                {months.map(({ start, next }) => {
                  const inside = (eventsOf.get(row.id) ?? []).filter(({ on }) => on >= start && on < next);
                  return (
                    <td
                      key={start}
                      data-head={monthName(start)}
                      data-empty={inside.length === 0 || undefined}
                      data-now={(start <= today && today < next) || undefined}
                    >
                      <ul className={classes.events}>
                        {inside.map((event) => (
                          <Event key={`${event.kind} ${event.id}`} event={event} />
                        ))}
                      </ul>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <LoadingState />
      )}
      {asked.isWhole && !asked.error && !list.hasNextPage && asked.events.length === 0 && (
        <p className={classes.none} role="status">
          {say('campaigns.timeline.empty')}
        </p>
      )}
      {list.hasNextPage && (
        <div className={classes.further}>
          <span role="status">
            {say('campaigns.shown', { shown: number(rows.length), number: number(total) })}
          </span>
          <MoreButton list={list} />
        </div>
      )}
    </>
  );
}

function Event({ event }: { event: TimelineEvent }) {
  const { say, date } = useSpeech();
  const { kind, actionKind, on, text, done, late } = event;
  const Icon = kind === 'action' ? kindIcons[actionKind ?? 'meeting'] : timelineIcons[kind];
  const word =
    kind === 'action' ? say(`campaigns.kind.${actionKind ?? 'meeting'}`) : say(`campaigns.timeline.${kind}`);
  return (
    <li className={classes.event} data-late={late || undefined} data-done={done || undefined}>
      <Icon size={16} aria-hidden />
      <div>
        <span className={classes.day}>
          <time dateTime={on}>{date(on)}</time> · {word}
          {done && `, ${say('campaigns.timeline.done')}`}
          {late && `, ${say('campaigns.late')}`}
        </span>
        <span>{text}</span>
      </div>
    </li>
  );
}
