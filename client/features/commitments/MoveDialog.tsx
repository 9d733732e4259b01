// Duty: one move of one commitment in a dialog: asks what it needs, says what the server refuses beside its field, and both sides of a conflict.
import { Button, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CommitmentMoveName } from '../../../shared/commitmentLists.ts';
import type { CommitmentAnswer, CommitmentEntry, CommitmentPage } from '../../../shared/commitments.ts';
import { ApiError } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import classes from './commitments.module.css';
import { useEntryWords } from './FactBoxes.tsx';
import { MoveFields } from './MoveFields.tsx';
import { type MoveValues, moveBody, moveFieldNames, startValues } from './moveValues.ts';
import { useMoveCommitment } from './useCommitments.ts';

interface Props {
  move: CommitmentMoveName;
  commitment: CommitmentPage;
  onClose: () => void;
  onDone: (answer: CommitmentAnswer) => void;
}

export function MoveDialog({ move, commitment, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const send = useMoveCommitment(commitment.id);
  const [values, setValues] = useState<MoveValues>(() => startValues(commitment));
  /** What the dialog was opened on: a change by others must not slip under what is being written here. */
  const [version, setVersion] = useState(commitment.version);
  const stale =
    send.error instanceof ApiError && send.error.code === 'commitment.stale' ? send.error.extra : null;
  const faults = send.error && !stale ? explain(send.error, moveFieldNames) : null;
  const save = (based: number) => {
    setVersion(based);
    send.mutate(moveBody(move, values, based), { onSuccess: onDone });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(version);
  };
  return (
    <Dialog
      typed={values}
      onClose={onClose}
      size="lg"
      title={`${commitment.reference}: ${say(`commitments.move.${move}`)}`}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {move === 'approve' && <Text>{say('commitments.ask.approve')}</Text>}
          <FormError words={faults?.whole ?? null} />
          {stale && (
            <Conflict
              since={stale.since as Pick<CommitmentEntry, 'event' | 'from' | 'to'>[] | undefined}
              onAgain={() => save(Number(stale.version))}
            />
          )}
          <MoveFields
            move={move}
            commitment={commitment}
            values={values}
            onChange={(change) => setValues((before) => ({ ...before, ...change }))}
            onEvidenceAdded={(evidence, now) => {
              setValues((before) => ({ ...before, evidence: [...before.evidence, evidence] }));
              // Our own file is no surprise to ourselves; what others did before it still is.
              setVersion((before) => (now === before + 1 ? now : before));
            }}
            fault={(name) => faults?.fields[name]}
          />
          <DialogFoot
            loading={send.isPending}
            disabled={stale !== null}
            data-autofocus={move === 'approve' || undefined}
          >
            {say(`commitments.move.${move}`)}
          </DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}

/** What the others did since this was opened; ours is still in the fields below. */
function Conflict({
  since = [],
  onAgain,
}: {
  since: Pick<CommitmentEntry, 'event' | 'from' | 'to'>[] | undefined;
  onAgain: () => void;
}) {
  const { say } = useSpeech();
  const words = useEntryWords();
  return (
    <div className={classes.conflict} role="alert">
      <p>{say('commitments.changed')}</p>
      <p>{say('commitments.changed.since')}</p>
      <ul>
        {since.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is what happened, in order, and never changes
          <li key={index}>{words(entry)}</li>
        ))}
      </ul>
      <Button variant="light" onClick={onAgain}>
        {say('commitments.changed.again')}
      </Button>
    </div>
  );
}
