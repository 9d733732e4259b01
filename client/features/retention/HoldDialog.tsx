// Duty: a hold as a form: why, of a closed list, and until when. What the server refuses stands beside its field.
import { NativeSelect, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CaseHold } from '../../../shared/retention.ts';
import { type HoldReason, holdReasons } from '../../../shared/retentionLists.ts';
import { dayIn } from '../../lib/days.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import classes from './retention.module.css';
import { useHold } from './useRetention.ts';

interface Props {
  caseId: string;
  reference: string;
  hold: CaseHold | null;
  onClose: () => void;
  onDone: (until: string) => void;
}

const usualDays = 365;

export function HoldDialog({ caseId, reference, hold, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const save = useHold(caseId);
  const [reason, setReason] = useState<HoldReason>(hold?.reason ?? 'court');
  const [until, setUntil] = useState(hold?.until ?? dayIn(usualDays));
  const faults = save.error ? explain(save.error, ['reason', 'until']) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ reason, until }, { onSuccess: () => onDone(until) });
  };
  return (
    <Dialog typed={{ reason, until }} onClose={onClose} title={say('retention.hold.title', { reference })}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormError words={faults?.whole ?? null} />
          <p className={classes.faint}>{say('retention.hold.about')}</p>
          <NativeSelect
            label={say('retention.hold.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value as HoldReason)}
            data={holdReasons.map((value) => ({ value, label: say(`retention.reason.${value}`) }))}
            error={faults?.fields.reason}
            data-autofocus
          />
          <DayInput
            label={say('retention.hold.until')}
            value={until}
            onChange={setUntil}
            error={faults?.fields.until}
            quick={[90, 180, 365]}
          />
          <DialogFoot loading={save.isPending}>{say('retention.hold')}</DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
