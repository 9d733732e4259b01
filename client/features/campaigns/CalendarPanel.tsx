// Duty: the secret link of a campaign's calendar: made, shown once, replaced, revoked.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignPage } from '../../../shared/campaignViews.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Box } from './Box.tsx';
import classes from './campaigns.module.css';
import { useCalendarLink, useCampaignWrite } from './useCampaigns.ts';

interface Props {
  campaign: CampaignPage;
  onSaid: (words: string) => void;
}

export function CalendarPanel({ campaign, onSaid }: Props) {
  const { say, relative } = useSpeech();
  const words = useErrorWords();
  const make = useCalendarLink(campaign.id);
  const revoke = useCampaignWrite(campaign.id);
  const [url, setUrl] = useState<string | null>(null);
  const error = make.error ?? revoke.error;
  const copy = async () => {
    if (!url) return;
    await navigator.clipboard.writeText(url);
    onSaid(say('campaigns.calendar.copied'));
  };
  return (
    <Box title={say('campaigns.calendar')}>
      <p className={classes.faint}>{say('campaigns.calendar.about')}</p>
      <FormError words={error ? words(error) : null} />
      {url && (
        <div className={classes.once}>
          <TextInput
            label={say('campaigns.calendar.link')}
            description={say('campaigns.calendar.once')}
            value={url}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button variant="default" onClick={() => void copy()}>
            {say('campaigns.calendar.copy')}
          </Button>
        </div>
      )}
      {campaign.calendarSince && !url && (
        <p>{say('campaigns.calendar.since', { when: relative(campaign.calendarSince) })}</p>
      )}
      <div className={classes.rowFoot}>
        <Button
          variant="default"
          loading={make.isPending}
          onClick={() => make.mutate(undefined, { onSuccess: ({ data }) => setUrl(data.url) })}
        >
          {say(campaign.calendarSince ? 'campaigns.calendar.renew' : 'campaigns.calendar.make')}
        </Button>
        {campaign.calendarSince && (
          <Button
            variant="subtle"
            color="alarm"
            loading={revoke.isPending}
            onClick={() =>
              revoke.mutate(
                { method: 'delete', path: campaignPaths.calendar(campaign.id) },
                {
                  onSuccess: () => {
                    setUrl(null);
                    onSaid(say('campaigns.calendar.revoked'));
                  },
                },
              )
            }
          >
            {say('campaigns.calendar.revoke')}
          </Button>
        )}
      </div>
    </Box>
  );
}
