// Duty: one campaign, whole: loads it, keeps it fresh, and drops it from the screen when it is no longer the viewer's to see.
import { Button } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { ArrowLeft, DoorClosed } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { CampaignView } from './CampaignView.tsx';
import classes from './campaigns.module.css';
import { isGone, useCampaign, useLiveCampaigns } from './useCampaigns.ts';

export function CampaignPage() {
  const { id = '' } = useParams();
  const say = useSay();
  useLiveCampaigns();
  return (
    <Page>
      <div className="no-print">
        <Link to={paths.campaigns.href()} className={classes.backLink}>
          <ArrowLeft size={18} aria-hidden /> {say('campaigns.title')}
        </Link>
      </div>
      <Asked key={id} id={id} />
    </Page>
  );
}

function Asked({ id }: { id: string }) {
  const say = useSay();
  const asked = useCampaign(id);
  const toList = (
    <Button component={Link} to={paths.campaigns.href()} variant="default">
      {say('campaigns.toList')}
    </Button>
  );
  if (asked.error && isGone(asked.error))
    return (
      <EmptyState
        whole
        icon={DoorClosed}
        title={say('campaigns.gone')}
        text={say('campaigns.gone.text')}
        action={toList}
      />
    );
  if (asked.data) return <CampaignView answer={asked.data} />;
  return asked.error ? (
    <ErrorState whole error={asked.error} onRetry={() => void asked.refetch()} action={toList} />
  ) : (
    <LoadingState />
  );
}
