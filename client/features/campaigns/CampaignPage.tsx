// Duty: one campaign, whole: loads it, keeps it fresh, and drops it from the screen when it is no longer the viewer's to see.
import { useParams } from 'react-router';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Asked } from '../../ui/Asked.tsx';
import { Page } from '../../ui/Page.tsx';
import { BackButton, BackLink } from '../../ui/wayBack.tsx';
import { CampaignView } from './CampaignView.tsx';
import { useCampaign, useLiveCampaigns } from './useCampaigns.ts';

export function CampaignPage() {
  const { id = '' } = useParams();
  const say = useSay();
  useLiveCampaigns();
  return (
    <Page>
      <BackLink to={paths.campaigns.href()}>{say('campaigns.title')}</BackLink>
      <Asked
        asked={useCampaign(id)}
        gone={{ title: say('campaigns.gone'), text: say('campaigns.gone.text') }}
        wayOut={<BackButton to={paths.campaigns.href()}>{say('campaigns.toList')}</BackButton>}
      >
        {(answer) => <CampaignView key={id} answer={answer} />}
      </Asked>
    </Page>
  );
}
