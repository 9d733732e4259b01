// Duty: who answers for an indicator, and what to know before trusting it, in each language.
import { Button, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { IndicatorEntry } from '../../../shared/releases.ts';
import { storyLanguages } from '../../../shared/summaryLists.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { useReviseIndicator } from './useFigures.ts';

export function IndicatorDialog({ entry, onClose }: { entry: IndicatorEntry; onClose: () => void }) {
  const say = useSay();
  const explain = useFormFaults();
  const revise = useReviseIndicator(entry.key);
  const [owner, setOwner] = useState(entry.owner);
  const [note, setNote] = useState(entry.note);
  const noteFields = storyLanguages.map((one) => `note.${one}`);
  const faults = revise.error ? explain(revise.error, ['owner', ...noteFields]) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    revise.mutate({ owner, note, version: entry.version }, { onSuccess: onClose });
  };
  return (
    <Dialog typed={[owner, note]} onClose={onClose} title={say(`summaries.indicator.${entry.key}`)}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormError words={faults?.whole ?? null} />
          <TextInput
            label={say('figures.indicator.owner')}
            value={owner}
            onChange={(event) => setOwner(event.currentTarget.value)}
            error={faults?.fields.owner}
            data-autofocus
          />
          {storyLanguages.map((language) => (
            <Textarea
              key={language}
              label={`${say('figures.indicator.note')} (${say(`language.${language}`)})`}
              value={note[language] ?? ''}
              onChange={(event) => setNote({ ...note, [language]: event.currentTarget.value })}
              error={faults?.fields[`note.${language}`]}
              autosize
              minRows={2}
            />
          ))}
          <Button type="submit" loading={revise.isPending}>
            {say('common.save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
