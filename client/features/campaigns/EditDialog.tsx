// Duty: edit a campaign's own fields, its issues, team and partners; only what was changed is sent.
import { MultiSelect, TextInput } from '@mantine/core';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignRevise } from '../../../shared/campaigns.ts';
import type { CampaignPage } from '../../../shared/campaignViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useColleagues, usePlaceName } from '../../lib/places.ts';
import { ThemeChoice } from './CreateDialog.tsx';
import { FormDialog } from './FormDialog.tsx';
import { IssueChoice, MunicipalityChoice, WordsField } from './fields.tsx';
import { staleOf, useCampaignWrite, useOrganisations } from './useCampaigns.ts';
import { useFields } from './useFields.ts';

interface Props {
  campaign: CampaignPage;
  onClose: () => void;
  onDone: () => void;
}

type Values = Required<Omit<CampaignRevise, 'version'>>;

const valuesOf = (campaign: CampaignPage): Values => ({
  title: campaign.title,
  theme: campaign.theme,
  municipalities: campaign.municipalities,
  whyNow: campaign.whyNow,
  issueIds: campaign.issues.map(({ id }) => id),
  team: campaign.team.map(({ id }) => id),
  partners: campaign.partners.map(({ id }) => id),
});

export function EditDialog({ campaign, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const send = useCampaignWrite(campaign.id);
  const { values, set, fault, whole } = useFields(valuesOf(campaign), send.error);
  const { data: organisations = [] } = useOrganisations();
  const team = useTeamOptions(values);
  const save = () => {
    const before = valuesOf(campaign);
    const changed = Object.fromEntries(
      Object.entries(values).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Values]),
      ),
    );
    const version = staleOf(send.error)?.version ?? campaign.version;
    send.mutate(
      { method: 'patch', path: campaignPaths.one(campaign.id), body: { ...changed, version } },
      { onSuccess: onDone },
    );
  };
  return (
    <FormDialog
      typed={values}
      title={say('campaigns.edit.title')}
      deed={say('common.save')}
      error={send.error}
      whole={whole}
      loading={send.isPending}
      onSubmit={save}
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
        known={campaign.issues}
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
      <MultiSelect
        label={say('campaigns.field.partners')}
        description={say('campaigns.field.partners.hint')}
        data={organisations.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.partners}
        onChange={(partners) => set({ partners })}
        error={fault('partners')}
        searchable
      />
      <MultiSelect
        label={say('campaigns.field.team')}
        description={say('campaigns.field.team.hint')}
        data={team}
        value={values.team}
        onChange={(chosen) => set({ team: chosen })}
        error={fault('team')}
        searchable
      />
    </FormDialog>
  );
}

/** Whoever sees the campaign as it is being edited; the server asks again. */
function useTeamOptions({ municipalities, partners, team }: Values): { value: string; label: string }[] {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const { data: colleagues = [] } = useColleagues();
  return colleagues
    .filter(
      ({ id, active, role, municipality, organisation }) =>
        team.includes(id) ||
        (active &&
          (role === 'coordinator' ||
            (municipality !== null && municipalities.includes(municipality)) ||
            (role === 'cso_member' && organisation !== null && partners.includes(organisation)))),
    )
    .map(({ id, name, role, municipality }) => ({
      value: id,
      label: [name, say(`role.${role}`), ...(municipality ? [placeName(municipality)] : [])].join(', '),
    }));
}
