// Duty: one move of one referral in a dialog: asks what it needs, sends it, says what the server refuses beside its field.
import { Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ReferralMoveInput } from '../../../shared/referralMoves.ts';
import type { ReferralAnswer, ReferralRow } from '../../../shared/referrals.ts';
import { ApiError } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import {
  MoveFields,
  type MoveValues,
  type MoveWithFields,
  moveBody,
  moveFieldNames,
  startValues,
} from './MoveFields.tsx';
import { useMoveReferral, useOrganisations } from './useReferrals.ts';
import { useWorkers } from './useWorkers.ts';

interface Props {
  move: MoveWithFields;
  referral: ReferralRow;
  /** Answered beforehand, e.g. by the button that opened this. */
  given?: Partial<MoveValues>;
  onClose: () => void;
  onDone: (answer: ReferralAnswer) => void;
}

export function MoveReferralDialog({ move, referral, given, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const me = useMe();
  const explain = useFormFaults();
  const send = useMoveReferral(referral.id);
  const workers = useWorkers();
  const maySuggest = referral.kind === 'referral' && (move === 'decline' || move === 'reroute');
  const { data: organisations = [] } = useOrganisations(maySuggest);
  const [values, setValues] = useState<MoveValues>({ ...startValues(me.id), ...given });
  const stale =
    send.error instanceof ApiError && send.error.status === 409 && send.error.code === 'referral.stale';
  const faults = send.error ? explain(send.error, moveFieldNames) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { ...moveBody(move, values, false), version: referral.version } as ReferralMoveInput;
    send.mutate(body, { onSuccess: onDone });
  };
  return (
    <Dialog
      typed={values}
      onClose={onClose}
      title={`${referral.reference}: ${say(`referrals.move.${move}`)}`}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>{say(`referrals.move.${move}.about`)}</Text>
          <FormError words={faults?.whole ?? null} />
          <MoveFields
            move={move}
            values={values}
            onChange={(change) => setValues((before) => ({ ...before, ...change }))}
            fault={(name) => faults?.fields[name]}
            workers={workers}
            caseId={referral.caseId}
            organisations={maySuggest ? organisations.filter(({ id }) => id !== referral.recipient.id) : []}
          />
          <DialogFoot
            loading={send.isPending}
            disabled={stale}
            color={move === 'recall' ? 'alarm' : undefined}
            data-autofocus={move === 'begin' || undefined}
          >
            {say(`referrals.move.${move}`)}
          </DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
