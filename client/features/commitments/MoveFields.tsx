// Duty: the questions of each move of a commitment. What is sent of the answers: moveValues.ts.
import { Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { type CommitmentMoveName, closings, completions } from '../../../shared/commitmentLists.ts';
import type { CommitmentPage } from '../../../shared/commitments.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { ImagePlus } from '../../ui/icons.ts';
import classes from './commitments.module.css';
import { Picture } from './EvidenceBox.tsx';
import { FileButton } from './FileButton.tsx';
import { formalityChoices, type MoveField, type MoveValues } from './moveValues.ts';
import { useEvidenceUpload } from './useEvidenceUpload.ts';

interface Props {
  move: CommitmentMoveName;
  commitment: CommitmentPage;
  values: MoveValues;
  onChange: (change: Partial<MoveValues>) => void;
  onEvidenceAdded: (evidence: string, version: number) => void;
  fault: (name: MoveField) => string | undefined;
}

export function MoveFields(props: Props) {
  const { move, commitment, values, onChange, fault } = props;
  const { say } = useSpeech();
  const radios = <Value extends string>(
    label: string,
    value: string,
    choices: { value: Value; word: string }[],
    set: (value: Value) => void,
    error: string | undefined,
    hint?: string,
  ) => (
    <Radio.Group
      label={label}
      description={hint}
      value={value}
      onChange={(chosen) => set(chosen as Value)}
      error={error}
      required
    >
      <div className={classes.choices}>
        {choices.map((choice, index) => (
          <Radio
            key={choice.value}
            value={choice.value}
            label={choice.word}
            data-autofocus={index === 0 || undefined}
          />
        ))}
      </div>
    </Radio.Group>
  );
  const completion = (label: string) =>
    radios(
      label,
      values.completion,
      completions.map((value) => ({ value, word: say(`commitments.completion.${value}`) })),
      (chosen) => onChange({ completion: chosen }),
      fault('completion'),
    );
  const reason = (first = false) => (
    <Textarea
      label={say('commitments.ask.reason')}
      value={values.reason}
      onChange={(event) => onChange({ reason: event.currentTarget.value })}
      error={fault('reason')}
      maxLength={2000}
      autosize
      minRows={2}
      data-autofocus={first || undefined}
    />
  );
  const note = (label: string, hint?: string) => (
    <Textarea
      label={label}
      description={hint}
      value={values.note}
      onChange={(event) => onChange({ note: event.currentTarget.value })}
      error={fault('note')}
      maxLength={2000}
      autosize
      minRows={2}
    />
  );
  const nextCheck = (first = false) => (
    <TextInput
      type="date"
      label={say('commitments.ask.nextCheck')}
      description={say('commitments.field.optional')}
      value={values.nextCheckOn}
      onChange={(event) => onChange({ nextCheckOn: event.currentTarget.value })}
      error={fault('nextCheckOn')}
      data-autofocus={first || undefined}
    />
  );
  switch (move) {
    case 'approve':
      return null;
    case 'decline':
    case 'reopen':
      return reason(true);
    case 'formality':
      return (
        <>
          {radios(
            say('commitments.ask.formality'),
            values.to,
            formalityChoices(commitment.formality).map((value) => ({
              value,
              word: say(`commitments.formality.${value}`),
            })),
            (to) => onChange({ to }),
            fault('to'),
            say('commitments.ask.formalityHint'),
          )}
          {reason()}
        </>
      );
    case 'report':
      return (
        <>
          {completion(say('commitments.ask.reported'))}
          <DayInput
            label={say('commitments.ask.reportedOn')}
            value={values.on}
            onChange={(on) => onChange({ on })}
            error={fault('reportedOn')}
            quick={[0, -1]}
          />
          {note(say('commitments.ask.where'))}
        </>
      );
    case 'check':
      return (
        <>
          {completion(say('commitments.ask.completion'))}
          <DayInput
            label={say('commitments.ask.checkedOn')}
            value={values.on}
            onChange={(on) => onChange({ on })}
            error={fault('checkedOn')}
            quick={[0, -1]}
          />
          <EvidenceChoice {...props} />
          {note(say('commitments.ask.note'), say('commitments.ask.noteHint'))}
          {nextCheck()}
        </>
      );
    case 'deadline':
      return (
        <>
          <TextInput
            type="date"
            label={say('commitments.ask.dueOn')}
            description={say('commitments.ask.dueHint')}
            value={values.dueOn}
            onChange={(event) => onChange({ dueOn: event.currentTarget.value })}
            error={fault('dueOn')}
            required
            data-autofocus
          />
          {reason()}
        </>
      );
    case 'budget':
      return (
        <>
          {(['promised', 'approved', 'spent'] as const).map((what, index) => (
            <TextInput
              key={what}
              inputMode="decimal"
              label={`${say(`commitments.budget.${what}`)} (€)`}
              value={values[what]}
              onChange={(event) => onChange({ [what]: event.currentTarget.value })}
              error={fault(`budget.${what}`)}
              data-autofocus={index === 0 || undefined}
            />
          ))}
          {note(say('commitments.ask.where'))}
        </>
      );
    case 'plan_check':
      return nextCheck(true);
    case 'close':
      return (
        <>
          {radios(
            say('commitments.ask.closedAs'),
            values.closedAs,
            closings.map((value) => ({ value, word: say(`commitments.closed.${value}`) })),
            (closedAs) => onChange({ closedAs }),
            fault('closedAs'),
            say('commitments.ask.closeHint'),
          )}
          {reason()}
        </>
      );
  }
}

/** The files that are here, and one from this device; what is added now is chosen at once. */
function EvidenceChoice({ commitment, values, onChange, onEvidenceAdded, fault }: Props) {
  const { say } = useSpeech();
  const { add, sending, failed } = useEvidenceUpload(commitment.id, onEvidenceAdded);
  return (
    <div className={classes.evidenceChoice}>
      <Checkbox.Group
        label={say('commitments.ask.evidence')}
        description={say('commitments.ask.evidenceHint')}
        value={values.evidence}
        onChange={(evidence) => onChange({ evidence })}
        error={fault('evidence')}
      >
        <div className={classes.choices}>
          {commitment.evidence.map((file) => (
            <Checkbox
              key={file.id}
              value={file.id}
              label={
                <span className={classes.choicePicture}>
                  <Picture commitmentId={commitment.id} file={file} />
                  {file.name}
                </span>
              }
            />
          ))}
        </div>
      </Checkbox.Group>
      <FormError words={failed} />
      <div>
        <FileButton
          label={say('commitments.evidence.add')}
          icon={ImagePlus}
          loading={sending}
          onFile={(file) => void add(file)}
        />
      </div>
    </div>
  );
}
