// Duty: one move for several referrals: says beforehand which will refuse and afterwards what each did.
import { Button, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { BulkResult } from '../../../shared/cases.ts';
import { referralMoves } from '../../../shared/referralLists.ts';
import type { ReferralBulkInput } from '../../../shared/referralMoves.ts';
import type { ReferralRow } from '../../../shared/referrals.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { BulkResults, WillRefuse } from '../../ui/bulk.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ListX } from '../../ui/icons.ts';
import { MoveFields, type MoveWithFields, moveBody, moveFieldNames, startValues } from './MoveFields.tsx';
import classes from './referrals.module.css';
import { useBulkMove } from './useReferrals.ts';
import { useWorkers } from './useWorkers.ts';

const offered: readonly MoveWithFields[] = [
  'accept',
  'begin',
  'complete',
  'fail',
  'decline',
  'confirm',
  'recall',
];

/** As far as the list can know; the server has the last word. */
function canMove(move: MoveWithFields, row: ReferralRow, organisation: string | null): boolean {
  const { from, side, ofTransfers } = referralMoves[move];
  const here = row.recipient.id === organisation ? 'recipient' : 'sender';
  return (
    side === here &&
    from.includes(row.status) &&
    (ofTransfers || row.kind === 'referral') &&
    !(move === 'confirm' && row.received !== null)
  );
}

interface Props {
  rows: ReferralRow[];
  onNone: () => void;
  onSaid: (words: string) => void;
}

export function BulkBar({ rows, onNone, onSaid }: Props) {
  const { say } = useSpeech();
  const me = useMe();
  const [move, setMove] = useState<MoveWithFields | null>(null);
  const possible = offered.filter((one) => rows.some((row) => canMove(one, row, me.organisation)));
  return (
    <div className={`${classes.bulk} no-print`}>
      <section className={classes.bulkBar} aria-label={say('case.bulk.selected', { count: rows.length })}>
        <Text fw={600} role="status">
          {say('case.bulk.selected', { count: rows.length })}
        </Text>
        {possible.map((one, index) => (
          <Button key={one} variant={index === 0 ? 'filled' : 'light'} onClick={() => setMove(one)}>
            {say(`referrals.move.${one}`)}
          </Button>
        ))}
        <Button variant="subtle" color="gray" onClick={onNone} leftSection={<ListX size={18} aria-hidden />}>
          {say('case.bulk.none')}
        </Button>
      </section>
      {move && (
        <BulkDialog
          key={move}
          move={move}
          rows={rows}
          onClose={(finished) => {
            setMove(null);
            if (finished) onNone();
          }}
          onSaid={onSaid}
        />
      )}
    </div>
  );
}

function BulkDialog(props: {
  move: MoveWithFields;
  rows: ReferralRow[];
  onClose: (finished: boolean) => void;
  onSaid: (words: string) => void;
}) {
  const { move } = props;
  const { say } = useSpeech();
  const me = useMe();
  const explain = useFormFaults();
  const workers = useWorkers();
  const bulk = useBulkMove();
  /** As they were when the dialog opened: live changes must not move what is being decided. */
  const [rows] = useState(props.rows);
  const [values, setValues] = useState(() => startValues(me.id));
  const [results, setResults] = useState<BulkResult[] | null>(null);
  const going = rows.filter((row) => canMove(move, row, me.organisation));
  const refusing = rows.filter((row) => !going.includes(row));
  const faults = bulk.error
    ? explain(
        bulk.error,
        moveFieldNames.map((name) => `change.${name}`),
      )
    : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    const change = moveBody(move, values, false) as ReferralBulkInput['change'];
    bulk.mutate(
      { ids: going.map((row) => row.id), change },
      {
        onSuccess: ({ data }) => {
          setResults(data);
          const refused = data.filter((one) => !one.ok).length;
          props.onSaid(say('referrals.bulk.done', { done: data.length - refused, refused }));
        },
      },
    );
  };
  return (
    <Dialog
      typed={results ? null : values}
      onClose={() => props.onClose(results !== null)}
      title={say('referrals.bulk.title', { move: say(`referrals.move.${move}`), count: going.length })}
    >
      {results ? (
        <BulkResults rows={rows} results={results} onClose={() => props.onClose(true)} />
      ) : (
        <form onSubmit={send} noValidate>
          <Stack>
            <FormError words={faults?.whole ?? null} />
            <MoveFields
              move={move}
              values={values}
              onChange={(change) => setValues((before) => ({ ...before, ...change }))}
              fault={(name) => faults?.fields[`change.${name}`]}
              workers={workers}
              organisations={[]}
            />
            <WillRefuse
              rows={refusing.map((row) => ({ ...row, why: say(`referrals.status.${row.status}`) }))}
            />
            <DialogFoot loading={bulk.isPending} disabled={going.length === 0}>
              {say(`referrals.move.${move}`)}
            </DialogFoot>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
