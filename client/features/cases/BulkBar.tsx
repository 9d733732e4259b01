// Duty: what can be done to the selected rows at once: triage, assign; says beforehand which will refuse and afterwards what each did.
import { Button, Radio, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Urgency, urgencies } from '../../../shared/caseLists.ts';
import type { BulkResult } from '../../../shared/cases.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';
import type { Colleague } from '../../../shared/directory.ts';
import type { MessageKey } from '../../../shared/i18n.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useColleagues } from '../../lib/places.ts';
import { BulkResults, WillRefuse } from '../../ui/bulk.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { CircleCheck, ListX, UserRoundCheck } from '../../ui/icons.ts';
import { ColleagueSelect } from './ColleagueSelect.tsx';
import dialog from './dialog.module.css';
import classes from './list.module.css';
import { useBulkAssign, useBulkTriage } from './useCases.ts';

type Deed = 'triage' | 'assign';

/** Why a row will refuse, as far as the list can know; the server has the last word. */
export function refusal(deed: Deed, row: CaseRow, lead: Colleague | undefined): MessageKey | null {
  if (row.status === 'closed') return 'case.bulk.refuse.closed';
  if (deed === 'triage' && row.status !== 'new') return 'case.bulk.refuse.notNew';
  if (lead?.municipality && lead.municipality !== row.municipality) return 'case.bulk.refuse.municipality';
  return null;
}

interface Props {
  rows: CaseRow[];
  onNone: () => void;
  onSaid: (words: string) => void;
}

export function BulkBar({ rows, onNone, onSaid }: Props) {
  const { say } = useSpeech();
  const [deed, setDeed] = useState<Deed | null>(null);
  return (
    <div className={`${classes.bulk} no-print`}>
      <section className={classes.bulkBar} aria-label={say('case.bulk.selected', { count: rows.length })}>
        <Text fw={600} role="status">
          {say('case.bulk.selected', { count: rows.length })}
        </Text>
        <Button onClick={() => setDeed('triage')} leftSection={<CircleCheck size={18} aria-hidden />}>
          {say('case.bulk.triage')}
        </Button>
        <Button
          variant="light"
          onClick={() => setDeed('assign')}
          leftSection={<UserRoundCheck size={18} aria-hidden />}
        >
          {say('case.bulk.assign')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onNone} leftSection={<ListX size={18} aria-hidden />}>
          {say('case.bulk.none')}
        </Button>
      </section>
      {deed && (
        <BulkDialog
          deed={deed}
          rows={rows}
          onClose={(finished) => {
            setDeed(null);
            if (finished) onNone();
          }}
          onSaid={onSaid}
        />
      )}
    </div>
  );
}

function BulkDialog(props: {
  deed: Deed;
  rows: CaseRow[];
  onClose: (finished: boolean) => void;
  onSaid: (words: string) => void;
}) {
  const { say } = useSpeech();
  const words = useErrorWords();
  const { data: colleagues = [] } = useColleagues();
  const triage = useBulkTriage();
  const assign = useBulkAssign();
  /** As they were when the dialog opened: live changes must not move what is being decided. */
  const [rows] = useState(props.rows);
  const [lead, setLead] = useState<string | null>(null);
  const [urgency, setUrgency] = useState<Urgency>('normal');
  const [results, setResults] = useState<BulkResult[] | null>(null);
  const leader = colleagues.find((one) => one.id === lead);
  const refusing = rows.flatMap((row) => {
    const why = refusal(props.deed, row, leader);
    return why ? [{ row, why }] : [];
  });
  const going = rows.length - refusing.length;
  const municipalities = new Set(rows.map((row) => row.municipality));
  const pending = triage.isPending || assign.isPending;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!lead) return;
    const ids = rows.filter((row) => !refusing.some((one) => one.row.id === row.id)).map((row) => row.id);
    const done = {
      onSuccess: ({ data }: { data: BulkResult[] }) => {
        setResults(data);
        const refused = data.filter((one) => !one.ok).length;
        props.onSaid(say('case.bulk.done', { done: data.length - refused, refused }));
      },
    };
    if (props.deed === 'triage') triage.mutate({ ids, urgency, lead }, done);
    else assign.mutate({ ids, lead }, done);
  };
  const error = triage.error ?? assign.error;
  return (
    <Dialog
      typed={results ? null : [lead, urgency]}
      onClose={() => props.onClose(results !== null)}
      title={say(props.deed === 'triage' ? 'case.bulk.triageTitle' : 'case.bulk.assignTitle', {
        count: rows.length,
      })}
    >
      {results ? (
        <BulkResults rows={rows} results={results} onClose={() => props.onClose(true)} />
      ) : (
        <form onSubmit={send}>
          <Stack>
            <FormError words={error ? words(error) : null} />
            <ColleagueSelect
              label={say('case.lead')}
              municipality={municipalities.size === 1 ? [...municipalities][0]! : null}
              value={lead}
              onChange={setLead}
              autoFocus
            />
            {props.deed === 'triage' && (
              <Radio.Group
                label={say('case.urgency')}
                value={urgency}
                onChange={(value) => setUrgency(value as Urgency)}
              >
                <div className={dialog.choices}>
                  {urgencies.map((value) => (
                    <Radio key={value} value={value} label={say(`urgency.${value}`)} />
                  ))}
                </div>
              </Radio.Group>
            )}
            <WillRefuse rows={refusing.map(({ row, why }) => ({ ...row, why: say(why) }))} />
            <DialogFoot loading={pending} disabled={going === 0 || !lead}>
              {say('case.bulk.go', { count: going })}
            </DialogFoot>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
