// Duty: what happened to a campaign, in words, newest first: who, from where to where, when, and why.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CampaignEntry } from '../../../shared/campaignViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { RelativeTime } from '../../ui/words.tsx';
import { Box } from './Box.tsx';
import classes from './campaigns.module.css';
import { useFieldWords } from './fieldWords.ts';

const few = 8;

export function CampaignHistory({ history }: { history: CampaignEntry[] }) {
  const { say, list } = useSpeech();
  const { nameOf } = useFieldWords();
  const placeName = usePlaceName();
  const [all, setAll] = useState(false);
  const who = ({ by }: CampaignEntry) => {
    if (!by) return say('campaigns.history.system');
    const of = by.organisation ?? (by.municipality && placeName(by.municipality));
    return of ? `${by.name}, ${of}` : by.name;
  };
  const what = ({ what: event, from, to, fields }: CampaignEntry) => {
    if (event === 'moved' && from && to)
      return say('campaigns.event.moved', {
        from: say(`campaigns.stage.${from}`),
        to: say(`campaigns.stage.${to}`),
      });
    if (event === 'revised') return say('campaigns.event.revised', { what: list(fields.map(nameOf)) });
    return say(`campaigns.event.${event}`, { what: '', from: '', to: '' });
  };
  const why = ({ what: event, reason }: CampaignEntry) =>
    event === 'caseEnded' && reason ? say(`campaigns.ending.${reason as 'taken_out'}`) : reason;
  const newest = history.map((entry, index) => ({ entry, index })).toReversed();
  return (
    <Box title={say('campaigns.history')}>
      <ol className={classes.history}>
        {newest.slice(0, all ? undefined : few).map(({ entry, index }) => (
          <li key={index} className={classes.historyItem}>
            <span>{what(entry)}</span>
            {entry.reason && <p className={classes.reason}>{why(entry)}</p>}
            <div className={classes.faint}>
              {who(entry)} · <RelativeTime when={entry.at} />
            </div>
          </li>
        ))}
      </ol>
      {newest.length > few && !all && (
        <Button variant="subtle" onClick={() => setAll(true)}>
          {say('campaigns.history.all')}
        </Button>
      )}
    </Box>
  );
}
