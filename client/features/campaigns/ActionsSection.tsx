// Duty: what is done, by day: meetings, letters, petitions, discussions, media, protests; people reached, files, what came of it.
import { ActionIcon, Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { ActionView, CampaignPage } from '../../../shared/campaignViews.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { FormError } from '../../ui/FormError.tsx';
import { FileText, Plus, X } from '../../ui/icons.ts';
import { RelativeTime } from '../../ui/words.tsx';
import { Box } from './Box.tsx';
import classes from './campaigns.module.css';
import { EvidenceButton } from './EvidenceButton.tsx';
import { useCampaignWrite } from './useCampaigns.ts';
import { kindIcons } from './words.tsx';

const ActionDialog = lazy(async () => ({ default: (await import('./ActionDialog.tsx')).ActionDialog }));

interface Props {
  campaign: CampaignPage;
  mayAct: boolean;
  onSaved: () => void;
}

const latestFirst = (a: ActionView, b: ActionView) => (a.on < b.on ? 1 : -1);

export function ActionsSection({ campaign, mayAct, onSaved }: Props) {
  const { say } = useSpeech();
  const [open, setOpen] = useState<{ action: ActionView | null; done: boolean } | null>(null);
  return (
    <Box
      title={say('campaigns.actions')}
      action={
        mayAct && (
          <Button
            variant="light"
            leftSection={<Plus size={18} aria-hidden />}
            onClick={() => setOpen({ action: null, done: false })}
          >
            {say('campaigns.action.add')}
          </Button>
        )
      }
    >
      {campaign.actions.length === 0 ? (
        <p className={classes.faint}>{say('campaigns.actions.empty')}</p>
      ) : (
        <ol className={classes.timeline}>
          {campaign.actions.toSorted(latestFirst).map((action) => (
            <Action
              key={action.id}
              campaignId={campaign.id}
              action={action}
              onOpen={action.mayChange ? (done) => setOpen({ action, done }) : null}
            />
          ))}
        </ol>
      )}
      <Suspense>
        {open && (
          <ActionDialog
            campaign={campaign}
            action={open.action}
            done={open.done}
            onClose={() => setOpen(null)}
            onDone={() => {
              setOpen(null);
              onSaved();
            }}
          />
        )}
      </Suspense>
    </Box>
  );
}

function Action(props: { campaignId: string; action: ActionView; onOpen: ((done: boolean) => void) | null }) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const { action, onOpen, campaignId } = props;
  const Icon = kindIcons[action.kind];
  const where = [action.place, action.municipality && placeName(action.municipality)]
    .filter(Boolean)
    .join(', ');
  return (
    <li className={classes.event} data-status={action.status}>
      <span className={classes.eventMark}>
        <Icon size={18} aria-hidden />
      </span>
      <div className={classes.eventBody}>
        <p className={classes.rowTitle}>{action.title}</p>
        <p className={classes.facts}>
          <span>{say(`campaigns.kind.${action.kind}`)}</span>
          <span className={action.late ? classes.late : undefined}>
            {say(`campaigns.action.status.${action.status}`)} <RelativeTime when={action.on} />
          </span>
          {where && <span>{where}</span>}
          {action.reached !== null && (
            <span>{say('campaigns.action.reachedCount', { count: action.reached })}</span>
          )}
        </p>
        {action.note && <p className={classes.reason}>{action.note}</p>}
        <Files campaignId={campaignId} action={action} />
        {onOpen && (
          <div className={classes.rowFoot}>
            {action.status === 'planned' && (
              <Button size="compact-md" variant="default" onClick={() => onOpen(true)}>
                {say('campaigns.action.markDone')}
              </Button>
            )}
            <Button size="compact-md" variant="default" onClick={() => onOpen(false)}>
              {say('campaigns.edit')}
            </Button>
            <EvidenceButton campaignId={campaignId} actionId={action.id} />
          </div>
        )}
      </div>
    </li>
  );
}

function Files({ campaignId, action }: { campaignId: string; action: ActionView }) {
  const { say } = useSpeech();
  const words = useErrorWords();
  const send = useCampaignWrite(campaignId);
  if (action.evidence.length === 0) return null;
  return (
    <>
      <FormError words={send.error ? words(send.error) : null} />
      <ul className={classes.files}>
        {action.evidence.map(({ id, name, hasThumbnail }) => (
          <li key={id} className={classes.file}>
            <a
              href={campaignPaths.evidenceFile(campaignId, action.id, id)}
              target="_blank"
              rel="noreferrer"
              className={classes.textLink}
            >
              {hasThumbnail ? (
                <img
                  src={campaignPaths.thumbnail(campaignId, action.id, id)}
                  alt=""
                  loading="lazy"
                  className={classes.thumb}
                />
              ) : (
                <FileText size={22} aria-hidden />
              )}
              {name}
            </a>
            {action.mayChange && (
              <ActionIcon
                aria-label={say('campaigns.evidence.remove', { name })}
                onClick={() =>
                  send.mutate({
                    method: 'delete',
                    path: campaignPaths.evidenceFile(campaignId, action.id, id),
                  })
                }
              >
                <X size={18} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
