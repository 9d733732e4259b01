// Duty: propose a campaign: a name, a theme, where, the issue behind it, why now.
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CampaignAnswer } from '../../../shared/campaignViews.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { newId } from '../../../shared/ids.ts';
import { type Theme, themes } from '../../../shared/themeLists.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormDialog } from './FormDialog.tsx';
import { IssueChoice, MunicipalityChoice, WordsField } from './fields.tsx';
import { useCreateCampaign } from './useCampaigns.ts';
import { useFields } from './useFields.ts';

interface Props {
  /** The issue from whose page this was opened. */
  issue: string | null;
  onClose: () => void;
  onDone: (answer: CampaignAnswer) => void;
}

export function CreateDialog({ issue, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const send = useCreateCampaign();
  // One id however often it is sent: a lost answer makes no second campaign.
  const [id] = useState(newId);
  const { values, set, fault, whole } = useFields(
    {
      title: '',
      theme: 'housing' as Theme,
      municipalities: [] as MunicipalitySlug[],
      issueIds: issue ? [issue] : [],
      whyNow: '',
    },
    send.error,
  );
  return (
    <FormDialog
      typed={values}
      title={say('campaigns.new')}
      deed={say('campaigns.new')}
      error={send.error}
      whole={whole}
      loading={send.isPending}
      onSubmit={() => send.mutate({ id, ...values }, { onSuccess: onDone })}
      onClose={onClose}
    >
      <TextInput
        label={say('campaigns.field.title')}
        value={values.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={fault('title')}
        maxLength={140}
        required
        data-autofocus
      />
      <ThemeChoice value={values.theme} onChange={(theme) => set({ theme })} error={fault('theme')} />
      <MunicipalityChoice
        value={values.municipalities}
        onChange={(municipalities) => set({ municipalities })}
        error={fault('municipalities')}
      />
      <IssueChoice
        value={values.issueIds}
        known={[]}
        onChange={(issueIds) => set({ issueIds })}
        error={fault('issueIds')}
      />
      <WordsField
        label={say('campaigns.field.whyNow')}
        description={say('campaigns.field.whyNow.hint')}
        value={values.whyNow}
        onChange={(whyNow) => set({ whyNow })}
        error={fault('whyNow')}
      />
    </FormDialog>
  );
}

export function ThemeChoice(props: {
  value: Theme;
  onChange: (theme: Theme) => void;
  error: string | undefined;
}) {
  const { say } = useSpeech();
  return (
    <Select
      label={say('campaigns.field.theme')}
      data={themes.map((theme) => ({ value: theme, label: say(`theme.${theme}`) }))}
      value={props.value}
      onChange={(value) => value && props.onChange(value as Theme)}
      error={props.error}
      allowDeselect={false}
      required
    />
  );
}
