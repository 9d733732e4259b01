// Duty: write down what became of a demand: adopted or refused, when and what was said; or that this was a mistake.
import { Radio, Stack } from '@mantine/core';
import { type DemandStatus, demandStatuses } from '../../../shared/campaignLists.ts';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignPage, DemandView } from '../../../shared/campaignViews.ts';
import { dayIn } from '../../lib/days.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { FormDialog } from './FormDialog.tsx';
import { WordsField } from './fields.tsx';
import { staleOf, useCampaignWrite } from './useCampaigns.ts';
import { useFields } from './useFields.ts';

interface Props {
  campaign: CampaignPage;
  demand: DemandView;
  onClose: () => void;
  onDone: () => void;
}

export function DecisionDialog({ campaign, demand, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const send = useCampaignWrite(campaign.id);
  const { values, set, fault, whole } = useFields(
    {
      status: (demand.status === 'open' ? 'adopted' : demand.status) as DemandStatus,
      decidedOn: demand.decidedOn ?? dayIn(0),
      note: demand.note,
    },
    send.error,
  );
  const save = () =>
    send.mutate(
      {
        method: 'post',
        path: campaignPaths.decision(campaign.id, demand.id),
        body: {
          ...values,
          decidedOn: values.status === 'open' ? null : values.decidedOn || null,
          version: staleOf(send.error)?.version ?? campaign.version,
        },
      },
      { onSuccess: onDone },
    );
  return (
    <FormDialog
      typed={values}
      title={say('campaigns.demand.decide.title')}
      about={demand.text}
      deed={say('common.save')}
      error={send.error}
      whole={whole}
      loading={send.isPending}
      onSubmit={save}
      onClose={onClose}
    >
      <Radio.Group
        label={say('campaigns.demand.decide')}
        value={values.status}
        onChange={(status) => set({ status: status as DemandStatus })}
        error={fault('status')}
      >
        <Stack gap="xs" pt="xs">
          {demandStatuses.map((status) => (
            <Radio key={status} value={status} label={say(`campaigns.demand.status.${status}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {values.status !== 'open' && (
        <DayInput
          label={say('campaigns.demand.decidedOn')}
          value={values.decidedOn}
          onChange={(decidedOn) => set({ decidedOn })}
          error={fault('decidedOn')}
          quick={[0, -1]}
        />
      )}
      <WordsField
        label={say('campaigns.demand.note')}
        value={values.note}
        onChange={(note) => set({ note })}
        error={fault('note')}
      />
    </FormDialog>
  );
}
