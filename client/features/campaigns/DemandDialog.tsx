// Duty: add or edit one demand: one sentence, who decides, tactic, how we will know, from when until when.
import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { audiences, policyStages, tacticChanges } from '../../../shared/campaignLists.ts';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignPage, DemandView } from '../../../shared/campaignViews.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { nameOf } from '../../../shared/format.ts';
import { newId } from '../../../shared/ids.ts';
import { dayIn } from '../../lib/days.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import classes from './campaigns.module.css';
import { FormDialog } from './FormDialog.tsx';
import { MunicipalityOfCampaign, WordsField } from './fields.tsx';
import { staleOf, useCampaignWrite, useInstitutions } from './useCampaigns.ts';
import { useFields } from './useFields.ts';

interface Props {
  campaign: CampaignPage;
  /** Null: a new one. */
  demand: DemandView | null;
  onClose: () => void;
  onDone: () => void;
}

export function DemandDialog({ campaign, demand, onClose, onDone }: Props) {
  const { say, language, compare } = useSpeech();
  const send = useCampaignWrite(campaign.id);
  const [id] = useState(() => demand?.id ?? newId());
  const { data: institutions = [] } = useInstitutions();
  const { values, set, fault, whole } = useFields(
    {
      text: demand?.text ?? '',
      institutionId: (demand?.institution.id ?? null) as string | null,
      municipality: (demand?.municipality ?? null) as MunicipalitySlug | null,
      audience: (demand?.audience ?? null) as string | null,
      change: (demand?.change ?? null) as string | null,
      policyStage: (demand?.policyStage ?? 'agenda') as string,
      indicator: demand?.indicator ?? '',
      startsOn: demand?.startsOn ?? dayIn(0),
      endsOn: demand?.endsOn ?? '',
    },
    send.error,
  );
  const notAskedYet = campaign.stage === 'proposed' || campaign.stage === 'planning';
  const version = staleOf(send.error)?.version ?? campaign.version;
  const save = () => {
    const { institutionId, endsOn, startsOn, ...rest } = values;
    const body = {
      ...rest,
      institutionId: institutionId ?? undefined,
      startsOn: startsOn || undefined,
      endsOn: endsOn || null,
    };
    send.mutate(
      demand
        ? { method: 'patch', path: campaignPaths.demand(campaign.id, id), body: { ...body, version } }
        : { method: 'post', path: campaignPaths.demands(campaign.id), body: { id, ...body } },
      { onSuccess: onDone },
    );
  };
  const remove = () =>
    send.mutate(
      { method: 'delete', path: `${campaignPaths.demand(campaign.id, id)}?version=${version}` },
      { onSuccess: onDone },
    );
  return (
    <FormDialog
      typed={values}
      title={say(demand ? 'campaigns.demand.edit' : 'campaigns.demand.add')}
      deed={say('common.save')}
      error={send.error}
      whole={whole}
      loading={send.isPending}
      onSubmit={save}
      onClose={onClose}
      also={
        demand &&
        notAskedYet && (
          <Button variant="subtle" color="alarm" onClick={remove}>
            {say('campaigns.demand.remove')}
          </Button>
        )
      }
    >
      <WordsField
        label={say('campaigns.demand.text')}
        value={values.text}
        onChange={(text) => set({ text })}
        error={fault('text')}
        maximum={300}
        required
        first
      />
      <Select
        label={say('campaigns.demand.institutionId')}
        data={institutions
          .map((one) => ({ value: one.id, label: nameOf(one.names, language) }))
          .sort((a, b) => compare(a.label, b.label))}
        value={values.institutionId}
        onChange={(institutionId) => set({ institutionId })}
        error={fault('institutionId')}
        searchable
        nothingFoundMessage={say('campaigns.cases.none')}
        required
      />
      <MunicipalityOfCampaign
        label={say('campaigns.demand.municipality')}
        description={say('campaigns.demand.municipality.hint')}
        among={campaign.municipalities}
        value={values.municipality}
        onChange={(municipality) => set({ municipality })}
        error={fault('municipality')}
      />
      <div className={classes.pair}>
        <Select
          label={say('campaigns.demand.audience')}
          data={audiences.map((value) => ({ value, label: say(`campaigns.audience.${value}`) }))}
          value={values.audience}
          onChange={(audience) => set({ audience })}
          error={fault('audience')}
          clearable
        />
        <Select
          label={say('campaigns.demand.change')}
          data={tacticChanges.map((value) => ({ value, label: say(`campaigns.change.${value}`) }))}
          value={values.change}
          onChange={(change) => set({ change })}
          error={fault('change')}
          clearable
        />
      </div>
      <Select
        label={say('campaigns.demand.policyStage')}
        data={policyStages.map((value) => ({ value, label: say(`campaigns.policy.${value}`) }))}
        value={values.policyStage}
        onChange={(policyStage) => policyStage && set({ policyStage })}
        error={fault('policyStage')}
        allowDeselect={false}
      />
      <WordsField
        label={say('campaigns.demand.indicator')}
        description={say('campaigns.demand.indicator.hint')}
        value={values.indicator}
        onChange={(indicator) => set({ indicator })}
        error={fault('indicator')}
        maximum={300}
        rows={1}
      />
      <div className={classes.pair}>
        <TextInput
          type="date"
          label={say('campaigns.demand.startsOn')}
          value={values.startsOn}
          onChange={(event) => set({ startsOn: event.currentTarget.value })}
          error={fault('startsOn')}
          required
        />
        <TextInput
          type="date"
          label={say('campaigns.demand.endsOn')}
          value={values.endsOn}
          onChange={(event) => set({ endsOn: event.currentTarget.value })}
          error={fault('endsOn')}
        />
      </div>
    </FormDialog>
  );
}
