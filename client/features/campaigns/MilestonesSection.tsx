// Duty: the days by which something is to be reached, in their order; reached ones with their day.
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignPage, MilestoneView } from '../../../shared/campaignViews.ts';
import { newId } from '../../../shared/ids.ts';
import { dayIn } from '../../lib/days.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { CircleCheck, Flag } from '../../ui/icons.ts';
import { RelativeTime } from '../../ui/words.tsx';
import { Box } from './Box.tsx';
import classes from './campaigns.module.css';
import { FormDialog } from './FormDialog.tsx';
import { staleOf, useCampaignWrite } from './useCampaigns.ts';
import { useFields } from './useFields.ts';

interface Props {
  campaign: CampaignPage;
  mayEdit: boolean;
  onSaved: () => void;
}

export function MilestonesSection({ campaign, mayEdit, onSaved }: Props) {
  const { say } = useSpeech();
  const words = useErrorWords();
  const send = useCampaignWrite(campaign.id);
  const [open, setOpen] = useState<{ milestone: MilestoneView | null } | null>(null);
  const reached = ({ id }: MilestoneView) =>
    send.mutate(
      {
        method: 'patch',
        path: campaignPaths.milestone(campaign.id, id),
        body: { doneOn: dayIn(0), version: campaign.version },
      },
      { onSuccess: onSaved },
    );
  const list = campaign.milestones.toSorted((a, b) => (a.due < b.due ? -1 : 1));
  return (
    <Box
      title={say('campaigns.milestones')}
      action={
        mayEdit && (
          <Button size="compact-md" variant="light" onClick={() => setOpen({ milestone: null })}>
            {say('campaigns.milestone.add')}
          </Button>
        )
      }
    >
      <FormError words={send.error ? words(send.error) : null} />
      {list.length === 0 ? (
        <p className={classes.faint}>{say('campaigns.milestones.empty')}</p>
      ) : (
        <ol className={classes.rows}>
          {list.map((milestone) => (
            <li key={milestone.id} className={classes.row}>
              <p className={classes.milestone}>
                {milestone.doneOn ? <CircleCheck size={18} aria-hidden /> : <Flag size={18} aria-hidden />}
                <span>
                  {milestone.title}
                  <span className={milestone.late ? classes.late : classes.under}>
                    {milestone.doneOn && `${say('campaigns.milestone.markDone')} `}
                    {milestone.late && `${say('campaigns.late')}: `}
                    <RelativeTime when={milestone.doneOn ?? milestone.due} />
                  </span>
                </span>
              </p>
              {mayEdit && (
                <div className={classes.rowFoot}>
                  {!milestone.doneOn && (
                    <Button size="compact-md" variant="default" onClick={() => reached(milestone)}>
                      {say('campaigns.milestone.markDone')}
                    </Button>
                  )}
                  <Button size="compact-md" variant="default" onClick={() => setOpen({ milestone })}>
                    {say('campaigns.edit')}
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      {open && (
        <MilestoneDialog
          campaign={campaign}
          milestone={open.milestone}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            onSaved();
          }}
        />
      )}
    </Box>
  );
}

function MilestoneDialog(props: {
  campaign: CampaignPage;
  milestone: MilestoneView | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const { say } = useSpeech();
  const { campaign, milestone, onClose, onDone } = props;
  const send = useCampaignWrite(campaign.id);
  const [id] = useState(() => milestone?.id ?? newId());
  const { values, set, fault, whole } = useFields(
    {
      title: milestone?.title ?? '',
      due: milestone?.due ?? dayIn(30),
      doneOn: milestone?.doneOn ?? '',
    },
    send.error,
  );
  const version = staleOf(send.error)?.version ?? campaign.version;
  const body = { title: values.title, due: values.due || undefined, doneOn: values.doneOn || null };
  const save = () =>
    send.mutate(
      milestone
        ? { method: 'patch', path: campaignPaths.milestone(campaign.id, id), body: { ...body, version } }
        : { method: 'post', path: campaignPaths.milestones(campaign.id), body: { id, ...body } },
      { onSuccess: onDone },
    );
  return (
    <FormDialog
      typed={values}
      title={say(milestone ? 'campaigns.milestone.edit' : 'campaigns.milestone.add')}
      deed={say('common.save')}
      error={send.error}
      whole={whole}
      loading={send.isPending}
      onSubmit={save}
      onClose={onClose}
      also={
        milestone && (
          <Button
            variant="subtle"
            color="alarm"
            onClick={() =>
              send.mutate(
                { method: 'delete', path: `${campaignPaths.milestone(campaign.id, id)}?version=${version}` },
                { onSuccess: onDone },
              )
            }
          >
            {say('campaigns.milestone.remove')}
          </Button>
        )
      }
    >
      <TextInput
        label={say('campaigns.milestone.title')}
        value={values.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={fault('title')}
        maxLength={200}
        required
        data-autofocus
      />
      <DayInput
        label={say('campaigns.milestone.due')}
        value={values.due}
        onChange={(due) => set({ due })}
        error={fault('due')}
      />
      {milestone && (
        <TextInput
          type="date"
          label={say('campaigns.milestone.doneOn')}
          value={values.doneOn}
          onChange={(event) => set({ doneOn: event.currentTarget.value })}
          error={fault('doneOn')}
        />
      )}
    </FormDialog>
  );
}
