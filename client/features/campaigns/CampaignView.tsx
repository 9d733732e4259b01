// Duty: the head of a campaign (one sentence, to whom, five steps, days left), then its ladder; and the dialogs its buttons open.
import { Button, Menu } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { CampaignMoveName } from '../../../shared/campaignMoves.ts';
import type { CampaignAnswer, CampaignPage } from '../../../shared/campaignViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { ChevronDown } from '../../ui/icons.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import { useGlow } from '../../ui/useGlow.ts';
import { ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import { AboutPanel } from './AboutPanel.tsx';
import { ActionsSection } from './ActionsSection.tsx';
import { CalendarPanel } from './CalendarPanel.tsx';
import { CampaignHistory } from './CampaignHistory.tsx';
import { CasesPanel } from './CasesPanel.tsx';
import classes from './campaigns.module.css';
import { DemandsSection } from './DemandsSection.tsx';
import { MilestonesSection } from './MilestonesSection.tsx';
import { StageSteps } from './StageSteps.tsx';
import { useCampaignSlots } from './slots.tsx';
import { DaysLeft, useTargetName } from './words.tsx';

const MoveDialog = lazy(async () => ({ default: (await import('./MoveDialog.tsx')).MoveDialog }));
const EditDialog = lazy(async () => ({ default: (await import('./EditDialog.tsx')).EditDialog }));

/** What carries it forward stands first. */
const order: CampaignMoveName[] = ['plan', 'activate', 'resume', 'monitor', 'close', 'ask_again', 'pause'];

export function CampaignView({ answer }: { answer: CampaignAnswer }) {
  const { say } = useSpeech();
  const { data: campaign, abilities } = answer;
  const { Letters, Commitments } = useCampaignSlots();
  const { tell, said } = useSaid();
  const [move, setMove] = useState<CampaignMoveName | null>(null);
  const [editing, setEditing] = useState(false);
  const glow = useGlow(campaign.version);
  const moves = order.filter((name) => abilities[name]);
  const [primary, ...others] = moves;
  const saved = () => tell(say('campaigns.saved'));
  return (
    <article className={glow}>
      <PageHead
        title={campaign.title}
        tabTitle={campaign.reference}
        lead={<Subline campaign={campaign} />}
        primary={
          primary ? { label: say(`campaigns.move.${primary}`), onClick: () => setMove(primary) } : undefined
        }
        secondary={
          <>
            {abilities.edit && (
              <Button variant="default" onClick={() => setEditing(true)}>
                {say('campaigns.edit')}
              </Button>
            )}
            {others.length > 0 && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button variant="default" rightSection={<ChevronDown size={18} aria-hidden />}>
                    {say('campaigns.move')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {others.map((name) => (
                    <Menu.Item key={name} onClick={() => setMove(name)}>
                      {say(`campaigns.move.${name}`)}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      />
      <HeadDemand campaign={campaign} />
      <StageSteps stage={campaign.stage} />
      {campaign.reviewOn && (
        <p className={classes.note}>
          {say('campaigns.review')} <RelativeTime when={campaign.reviewOn} />
        </p>
      )}
      {campaign.stage === 'closed' && campaign.result && (
        <section className={classes.result} aria-label={say('campaigns.field.result')}>
          <h2>{say(`campaigns.result.${campaign.result}`)}</h2>
          <p className={classes.prose}>{campaign.lessons}</p>
        </section>
      )}
      <div className={classes.columns}>
        <div className={classes.main}>
          <DemandsSection campaign={campaign} mayEdit={abilities.edit} onSaved={saved} />
          {Letters && (
            <Suspense>
              <Letters campaignId={campaign.id} />
            </Suspense>
          )}
          <ActionsSection campaign={campaign} mayAct={abilities.act} onSaved={saved} />
          {Commitments && (
            <Suspense>
              <Commitments campaignId={campaign.id} />
            </Suspense>
          )}
        </div>
        <div className={classes.side}>
          <AboutPanel campaign={campaign} />
          <CasesPanel campaign={campaign} mayUse={abilities.useCases} onSaid={tell} />
          <MilestonesSection campaign={campaign} mayEdit={abilities.edit} onSaved={saved} />
          {abilities.calendar && <CalendarPanel campaign={campaign} onSaid={tell} />}
          <CampaignHistory history={campaign.history} />
        </div>
      </div>
      <Suspense>
        {move && (
          <MoveDialog
            key={move}
            id={campaign.id}
            move={move}
            onClose={() => setMove(null)}
            onDone={({ data }) => {
              setMove(null);
              tell(say('campaigns.moved', { stage: say(`campaigns.stage.${data.stage}`) }));
            }}
          />
        )}
        {editing && (
          <EditDialog
            campaign={campaign}
            onClose={() => setEditing(false)}
            onDone={() => {
              setEditing(false);
              saved();
            }}
          />
        )}
      </Suspense>
      {said}
    </article>
  );
}

function Subline({ campaign }: { campaign: CampaignPage }) {
  const { list } = useSpeech();
  const placeName = usePlaceName();
  return (
    <span className={classes.facts}>
      <span className={classes.reference}>{campaign.reference}</span>
      <ThemeMark theme={campaign.theme} />
      <span>{list(campaign.municipalities.map((slug) => placeName(slug)))}</span>
      {campaign.example && <ExampleBadge />}
    </span>
  );
}

function HeadDemand({ campaign }: { campaign: CampaignPage }) {
  const { say } = useSpeech();
  const targetName = useTargetName();
  const { demand, stage } = campaign;
  if (!demand) return null;
  return (
    <section className={classes.head} aria-label={say('campaigns.demand')}>
      <p className={classes.sentence}>{demand.text}</p>
      <p className={classes.facts}>
        <span>{say('campaigns.demand.to', { name: targetName(demand) })}</span>
        {demand.endsOn && demand.status === 'open' && stage !== 'closed' && (
          <DaysLeft endsOn={demand.endsOn} />
        )}
      </p>
    </section>
  );
}
