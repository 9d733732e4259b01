// Duty: whoever took the work on says what became of the case: an outcome and what shows it. The referral's own end is another thing.
import { Radio, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { resolvedOutcomes } from '../../../shared/caseLists.ts';
import type { ReferralRow } from '../../../shared/referrals.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import classes from './referrals.module.css';
import { useSayOutcome } from './useReferrals.ts';

interface Props {
  referral: ReferralRow;
  onClose: () => void;
  onDone: () => void;
}

export function OutcomeDialog({ referral, onClose, onDone }: Props) {
  const say = useSay();
  const explain = useFormFaults();
  const send = useSayOutcome(referral.id);
  const [outcome, setOutcome] = useState('');
  const [note, setNote] = useState('');
  const faults = send.error ? explain(send.error, ['outcome', 'note']) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = resolvedOutcomes.find((one) => one === outcome);
    // An empty answer is sent too: the server names what is missing, beside its field.
    send.mutate({ outcome: chosen as NonNullable<typeof chosen>, note }, { onSuccess: onDone });
  };
  return (
    <Dialog
      typed={[outcome, note]}
      onClose={onClose}
      title={`${referral.reference}: ${say('referrals.outcome')}`}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{say('referrals.outcome.about')}</Text>
          <FormError words={faults?.whole ?? null} />
          <Radio.Group
            label={say('case.outcome')}
            value={outcome}
            onChange={setOutcome}
            error={faults?.fields.outcome}
            required
          >
            <div className={classes.choices}>
              {resolvedOutcomes.map((one, index) => (
                <Radio
                  key={one}
                  value={one}
                  label={say(`case.outcome.${one}`)}
                  data-autofocus={index === 0 || undefined}
                />
              ))}
            </div>
          </Radio.Group>
          <Textarea
            label={say('referrals.outcome.note')}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={faults?.fields.note}
            maxLength={2000}
            autosize
            minRows={2}
            maxRows={10}
            required
          />
          <PersonalDataWarning texts={[{ value: note, set: setNote }]} caseId={referral.caseId} />
          <DialogFoot loading={send.isPending}>{say('referrals.outcome.do')}</DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
