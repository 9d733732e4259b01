// Duty: choose cases for a campaign among those that the coordinator finds; whose person has not agreed is named, and none is taken.
import { Checkbox, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignPage, UseRow } from '../../../shared/campaignViews.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';
import { ApiError } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import classes from './campaigns.module.css';
import { FormDialog } from './FormDialog.tsx';
import { useCampaignWrite, useCasesToChoose } from './useCampaigns.ts';

interface Props {
  campaign: CampaignPage;
  known: readonly UseRow[];
  onClose: () => void;
  onDone: () => void;
}

export function ChooseDialog({ campaign, known, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const words = useErrorWords();
  const placeName = usePlaceName();
  const send = useCampaignWrite(campaign.id);
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 250);
  const [chosen, setChosen] = useState<ReadonlyMap<string, CaseRow>>(new Map());
  const { data: found = [] } = useCasesToChoose(asked, campaign.issues[0]?.id);
  const taken = new Set(known.filter(({ standing }) => standing !== 'ended').map(({ caseId }) => caseId));
  const rows = [...new Map([...chosen.values(), ...found].map((row) => [row.id, row])).values()].filter(
    ({ id }) => !taken.has(id),
  );
  const ids = [...chosen.keys()];
  const faults = send.error instanceof ApiError ? send.error.faults : [];
  const faultOf = (id: string) =>
    faults.find(({ path }) => path[0] === 'caseIds' && path[1] === ids.indexOf(id));
  const toggle = (row: CaseRow, on: boolean) => {
    send.reset();
    setChosen((before) => {
      const after = new Map(before);
      if (on) after.set(row.id, row);
      else after.delete(row.id);
      return after;
    });
  };
  return (
    <FormDialog
      typed={[...chosen.keys()]}
      title={say('campaigns.cases.choose')}
      about={say('campaigns.cases.choose.about')}
      deed={say('campaigns.cases.take', { count: String(ids.length) })}
      error={send.error}
      whole={send.error ? words(send.error) : null}
      loading={send.isPending}
      wide
      onSubmit={() => {
        if (ids.length > 0)
          send.mutate(
            { method: 'post', path: campaignPaths.uses(campaign.id), body: { caseIds: ids } },
            { onSuccess: onDone },
          );
      }}
      onClose={onClose}
    >
      <TextInput
        type="search"
        label={say('campaigns.cases.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      {rows.length === 0 ? (
        <p className={classes.faint}>{say('campaigns.cases.none')}</p>
      ) : (
        <ul className={classes.choices}>
          {rows.map((row) => (
            <li key={row.id}>
              <Checkbox
                checked={chosen.has(row.id)}
                onChange={(event) => toggle(row, event.currentTarget.checked)}
                label={`${row.reference} ${row.title}`}
                description={placeName(row.municipality)}
                error={faultOf(row.id) ? say('fault.advocacy_not_consented') : undefined}
              />
            </li>
          ))}
        </ul>
      )}
    </FormDialog>
  );
}
