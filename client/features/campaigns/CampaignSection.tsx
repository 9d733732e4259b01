// Duty: on a case's page: the campaigns that use it, as links.
import { Link } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Box } from './Box.tsx';
import classes from './campaigns.module.css';
import { useCampaignsOfCase, useLiveCampaigns, useLiveCampaignsOfCase } from './useCampaigns.ts';
import { StageWord } from './words.tsx';

export function CampaignSection({ caseId }: { caseId: string; reference: string }) {
  const { say } = useSpeech();
  const { data } = useCampaignsOfCase(caseId);
  useLiveCampaigns();
  useLiveCampaignsOfCase(caseId);
  if (!data) return null;
  return (
    <Box title={say('campaigns.ofCase')}>
      {data.length === 0 ? (
        <p className={classes.faint}>{say('campaigns.ofCase.empty')}</p>
      ) : (
        <ul className={classes.rows}>
          {data.map(({ id, reference, title, stage }) => (
            <li key={id} className={classes.row}>
              <Link to={paths.campaign.href(id)} className={classes.textLink}>
                <span className={classes.reference}>{reference}</span> {title}
              </Link>
              <p className={classes.facts}>
                <StageWord stage={stage} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}
