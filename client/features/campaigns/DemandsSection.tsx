// Duty: what is asked, of whom, by what tactic, how we will know, until when, and how it was decided.
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { demandParts } from '../../../shared/campaignLists.ts';
import type { CampaignPage, DemandView } from '../../../shared/campaignViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Plus } from '../../ui/icons.ts';
import { RelativeTime } from '../../ui/words.tsx';
import { Box } from './Box.tsx';
import classes from './campaigns.module.css';
import { DaysLeft, DemandStatusWord, useTargetName } from './words.tsx';

const DemandDialog = lazy(async () => ({ default: (await import('./DemandDialog.tsx')).DemandDialog }));
const DecisionDialog = lazy(async () => ({ default: (await import('./DecisionDialog.tsx')).DecisionDialog }));

interface Props {
  campaign: CampaignPage;
  mayEdit: boolean;
  onSaved: () => void;
}

type Open = { what: 'add' } | { what: 'edit' | 'decide'; demand: DemandView } | null;

export function DemandsSection({ campaign, mayEdit, onSaved }: Props) {
  const { say } = useSpeech();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const done = () => {
    close();
    onSaved();
  };
  return (
    <Box
      title={say('campaigns.demands')}
      action={
        mayEdit && (
          <Button
            variant="light"
            leftSection={<Plus size={18} aria-hidden />}
            onClick={() => setOpen({ what: 'add' })}
          >
            {say('campaigns.demand.add')}
          </Button>
        )
      }
    >
      {campaign.demandList.length === 0 ? (
        <p className={classes.faint}>{say('campaigns.demands.empty')}</p>
      ) : (
        <ul className={classes.rows}>
          {campaign.demandList.map((demand) => (
            <Demand
              key={demand.id}
              demand={demand}
              isLive={campaign.stage !== 'closed'}
              onEdit={mayEdit ? () => setOpen({ what: 'edit', demand }) : null}
              onDecide={mayEdit ? () => setOpen({ what: 'decide', demand }) : null}
            />
          ))}
        </ul>
      )}
      <Suspense>
        {open && open.what !== 'decide' && (
          <DemandDialog
            campaign={campaign}
            demand={open.what === 'edit' ? open.demand : null}
            onClose={close}
            onDone={done}
          />
        )}
        {open?.what === 'decide' && (
          <DecisionDialog campaign={campaign} demand={open.demand} onClose={close} onDone={done} />
        )}
      </Suspense>
    </Box>
  );
}

function Demand(props: {
  demand: DemandView;
  isLive: boolean;
  onEdit: (() => void) | null;
  onDecide: (() => void) | null;
}) {
  const { say, list } = useSpeech();
  const targetName = useTargetName();
  const { demand, isLive } = props;
  const missing = demandParts.filter((part) => !demand[part]);
  return (
    <li className={classes.row}>
      <p className={classes.rowTitle}>{demand.text}</p>
      <p className={classes.facts}>
        <DemandStatusWord status={demand.status} />
        <span>{say('campaigns.demand.to', { name: targetName(demand) })}</span>
        {demand.status === 'open' && demand.endsOn && isLive && <DaysLeft endsOn={demand.endsOn} />}
        {demand.decidedOn && <RelativeTime when={demand.decidedOn} />}
      </p>
      <dl className={classes.small}>
        {demand.audience && demand.change && (
          <div>
            <dt>{say('campaigns.demand.audience')}</dt>
            <dd>
              {say(`campaigns.audience.${demand.audience}`)}: {say(`campaigns.change.${demand.change}`)}
            </dd>
          </div>
        )}
        <div>
          <dt>{say('campaigns.demand.policyStage')}</dt>
          <dd>{say(`campaigns.policy.${demand.policyStage}`)}</dd>
        </div>
        {demand.indicator && (
          <div>
            <dt>{say('campaigns.demand.indicator')}</dt>
            <dd>{demand.indicator}</dd>
          </div>
        )}
      </dl>
      {demand.note && <p className={classes.reason}>{demand.note}</p>}
      {props.onEdit && missing.length > 0 && demand.status === 'open' && (
        <p className={classes.lacks}>
          {say('campaigns.demand.lacks', {
            what: list(missing.map((part) => say(`campaigns.demand.${part}`))),
          })}
        </p>
      )}
      {props.onEdit && props.onDecide && (
        <div className={classes.rowFoot}>
          <Button size="compact-md" variant="default" onClick={props.onEdit}>
            {say('campaigns.edit')}
          </Button>
          <Button size="compact-md" variant="default" onClick={props.onDecide}>
            {say('campaigns.demand.decide')}
          </Button>
        </div>
      )}
    </li>
  );
}
