// Duty: one move of a case: asks only what that move must be given, sends it, says what the server refuses beside its field.
import { Button, Checkbox, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  confirmations,
  limits,
  resolvedOutcomes,
  urgencies,
  waitingParties,
} from '../../../shared/caseLists.ts';
import type { CaseMoveInput, CaseMoveName } from '../../../shared/caseMoves.ts';
import type { CaseMoved, CasePage } from '../../../shared/caseViews.ts';
import { dayIn } from '../../lib/days.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { stepTitle } from '../../lib/stepTitle.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { CaseFinder } from './CaseFinder.tsx';
import { ColleagueSelect } from './ColleagueSelect.tsx';
import dialog from './dialog.module.css';
import { isStale, useMoveCase } from './useCases.ts';

interface Props {
  move: CaseMoveName;
  caseFile: CasePage;
  onClose: () => void;
  onDone: (answer: CaseMoved) => void;
}

interface Fields {
  urgency: string;
  lead: string | null;
  inScope: boolean;
  outcome: string;
  duplicateOf: string | null;
  reason: string;
  title: string;
  due: string;
  party: string;
  until: string;
  note: string;
  confirmedBy: string;
}

const shownFields = [
  'urgency',
  'lead',
  'inScope',
  'outcome',
  'duplicateOf',
  'reason',
  'step.title',
  'step.due',
  'party',
  'until',
  'note',
  'confirmedBy',
];

/** What the server takes; empty answers are left out, so that it names them. */
function inputOf(move: CaseMoveName, fields: Fields, version: number, planned: boolean): CaseMoveInput {
  const { urgency, lead, inScope, outcome, duplicateOf, reason, title, due, party, until, note } = fields;
  const bodies: Record<CaseMoveName, object> = {
    triage: { urgency, lead: lead ?? undefined, inScope: inScope || undefined },
    dismiss: { outcome, reason, ...(outcome === 'duplicate' && { duplicateOf: duplicateOf ?? undefined }) },
    start: planned ? {} : { step: { title, due } },
    wait: { party, until },
    resume: {},
    resolve: { outcome: outcome || undefined, ...(note.trim() && { note }) },
    close: { confirmedBy: fields.confirmedBy || undefined },
    reopen: { reason },
    withdraw: {},
  };
  return { move, version, ...bodies[move] } as CaseMoveInput;
}

export function MoveDialog({ move, caseFile, onClose, onDone }: Props) {
  const { say, speaker } = useSpeech();
  const me = useMe();
  const explain = useFormFaults();
  const send = useMoveCase(caseFile.id);
  const [fields, setFields] = useState<Fields>({
    urgency: caseFile.urgency,
    lead: caseFile.lead?.id ?? null,
    inScope: false,
    outcome: move === 'dismiss' ? 'out_of_scope' : '',
    duplicateOf: null,
    reason: '',
    title: '',
    due: dayIn(7),
    party: 'authority',
    until: dayIn(14),
    note: '',
    confirmedBy: '',
  });
  const set = (change: Partial<Fields>) => setFields((before) => ({ ...before, ...change }));
  const planned = caseFile.plan.some((step) => step.doneAt === null);
  const stale = isStale(send.error);
  const faults = send.error && !stale ? explain(send.error, shownFields) : null;
  const fault = (name: string) => faults?.fields[name];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate(inputOf(move, fields, caseFile.version, planned), {
      onSuccess: onDone,
    });
  };
  const radios = <Value extends string>(
    name: 'urgency' | 'outcome' | 'party' | 'confirmedBy',
    label: string,
    values: readonly Value[],
    word: (value: Value) => string,
  ) => (
    <Radio.Group
      label={label}
      value={fields[name]}
      onChange={(value) => set({ [name]: value })}
      error={fault(name)}
      required
    >
      <div className={dialog.choices}>
        {values.map((value, index) => (
          <Radio
            key={value}
            value={value}
            label={word(value)}
            data-autofocus={(fields[name] ? fields[name] === value : index === 0) || undefined}
          />
        ))}
      </div>
    </Radio.Group>
  );
  const reason = (label: string) => (
    <Textarea
      label={label}
      value={fields.reason}
      onChange={(event) => set({ reason: event.currentTarget.value })}
      error={fault('reason')}
      maxLength={limits.note}
      autosize
      minRows={2}
      maxRows={10}
      required
      data-autofocus={move === 'reopen' || undefined}
    />
  );
  return (
    <Dialog typed={fields} onClose={onClose} title={`${caseFile.reference}: ${say(`case.move.${move}`)}`}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text>
            {move === 'start' && planned
              ? say('case.move.start.planned', {
                  title: caseFile.nextStep ? stepTitle(speaker, caseFile.nextStep) : '',
                })
              : say(`case.move.${move}.about`)}
          </Text>
          <FormError words={stale ? say('case.move.stale') : (faults?.whole ?? null)} />
          {move === 'triage' && (
            <>
              <Checkbox
                label={say('case.move.inScope')}
                checked={fields.inScope}
                onChange={(event) => set({ inScope: event.currentTarget.checked })}
                error={fault('inScope')}
                data-autofocus
              />
              {radios('urgency', say('case.urgency'), urgencies, (value) => say(`urgency.${value}`))}
              <div>
                <ColleagueSelect
                  label={say('case.lead')}
                  municipality={caseFile.municipality}
                  value={fields.lead}
                  onChange={(lead) => set({ lead })}
                  error={fault('lead')}
                />
                {fields.lead !== me.id && me.municipality === caseFile.municipality && (
                  <Button mt={6} size="compact-sm" variant="subtle" onClick={() => set({ lead: me.id })}>
                    {say('case.assign.me')}
                  </Button>
                )}
              </div>
            </>
          )}
          {move === 'dismiss' && (
            <>
              {radios('outcome', say('case.outcome'), ['out_of_scope', 'duplicate'] as const, (value) =>
                say(`case.outcome.${value}`),
              )}
              {fields.outcome === 'duplicate' && (
                <CaseFinder
                  label={say('case.move.duplicateOf')}
                  without={caseFile.id}
                  value={fields.duplicateOf}
                  onChange={(duplicateOf) => set({ duplicateOf })}
                  error={fault('duplicateOf')}
                />
              )}
              {reason(say('case.move.whereElse'))}
            </>
          )}
          {move === 'start' && !planned && (
            <>
              <TextInput
                label={say('case.move.firstStep')}
                value={fields.title}
                onChange={(event) => set({ title: event.currentTarget.value })}
                error={fault('step.title')}
                maxLength={limits.step}
                required
                data-autofocus
              />
              <DayInput
                label={say('case.plan.when')}
                value={fields.due}
                onChange={(due) => set({ due })}
                error={fault('step.due')}
              />
            </>
          )}
          {move === 'wait' && (
            <>
              {radios('party', say('case.move.waitFor'), waitingParties, (value) =>
                say(`case.party.${value}`),
              )}
              <DayInput
                label={say('case.move.until')}
                value={fields.until}
                onChange={(until) => set({ until })}
                error={fault('until')}
              />
            </>
          )}
          {move === 'resolve' && (
            <>
              {radios('outcome', say('case.move.what'), resolvedOutcomes, (value) =>
                say(`case.outcome.${value}`),
              )}
              <Textarea
                label={say('case.move.note')}
                description={caseFile.evidence.length === 0 ? say('case.move.resolve.noteNeeded') : undefined}
                value={fields.note}
                onChange={(event) => set({ note: event.currentTarget.value })}
                error={fault('note')}
                maxLength={limits.note}
                autosize
                minRows={2}
                maxRows={10}
                required={caseFile.evidence.length === 0}
              />
            </>
          )}
          {move === 'close' &&
            radios('confirmedBy', say('case.move.close.about'), confirmations, (value) =>
              say(`case.confirmed.${value}`),
            )}
          {move === 'reopen' && reason(say('case.move.reason'))}
          <DialogFoot
            loading={send.isPending}
            color={move === 'withdraw' ? 'alarm' : undefined}
            data-autofocus={move === 'resume' || move === 'withdraw' || undefined}
          >
            {say(`case.move.${move}`)}
          </DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
