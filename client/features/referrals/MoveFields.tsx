// Duty: what each move of a referral must be told, as fields: by a colleague, through a one-time link, for one or for many. Sending is the caller's.
import { Radio, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { declineReasons, receivedAnswers } from '../../../shared/referralLists.ts';
import { dayIn } from '../../lib/days.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import classes from './referrals.module.css';

export type MoveWithFields =
  | 'accept'
  | 'decline'
  | 'recall'
  | 'begin'
  | 'complete'
  | 'fail'
  | 'reroute'
  | 'confirm';

export interface MoveValues {
  worker: string | null;
  workerName: string;
  firstContactOn: string;
  reasonCode: string;
  reason: string;
  given: string;
  givenOn: string;
  received: string;
  note: string;
  /** Also with a decline: who could help instead makes it a reroute. */
  suggestedOrganisation: string | null;
}

export const moveFieldNames = [
  'worker',
  'workerName',
  'firstContactOn',
  'reasonCode',
  'reason',
  'given',
  'givenOn',
  'received',
  'note',
  'suggestedOrganisation',
];

export const startValues = (worker: string | null): MoveValues => ({
  worker,
  workerName: '',
  firstContactOn: dayIn(1),
  reasonCode: '',
  reason: '',
  given: '',
  givenOn: dayIn(0),
  received: '',
  note: '',
  suggestedOrganisation: null,
});

/** What the server takes; empty answers are left out, so that it names them. */
export function moveBody(move: MoveWithFields, values: MoveValues, byLink: boolean): Record<string, unknown> {
  const { reason, suggestedOrganisation } = values;
  switch (move) {
    case 'accept': {
      const who = byLink ? { workerName: values.workerName } : { worker: values.worker ?? undefined };
      return { move, ...who, firstContactOn: values.firstContactOn };
    }
    case 'decline':
      return suggestedOrganisation
        ? {
            move: 'reroute',
            suggestedOrganisation,
            reason,
            ...(values.reasonCode && { reasonCode: values.reasonCode }),
          }
        : { move, reasonCode: values.reasonCode || undefined, reason };
    case 'recall':
    case 'fail':
      return { move, reason };
    case 'begin':
      return { move };
    case 'complete':
      return { move, given: values.given, givenOn: values.givenOn };
    case 'reroute':
      return { move, suggestedOrganisation: suggestedOrganisation ?? undefined, reason };
    case 'confirm':
      return {
        move,
        received: values.received || undefined,
        ...(values.note.trim() && { note: values.note }),
      };
  }
}

interface Props {
  move: MoveWithFields;
  values: MoveValues;
  onChange: (change: Partial<MoveValues>) => void;
  fault: (name: string) => string | undefined;
  /** Colleagues who could do the work; null where a name is written instead. */
  workers: { id: string; name: string }[] | null;
  /** Who could help instead; empty where it cannot be suggested. */
  organisations: { id: string; name: string }[];
  /** Whose vault may take what does not belong in the words; null where it is not this reader's. */
  caseId?: string | null;
}

export function MoveFields({ move, values, onChange, fault, workers, organisations, caseId = null }: Props) {
  const { say } = useSpeech();
  const text = (
    name: 'reason' | 'given' | 'note',
    label: string,
    more: { hint?: string; first?: boolean } = {},
  ) => (
    <>
      <Textarea
        label={label}
        description={more.hint}
        value={values[name]}
        onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        error={fault(name)}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={10}
        required={name !== 'note'}
        data-autofocus={more.first || undefined}
      />
      <PersonalDataWarning
        texts={[{ value: values[name], set: (text) => onChange({ [name]: text }) }]}
        caseId={caseId}
      />
    </>
  );
  const radios = (
    name: 'reasonCode' | 'received',
    label: string,
    options: { value: string; word: string }[],
  ): ReactNode => (
    <Radio.Group
      label={label}
      value={values[name]}
      onChange={(value) => onChange({ [name]: value })}
      error={fault(name)}
      required
    >
      <div className={classes.choices}>
        {options.map(({ value, word }, index) => (
          <Radio key={value} value={value} label={word} data-autofocus={index === 0 || undefined} />
        ))}
      </div>
    </Radio.Group>
  );
  const suggest = (label: string, hint: string, required: boolean) => (
    <Select
      label={label}
      description={hint}
      data={organisations.map(({ id, name }) => ({ value: id, label: name }))}
      value={values.suggestedOrganisation}
      onChange={(suggestedOrganisation) => onChange({ suggestedOrganisation })}
      error={fault('suggestedOrganisation')}
      clearable={!required}
      required={required}
      searchable
    />
  );
  switch (move) {
    case 'accept':
      return (
        <>
          {workers ? (
            <Select
              label={say('referrals.accept.worker')}
              data={workers.map(({ id, name }) => ({ value: id, label: name }))}
              value={values.worker}
              onChange={(worker) => onChange({ worker })}
              error={fault('worker')}
              allowDeselect={false}
              required
              data-autofocus
            />
          ) : (
            <TextInput
              label={say('referrals.accept.worker')}
              description={say('referrals.accept.workerName')}
              value={values.workerName}
              onChange={(event) => onChange({ workerName: event.currentTarget.value })}
              error={fault('workerName')}
              maxLength={80}
              required
              data-autofocus
            />
          )}
          <DayInput
            label={say('referrals.accept.firstContact')}
            value={values.firstContactOn}
            onChange={(firstContactOn) => onChange({ firstContactOn })}
            error={fault('firstContactOn')}
            quick={[0, 1, 3, 7]}
          />
        </>
      );
    case 'decline':
      return (
        <>
          {radios(
            'reasonCode',
            say('referrals.decline.why'),
            declineReasons.map((value) => ({ value, word: say(`referrals.declined.${value}`) })),
          )}
          {text('reason', say('referrals.decline.words'), { hint: say('referrals.decline.hint') })}
          {organisations.length > 0 &&
            suggest(say('referrals.decline.who'), say('referrals.decline.whoHint'), false)}
        </>
      );
    case 'reroute':
      return (
        <>
          {suggest(say('referrals.reroute.who'), say('referrals.decline.whoHint'), true)}
          {text('reason', say('referrals.reroute.why'))}
        </>
      );
    case 'recall':
      return text('reason', say('referrals.recall.why'), { first: true });
    case 'fail':
      return text('reason', say('referrals.fail.why'), { first: true });
    case 'complete':
      return (
        <>
          {text('given', say('referrals.complete.what'), {
            hint: say('referrals.complete.hint'),
            first: true,
          })}
          <DayInput
            label={say('referrals.complete.when')}
            value={values.givenOn}
            onChange={(givenOn) => onChange({ givenOn })}
            error={fault('givenOn')}
            quick={[0, -1]}
          />
        </>
      );
    case 'confirm':
      return (
        <>
          {radios(
            'received',
            say('referrals.confirm.ask'),
            receivedAnswers.map((value) => ({ value, word: say(`referrals.received.${value}`) })),
          )}
          {text('note', say('referrals.confirm.note'))}
        </>
      );
    case 'begin':
      return null;
  }
}
