// Duty: asks for the reason of a move of an issue, and makes it.
import { Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type IssueMoveName, issueLimits } from '../../../shared/issueLists.ts';
import type { IssuePage } from '../../../shared/issues.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import classes from './issues.module.css';
import { useMoveIssue } from './useIssues.ts';

export function MoveDialog(props: {
  issue: IssuePage;
  move: Exclude<IssueMoveName, 'accept'>;
  onClose: () => void;
  onDone: () => void;
}) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const send = useMoveIssue(props.issue.id);
  const [reason, setReason] = useState('');
  const faults = send.error ? explain(send.error, ['reason']) : { fields: {}, whole: null };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ move: props.move, reason, version: props.issue.version }, { onSuccess: props.onDone });
  };
  return (
    <Dialog typed={reason} onClose={props.onClose} title={say(`issues.move.${props.move}`)}>
      <form onSubmit={submit} noValidate className={classes.stack}>
        <FormError words={faults.whole} />
        <Textarea
          label={say('issues.move.reason')}
          value={reason}
          maxLength={issueLimits.reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={faults.fields.reason}
          autosize
          minRows={3}
          data-autofocus
          required
        />
        <PersonalDataWarning texts={[{ value: reason, set: setReason }]} />
        <DialogFoot loading={send.isPending}>{say(`issues.move.${props.move}`)}</DialogFoot>
      </form>
    </Dialog>
  );
}
