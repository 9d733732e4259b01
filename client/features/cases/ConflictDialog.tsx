// Duty: two people changed the same field: both sides next to each other, choose one or join them. Nothing is lost until chosen.
import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FieldConflict, StaleCase } from '../../../shared/caseViews.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useLeave } from '../../ui/dialogFrame.ts';
import dialog from './dialog.module.css';
import { useFieldValue } from './fieldValue.ts';
import { fieldName } from './historyWords.ts';

interface Props {
  stale: StaleCase;
  saving: boolean;
  onClose: () => void;
  onChosen: (choices: Record<string, unknown>) => void;
}

type Side = 'yours' | 'theirs' | 'joined';
interface Choice {
  side: Side;
  joined: string;
}

const bothTexts = (conflict: FieldConflict) =>
  typeof conflict.yours === 'string' && typeof conflict.theirs === 'string';

function startOf(conflict: FieldConflict): Choice {
  return {
    side: 'yours',
    joined: bothTexts(conflict) ? `${conflict.theirs}\n\n${conflict.yours}`.trim() : '',
  };
}

export function ConflictDialog({ stale, saving, onClose, onChosen }: Props) {
  const { say, speaker, relative } = useSpeech();
  const [choices, setChoices] = useState<Record<string, Choice>>(() =>
    Object.fromEntries(stale.conflicts.map((conflict) => [conflict.field, startOf(conflict)])),
  );
  const first = stale.conflicts[0]!;
  const choose = (field: string, change: Partial<Choice>) =>
    setChoices((before) => ({ ...before, [field]: { ...before[field]!, ...change } }));
  const save = () =>
    onChosen(
      Object.fromEntries(
        stale.conflicts.map((conflict) => {
          const { side, joined } = choices[conflict.field]!;
          return [conflict.field, side === 'joined' ? joined : conflict[side]];
        }),
      ),
    );
  return (
    <Dialog typed={choices} onClose={onClose} size="xl" title={say('case.conflict.title')}>
      <Stack>
        <Text>
          {say('case.conflict.about', {
            name: first.by ?? say('case.conflict.somebody'),
            when: relative(first.at),
          })}
        </Text>
        {stale.conflicts.map((conflict) => (
          <ConflictField
            key={conflict.field}
            conflict={conflict}
            label={fieldName(speaker, conflict.field)}
            choice={choices[conflict.field]!}
            onChoose={(change) => choose(conflict.field, change)}
          />
        ))}
        <div className={dialog.foot}>
          <Back />
          <Button onClick={save} loading={saving}>
            {say('case.conflict.save')}
          </Button>
        </div>
      </Stack>
    </Dialog>
  );
}

function Back() {
  const { say } = useSpeech();
  return (
    <Button variant="default" onClick={useLeave()}>
      {say('common.back')}
    </Button>
  );
}

function ConflictField(props: {
  conflict: FieldConflict;
  label: string;
  choice: Choice;
  onChoose: (change: Partial<Choice>) => void;
}) {
  const { say } = useSpeech();
  const words = useFieldValue();
  const { conflict, choice, onChoose } = props;
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <Text component="legend" fw={650} mb="xs">
        {props.label}
      </Text>
      <div className={dialog.sides}>
        {(['yours', 'theirs'] as const).map((side) => (
          <div key={side} className={dialog.side} data-chosen={choice.side === side || undefined}>
            <Text c="dimmed">{say(side === 'yours' ? 'case.conflict.yours' : 'case.conflict.theirs')}</Text>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text must scroll by keyboard */}
            <div className={dialog.sideText} tabIndex={0}>
              {words(conflict.field, conflict[side]) || say('case.conflict.empty')}
            </div>
            <Button
              variant={choice.side === side ? 'filled' : 'default'}
              aria-pressed={choice.side === side}
              onClick={() => onChoose({ side })}
            >
              {say(side === 'yours' ? 'case.conflict.keepYours' : 'case.conflict.keepTheirs')}
            </Button>
          </div>
        ))}
      </div>
      {bothTexts(conflict) && (
        <Stack gap="xs" mt="sm">
          <Button
            variant={choice.side === 'joined' ? 'filled' : 'default'}
            aria-pressed={choice.side === 'joined'}
            onClick={() => onChoose({ side: 'joined' })}
          >
            {say('case.conflict.combine')}
          </Button>
          {choice.side === 'joined' && (
            <Textarea
              label={say('case.conflict.combined')}
              autosize
              minRows={3}
              maxRows={12}
              value={choice.joined}
              onChange={(event) => onChoose({ joined: event.currentTarget.value })}
            />
          )}
        </Stack>
      )}
    </fieldset>
  );
}
