// Duty: the months of one theme as a form. What the server refuses stands beside its field.
import { Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { RetentionRule, RetentionRuleInput } from '../../../shared/retention.ts';
import { daysUntilShorter, monthLimits } from '../../../shared/retentionLists.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { useSetMonths } from './useRetention.ts';

interface Props {
  rule: RetentionRule;
  onClose: () => void;
  onDone: () => void;
}

export function MonthsDialog({ rule, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const save = useSetMonths(rule.theme);
  const [months, setMonths] = useState(String(rule.months));
  const faults = save.error ? explain(save.error, ['months']) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = months.trim() === '' ? undefined : Number(months);
    save.mutate({ months: given, version: rule.version } as RetentionRuleInput, { onSuccess: onDone });
  };
  return (
    <Dialog
      typed={months}
      onClose={onClose}
      title={say('retention.edit', { theme: say(`theme.${rule.theme}`) })}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormError words={faults?.whole ?? null} />
          <TextInput
            type="number"
            label={say('retention.months')}
            description={say('retention.editHint', {
              least: monthLimits.least,
              most: monthLimits.most,
              days: daysUntilShorter,
            })}
            value={months}
            onChange={(event) => setMonths(event.currentTarget.value)}
            error={faults?.fields.months}
            required
            data-autofocus
          />
          <DialogFoot loading={save.isPending}>{say('common.save')}</DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
