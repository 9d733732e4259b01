// Duty: one move of a letter in a dialog: asks what it needs, sends it, says what the server refuses beside its field. A reply's file goes first.
import { FileInput, NativeSelect, Progress, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { newId } from '../../../shared/ids.ts';
import { type LetterMoveName, letterLimits, sendingWays } from '../../../shared/letterLists.ts';
import type { LetterMoveInput } from '../../../shared/letterMoves.ts';
import type { LetterAnswer, LetterPage } from '../../../shared/letters.ts';
import { dayIn } from '../../lib/days.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Paperclip } from '../../ui/icons.ts';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import { useAddFile, useMoveLetter } from './useLetters.ts';

const acceptedFiles = 'image/jpeg,image/png,image/webp,application/pdf';
const shown = ['on', 'way', 'protocol', 'replyBy', 'summary', 'reason', 'file'];

interface Props {
  move: Exclude<LetterMoveName, 'escalate'>;
  letter: LetterPage;
  onClose: () => void;
  onDone: (answer: LetterAnswer) => void;
}

export function MoveLetterDialog({ move, letter, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const send = useMoveLetter(letter.id);
  const addFile = useAddFile(letter.id);
  const [values, setValues] = useState({
    on: dayIn(0),
    way: 'post',
    protocol: '',
    replyBy: '',
    summary: '',
    reason: '',
  });
  const [file, setFile] = useState<{ id: string; file: File; kept: boolean } | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const change = (next: Partial<typeof values>) => setValues((before) => ({ ...before, ...next }));
  const isReply = move === 'answer' || move === 'refuse';
  const error = addFile.error ?? send.error;
  const faults = error ? explain(error, shown) : null;
  const body = (version: number): LetterMoveInput => {
    const { on, way, protocol, replyBy, summary, reason } = values;
    const number = protocol.trim() ? { protocol } : {};
    switch (move) {
      case 'send':
        return { move, on, way, ...number, ...(replyBy ? { replyBy } : {}), version } as LetterMoveInput;
      case 'acknowledge':
        return { move, on, protocol, version };
      case 'extend':
        return { move, on, ...(reason.trim() ? { reason } : {}), version };
      case 'withdraw':
        return { move, reason, version };
      default:
        return { move, on, summary, ...number, version };
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    send.reset();
    let version = letter.version;
    // A file that was kept is not sent again when only the move was refused.
    if (file && !file.kept) {
      try {
        const answer = await addFile.mutateAsync({ ...file, onProgress: setShare });
        setFile({ ...file, kept: true });
        version = answer.data.version;
      } catch {
        setShare(null);
        return;
      }
      setShare(null);
    }
    send.mutate(body(version), { onSuccess: onDone });
  };
  const text = (name: 'summary' | 'reason', required: boolean) => (
    <>
      <Textarea
        label={say(`letters.ask.${name}`)}
        value={values[name]}
        onChange={(event) => change({ [name]: event.currentTarget.value })}
        error={faults?.fields[name]}
        maxLength={letterLimits.summary}
        autosize
        minRows={2}
        maxRows={8}
        required={required}
      />
      <PersonalDataWarning
        caseId={letter.case?.id ?? null}
        texts={[{ value: values[name], set: (text) => change({ [name]: text }) }]}
      />
    </>
  );
  return (
    <Dialog
      typed={[values, file?.id]}
      onClose={onClose}
      title={`${letter.reference}: ${say(`letters.move.${move}`)}`}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <FormError words={faults?.whole ?? null} />
          {move !== 'withdraw' && (
            <DayInput
              label={say('letters.ask.on')}
              value={values.on}
              onChange={(on) => change({ on })}
              error={faults?.fields.on}
              quick={[0, -1]}
            />
          )}
          {move === 'send' && (
            <NativeSelect
              label={say('letters.ask.way')}
              value={values.way}
              onChange={(event) => change({ way: event.currentTarget.value })}
              data={sendingWays.map((way) => ({ value: way, label: say(`letters.way.${way}`) }))}
              error={faults?.fields.way}
            />
          )}
          {(move === 'send' || move === 'acknowledge' || isReply) && (
            <TextInput
              label={
                move === 'send'
                  ? `${say('letters.ask.protocol')} (${say('common.optional')})`
                  : move === 'acknowledge'
                    ? say('letters.ask.theirProtocol')
                    : `${say('letters.ask.theirProtocol')} (${say('common.optional')})`
              }
              value={values.protocol}
              onChange={(event) => change({ protocol: event.currentTarget.value })}
              error={faults?.fields.protocol}
              maxLength={letterLimits.protocol}
              required={move === 'acknowledge'}
            />
          )}
          {move === 'send' && letter.rule === null && (
            <DayInput
              label={say('letters.ask.replyBy')}
              description={say('letters.clock.noRule')}
              value={values.replyBy}
              onChange={(replyBy) => change({ replyBy })}
              error={faults?.fields.replyBy}
              quick={[7, 14, 30]}
            />
          )}
          {isReply && text('summary', true)}
          {move === 'withdraw' && text('reason', true)}
          {move === 'extend' && text('reason', false)}
          {isReply && (
            <FileInput
              label={`${say('letters.files.one')} (${say('common.optional')})`}
              description={say('letters.files.hint')}
              leftSection={<Paperclip size={18} aria-hidden />}
              accept={acceptedFiles}
              value={file?.file ?? null}
              onChange={(chosen) => {
                addFile.reset();
                setFile(chosen && { id: newId(), file: chosen, kept: false });
              }}
              error={faults?.fields.file}
              clearable
            />
          )}
          {share !== null && <Progress value={share * 100} aria-label={say('letters.files.one')} />}
          <DialogFoot
            loading={send.isPending || addFile.isPending}
            color={move === 'withdraw' ? 'alarm' : undefined}
          >
            {say(`letters.move.${move}`)}
          </DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
