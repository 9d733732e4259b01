// Duty: add or edit one action, or write down that it was done: kind, day, place, people reached, what came of it.
import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type ActionStatus, actionKinds, actionStatuses } from '../../../shared/campaignLists.ts';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { ActionView, CampaignPage } from '../../../shared/campaignViews.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { newId } from '../../../shared/ids.ts';
import { dayIn } from '../../lib/days.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import classes from './campaigns.module.css';
import { FormDialog } from './FormDialog.tsx';
import { MunicipalityOfCampaign, WordsField } from './fields.tsx';
import { staleOf, useCampaignWrite } from './useCampaigns.ts';
import { useFields } from './useFields.ts';

interface Props {
  campaign: CampaignPage;
  /** Null: a new one. */
  action: ActionView | null;
  /** Opened to say that it was done. */
  done: boolean;
  onClose: () => void;
  onDone: () => void;
}

export function ActionDialog({ campaign, action, done, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const send = useCampaignWrite(campaign.id);
  const [id] = useState(() => action?.id ?? newId());
  const today = dayIn(0);
  const { values, set, fault, whole } = useFields(
    {
      kind: (action?.kind ?? 'meeting') as string,
      title: action?.title ?? '',
      status: (done ? 'done' : (action?.status ?? 'planned')) as ActionStatus,
      on: done && action && action.on > today ? today : (action?.on ?? dayIn(7)),
      municipality: (action?.municipality ?? null) as MunicipalitySlug | null,
      place: action?.place ?? '',
      demandId: (action?.demandId ?? null) as string | null,
      reached: action?.reached ?? null,
      note: action?.note ?? '',
    },
    send.error,
  );
  const save = () => {
    const body = {
      ...values,
      on: values.on || undefined,
      reached: values.status === 'done' ? values.reached : null,
    };
    const version = staleOf(send.error)?.version ?? campaign.version;
    send.mutate(
      action
        ? { method: 'patch', path: campaignPaths.action(campaign.id, id), body: { ...body, version } }
        : { method: 'post', path: campaignPaths.actions(campaign.id), body: { id, ...body } },
      { onSuccess: onDone },
    );
  };
  return (
    <FormDialog
      typed={values}
      title={say(action ? 'campaigns.action.edit' : 'campaigns.action.add')}
      deed={say('common.save')}
      error={send.error}
      whole={whole}
      loading={send.isPending}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label={say('campaigns.action.title')}
        value={values.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={fault('title')}
        maxLength={200}
        required
        data-autofocus={!done || undefined}
      />
      <div className={classes.pair}>
        <Select
          label={say('campaigns.action.kind')}
          data={actionKinds.map((value) => ({ value, label: say(`campaigns.kind.${value}`) }))}
          value={values.kind}
          onChange={(kind) => kind && set({ kind })}
          error={fault('kind')}
          allowDeselect={false}
        />
        <Select
          label={say('campaigns.action.status')}
          data={actionStatuses.map((value) => ({ value, label: say(`campaigns.action.status.${value}`) }))}
          value={values.status}
          onChange={(status) => status && set({ status: status as ActionStatus })}
          error={fault('status')}
          allowDeselect={false}
        />
      </div>
      <DayInput
        label={say('campaigns.action.on')}
        value={values.on}
        onChange={(on) => set({ on })}
        error={fault('on')}
        quick={values.status === 'planned' ? [1, 7, 14] : [0, -1]}
      />
      <div className={classes.pair}>
        <TextInput
          label={say('campaigns.action.place')}
          value={values.place}
          onChange={(event) => set({ place: event.currentTarget.value })}
          error={fault('place')}
          maxLength={200}
        />
        <MunicipalityOfCampaign
          label={say('campaigns.action.municipality')}
          among={campaign.municipalities}
          value={values.municipality}
          onChange={(municipality) => set({ municipality })}
          error={fault('municipality')}
        />
      </div>
      {campaign.demandList.length > 0 && (
        <Select
          label={say('campaigns.action.demandId')}
          data={campaign.demandList.map(({ id: value, text }) => ({ value, label: text }))}
          value={values.demandId}
          onChange={(demandId) => set({ demandId })}
          error={fault('demandId')}
          clearable
        />
      )}
      {values.status === 'done' && (
        <NumberInput
          label={say('campaigns.action.reached')}
          value={values.reached ?? ''}
          onChange={(value) => set({ reached: typeof value === 'number' ? value : null })}
          error={fault('reached')}
          min={0}
          max={1_000_000}
          allowDecimal={false}
          hideControls
          data-autofocus={done || undefined}
        />
      )}
      <WordsField
        label={say(
          values.status === 'cancelled' ? 'campaigns.action.note.cancelled' : 'campaigns.action.note',
        )}
        value={values.note}
        onChange={(note) => set({ note })}
        error={fault('note')}
        required={values.status === 'cancelled'}
      />
    </FormDialog>
  );
}
