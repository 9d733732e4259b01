// Duty: the words of a letter before it is sent: edit, fill the template again in another language, save. What is typed stays when saving fails.
import { Button, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { type LetterLanguage, letterLanguages, letterLimits } from '../../../shared/letterLists.ts';
import type { LetterPage } from '../../../shared/letters.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useKeptValues } from '../../lib/keptValues.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Save } from '../../ui/icons.ts';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import classes from './institutions.module.css';
import { useEditLetter, useTemplate } from './useLetters.ts';

interface Props {
  letter: LetterPage;
  onSaid: (words: string) => void;
  /** Whether something is typed that is not saved: sending waits for it. */
  onUnsaved: (unsaved: boolean) => void;
}

type Words = Pick<LetterPage, 'subject' | 'body' | 'language'>;
const wordsOf = ({ subject, body, language }: Words): Words => ({ subject, body, language });

export function LetterDraft({ letter, onSaid, onUnsaved }: Props) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const edit = useEditLetter(letter.id);
  const template = useTemplate(letter.id);
  // Begun here before and not saved. A name without a dot, which would be taken for a case's.
  const [left, keep] = useKeptValues<Words & { version: number }>(`letter ${letter.id}`);
  const [base, setBase] = useState(left ? { ...letter, version: left.version } : letter);
  const [words, setWords] = useState<Words>(left ? wordsOf(left) : wordsOf(letter));
  const write = (next: Words) => {
    setWords(next);
    const differs = (Object.keys(next) as (keyof Words)[]).some((field) => next[field] !== base[field]);
    keep(differs ? { ...next, version: base.version } : null);
  };
  const [asking, setAsking] = useState<LetterLanguage | null>(null);
  const unsaved =
    words.subject !== base.subject || words.body !== base.body || words.language !== base.language;
  useEffect(() => onUnsaved(unsaved), [unsaved, onUnsaved]);
  // Somebody else's words are shown at once where nothing was typed here; otherwise saving says that they differ.
  if (letter.version !== base.version && !unsaved) {
    setBase(letter);
    setWords(wordsOf(letter));
  }
  const faults = edit.error ? explain(edit.error, ['subject', 'body', 'language']) : null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate(
      { version: base.version, ...words },
      {
        onSuccess: ({ data }) => {
          setBase(data);
          keep(null);
          onSaid(say('letters.saved'));
        },
        // Looked at once more; saving again then replaces what somebody else wrote, knowingly.
        onError: () => setBase({ ...base, version: letter.version }),
      },
    );
  };
  const fill = (language: LetterLanguage) =>
    template.mutate(language, {
      onSuccess: ({ data }) => {
        write({ ...data, language });
        setAsking(null);
      },
    });
  return (
    <form onSubmit={save} noValidate className={classes.box}>
      <Stack>
        <FormError words={faults?.whole ?? null} />
        <div className={classes.pair}>
          <NativeSelect
            label={say('letters.field.language')}
            value={words.language}
            onChange={(event) => setAsking(event.currentTarget.value as LetterLanguage)}
            data={letterLanguages.map((one) => ({ value: one, label: say(`letters.language.${one}`) }))}
            error={faults?.fields.language}
          />
          <Button variant="default" className={classes.end} onClick={() => setAsking(words.language)}>
            {say('letters.refill')}
          </Button>
        </div>
        <TextInput
          label={say('letters.field.subject')}
          value={words.subject}
          onChange={(event) => write({ ...words, subject: event.currentTarget.value })}
          error={faults?.fields.subject}
          maxLength={letterLimits.subject}
          required
        />
        <Textarea
          label={say('letters.field.body')}
          value={words.body}
          onChange={(event) => write({ ...words, body: event.currentTarget.value })}
          error={faults?.fields.body}
          maxLength={letterLimits.body}
          autosize
          minRows={12}
          maxRows={30}
          required
        />
        <PersonalDataWarning
          caseId={letter.case?.id ?? null}
          language={words.language}
          texts={(['subject', 'body'] as const).map((name) => ({
            value: words[name],
            set: (text) => write({ ...words, [name]: text }),
          }))}
        />
        <div className={classes.foot}>
          {unsaved && <span className={classes.faint}>{say('letters.unsaved')}</span>}
          <Button
            type="submit"
            loading={edit.isPending}
            disabled={!unsaved}
            leftSection={<Save size={18} aria-hidden />}
          >
            {say('common.save')}
          </Button>
        </div>
      </Stack>
      <ConfirmDialog
        opened={asking !== null}
        title={say('letters.refill')}
        confirm={say('letters.refill')}
        loading={template.isPending}
        onConfirm={() => asking && fill(asking)}
        onClose={() => setAsking(null)}
      >
        {say('letters.refillAsk')}
      </ConfirmDialog>
    </form>
  );
}
