// Duty: ask why a published release is counted anew; the answer is a new version with a page of its own.
import { Button, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { newId } from '../../../shared/api.ts';
import type { ReleaseSummary } from '../../../shared/releases.ts';
import { paths } from '../../app/paths.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { useCorrect } from './useFigures.ts';

export function CorrectDialog({ release, onClose }: { release: ReleaseSummary; onClose: () => void }) {
  const say = useSay();
  const explain = useFormFaults();
  const navigate = useNavigate();
  const correct = useCorrect(release.id);
  const [id] = useState(newId);
  const [reason, setReason] = useState('');
  const faults = correct.error ? explain(correct.error, ['reason']) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    correct.mutate({ id, reason }, { onSuccess: ({ data }) => void navigate(paths.release.href(data.id)) });
  };
  return (
    <Dialog typed={reason} onClose={onClose} title={say('figures.correct')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormError words={faults?.whole ?? null} />
          <Textarea
            label={say('figures.correct.reason')}
            description={say('figures.correct.reason.hint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={faults?.fields.reason}
            autosize
            minRows={3}
            data-autofocus
          />
          <Button type="submit" loading={correct.isPending}>
            {say('figures.correct')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
