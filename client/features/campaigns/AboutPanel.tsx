// Duty: who and where: why now, the issues behind it as links, team, partners, and how many people were reached.
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CampaignPage } from '../../../shared/campaignViews.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { PersonName } from '../../ui/words.tsx';
import { Box } from './Box.tsx';
import classes from './campaigns.module.css';

export function AboutPanel({ campaign }: { campaign: CampaignPage }) {
  const { say, number } = useSpeech();
  const fact = (word: string, value: ReactNode) =>
    value && (
      <div>
        <dt>{word}</dt>
        <dd>{value}</dd>
      </div>
    );
  return (
    <Box title={say('campaigns.facts')}>
      <dl className={classes.definitions}>
        {fact(
          say('campaigns.field.whyNow'),
          campaign.whyNow && <span className={classes.prose}>{campaign.whyNow}</span>,
        )}
        {fact(
          say('campaigns.field.issueIds'),
          campaign.issues.length > 0 && (
            <ul className={classes.plain}>
              {campaign.issues.map(({ id, reference, title }) => (
                <li key={id}>
                  <Link to={paths.issue.href(id)} className={classes.textLink}>
                    <span className={classes.reference}>{reference}</span> {title}
                  </Link>
                </li>
              ))}
            </ul>
          ),
        )}
        {fact(
          say('campaigns.field.team'),
          campaign.team.length > 0 && (
            <ul className={classes.plain}>
              {campaign.team.map((person) => (
                <li key={person.id}>
                  <PersonName person={person} />
                </li>
              ))}
            </ul>
          ),
        )}
        {fact(
          say('campaigns.field.partners'),
          campaign.partners.length > 0 && (
            <ul className={classes.plain}>
              {campaign.partners.map(({ id, name }) => (
                <li key={id}>{name}</li>
              ))}
            </ul>
          ),
        )}
        {fact(say('campaigns.actionsDone'), campaign.actionsDone > 0 && number(campaign.actionsDone))}
        {fact(say('campaigns.reachedInAll'), campaign.reached > 0 && number(campaign.reached))}
      </dl>
    </Box>
  );
}
