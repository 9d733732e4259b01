// Duty: take one's own referrals along as a table: how many rows, what for, for whom, until when; then the file. What is in it: the server's.
import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { exportLimits, exportPurposes, exportReaders } from '../../../shared/exportLists.ts';
import type { ExportPreview } from '../../../shared/exports.ts';
import { referralPaths } from '../../../shared/referralPaths.ts';
import { api } from '../../lib/api.ts';
import { dayIn } from '../../lib/days.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';

const shown = ['purpose', 'reader', 'recipient', 'expiresOn'];

export function ExportDialog({ onClose, onDone }: { onClose: () => void; onDone: (words: string) => void }) {
  const { say, date } = useSpeech();
  const explain = useFormFaults();
  const [values, setValues] = useState({
    purpose: '',
    reader: '',
    recipient: '',
    expiresOn: dayIn(exportLimits.usualDays),
  });
  const change = (next: Partial<typeof values>) => setValues((before) => ({ ...before, ...next }));
  const preview = useQuery({
    queryKey: ['referrals', 'export-preview'],
    queryFn: ({ signal }) => api.get<{ data: ExportPreview }>(referralPaths.exportPreview, { signal }),
    select: (answer) => answer.data,
    staleTime: 0,
  });
  const take = useMutation({
    gcTime: 0,
    mutationFn: () => {
      const { purpose, reader, ...rest } = values;
      return api.save(referralPaths.exports, {
        ...rest,
        ...(purpose && { purpose }),
        ...(reader && { reader }),
      });
    },
    onSuccess: () => onDone(say('export.done', { date: date(values.expiresOn) })),
  });
  const faults = take.error ? explain(take.error, shown) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take.mutate();
  };
  const choices = (values: readonly string[], word: (value: string) => string) => [
    { value: '', label: say('export.choose') },
    ...values.map((value) => ({ value, label: word(value) })),
  ];
  const rows = preview.data?.rows;
  return (
    <Dialog title={say('export.do')} typed={values} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{say('export.about')}</Text>
          <Text fw={600} role="status">
            {rows !== undefined && (rows === 0 ? say('export.none') : say('export.rows', { count: rows }))}
          </Text>
          <FormError words={faults?.whole ?? null} />
          <NativeSelect
            label={say('export.purpose')}
            value={values.purpose}
            onChange={(event) => change({ purpose: event.currentTarget.value })}
            data={choices(exportPurposes, (one) => say(`export.purpose.${one as 'planning'}`))}
            error={faults?.fields.purpose}
            required
            data-autofocus
          />
          <NativeSelect
            label={say('export.reader')}
            value={values.reader}
            onChange={(event) => change({ reader: event.currentTarget.value })}
            data={choices(exportReaders, (one) => say(`export.reader.${one as 'partner'}`))}
            error={faults?.fields.reader}
            required
          />
          <TextInput
            label={say('export.recipient')}
            description={say('export.recipientHint')}
            value={values.recipient}
            onChange={(event) => change({ recipient: event.currentTarget.value })}
            error={faults?.fields.recipient}
            maxLength={exportLimits.recipient}
            required
          />
          <DayInput
            label={say('export.expiresOn')}
            value={values.expiresOn}
            onChange={(expiresOn) => change({ expiresOn })}
            error={faults?.fields.expiresOn}
            quick={[1, 14, 30]}
          />
          <DialogFoot loading={take.isPending} disabled={rows === 0}>
            {say('export.go')}
          </DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
