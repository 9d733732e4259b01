// Duty: the do-no-harm check of one case: four questions, and how far it appears. What speaks against a use is said before it is sent.
import { Radio, Stack, Text } from '@mantine/core';
import { recognisedAnswers, useDetails } from '../../../shared/campaignLists.ts';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignPage, UseRow } from '../../../shared/campaignViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { CaseLink } from '../../ui/words.tsx';
import { FormDialog } from './FormDialog.tsx';
import { WordsField } from './fields.tsx';
import { useCampaignWrite } from './useCampaigns.ts';
import { useFields } from './useFields.ts';

interface Props {
  campaign: CampaignPage;
  row: UseRow;
  onClose: () => void;
  onDone: () => void;
}

export function CheckDialog({ campaign, row, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const send = useCampaignWrite(campaign.id);
  const { values, set, fault, whole } = useFields(
    {
      recognised: row.check?.recognised ?? '',
      byWhom: row.check?.byWhom ?? '',
      harm: row.check?.harm ?? '',
      aware: '',
      awareHow: row.check?.awareHow ?? '',
      detail: row.detail ?? '',
    },
    send.error,
  );
  const save = () =>
    send.mutate(
      {
        method: 'post',
        path: campaignPaths.check(campaign.id, row.caseId),
        body: {
          ...values,
          recognised: values.recognised || undefined,
          aware: values.aware === '' ? undefined : values.aware === 'yes',
          detail: values.detail || undefined,
        },
      },
      { onSuccess: onDone },
    );
  return (
    <FormDialog
      typed={values}
      title={say('campaigns.cases.checkOf', { reference: row.reference })}
      about={say('campaigns.check.about')}
      deed={say('campaigns.check.save')}
      error={send.error}
      whole={whole}
      loading={send.isPending}
      onSubmit={save}
      onClose={onClose}
    >
      <CaseLink id={row.caseId} reference={row.reference} title={row.title} />
      <Radio.Group
        label={say('campaigns.check.recognised')}
        value={values.recognised}
        onChange={(recognised) => set({ recognised })}
        error={fault('recognised')}
        required
      >
        <Stack gap="xs" pt="xs">
          {recognisedAnswers.map((value) => (
            <Radio key={value} value={value} label={say(`campaigns.recognised.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <WordsField
        label={say('campaigns.check.byWhom')}
        value={values.byWhom}
        onChange={(byWhom) => set({ byWhom })}
        error={fault('byWhom')}
        maximum={1000}
        required={values.recognised !== '' && values.recognised !== 'no'}
      />
      <WordsField
        label={say('campaigns.check.harm')}
        value={values.harm}
        onChange={(harm) => set({ harm })}
        error={fault('harm')}
        required
      />
      <Radio.Group
        label={say('campaigns.check.aware')}
        value={values.aware}
        onChange={(aware) => set({ aware })}
        error={fault('aware')}
        required
      >
        <Stack gap="xs" pt="xs">
          <Radio value="yes" label={say('campaigns.check.aware.yes')} />
          <Radio value="no" label={say('campaigns.check.aware.no')} />
        </Stack>
      </Radio.Group>
      <WordsField
        label={say('campaigns.check.awareHow')}
        value={values.awareHow}
        onChange={(awareHow) => set({ awareHow })}
        error={fault('awareHow')}
        maximum={1000}
        required
      />
      <Radio.Group
        label={say('campaigns.check.detail')}
        value={values.detail}
        onChange={(detail) => set({ detail })}
        error={fault('detail')}
        required
      >
        <Stack gap="xs" pt="xs">
          {useDetails.map((value) => (
            <Radio
              key={value}
              value={value}
              label={say(`campaigns.detail.${value}`)}
              disabled={row.concernsChild && value === 'told_in_public'}
            />
          ))}
        </Stack>
      </Radio.Group>
      {row.concernsChild && <Text>{say('campaigns.check.child')}</Text>}
    </FormDialog>
  );
}
