// Duty: on an issue's page: the campaigns that ask for it, with their demand, and the way to propose one.

import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Box } from './Box.tsx';
import classes from './campaigns.module.css';
import { useCampaigns, useLiveCampaigns } from './useCampaigns.ts';
import { DaysLeft, StageWord, useTargetName } from './words.tsx';

export function IssueCampaigns({ issueId }: { issueId: string }) {
  const { say } = useSpeech();
  const targetName = useTargetName();
  const asked = useCampaigns({ issue: issueId });
  const first = asked.data?.pages[0];
  const rows = asked.data?.pages.flatMap((page) => page.data) ?? [];
  useLiveCampaigns();
  if (!first) return null;
  return (
    <Box
      title={say('campaigns.title')}
      action={
        first.abilities.create && (
          <Button
            component={Link}
            to={`${paths.campaigns.href()}?${new URLSearchParams({ new: issueId })}`}
            variant="light"
            size="compact-md"
          >
            {say('campaigns.ofIssue.new')}
          </Button>
        )
      }
    >
      {rows.length === 0 ? (
        <p className={classes.faint}>{say('campaigns.ofIssue.empty')}</p>
      ) : (
        <ul className={classes.rows}>
          {rows.map(({ id, reference, title, stage, demand, result }) => (
            <li key={id} className={classes.row}>
              <Link to={paths.campaign.href(id)} className={classes.textLink}>
                <span className={classes.reference}>{reference}</span> {title}
              </Link>
              {demand && (
                <p>
                  {demand.text}
                  <span className={classes.under}>
                    {say('campaigns.demand.to', { name: targetName(demand) })}
                  </span>
                </p>
              )}
              <p className={classes.facts}>
                <StageWord stage={stage} />
                {result && <b>{say(`campaigns.result.${result}`)}</b>}
                {stage === 'active' && demand?.endsOn && <DaysLeft endsOn={demand.endsOn} />}
              </p>
            </li>
          ))}
        </ul>
      )}
      <MoreButton list={asked} mt="sm" />
    </Box>
  );
}
