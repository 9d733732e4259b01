// Duty: notes of a case, newest first; a note being written is kept on the device and sent through the outbox.
import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { limits } from '../../../shared/caseLists.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import type { CasePage } from '../../../shared/caseViews.ts';
import { newId } from '../../../shared/ids.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { useOutbox } from '../../lib/offline.tsx';
import { ownTexts } from '../../lib/ownStore.ts';
import { useMe } from '../../lib/session.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { PersonalDataWarning } from '../../ui/PersonalDataWarning.tsx';
import { PersonName, RelativeTime } from '../../ui/words.tsx';
import classes from './page.module.css';
import { Section } from './Section.tsx';
import { type CaseAnswer, useKeepAnswer } from './useCases.ts';

interface Props {
  caseFile: CasePage;
  may: boolean;
  onSaid: (words: string) => void;
}

export function NotesSection({ caseFile, may, onSaid }: Props) {
  const say = useSay();
  return (
    <Section title={say('case.page.notes')}>
      {may && <NoteForm caseFile={caseFile} onSaid={onSaid} />}
      {caseFile.notes.length === 0 && !may && <p className={classes.faint}>{say('case.note.empty')}</p>}
      <ul className={classes.notes}>
        {caseFile.notes
          .toSorted((a, b) => b.at.localeCompare(a.at))
          .map((note) => (
            <li key={note.id} className={classes.note}>
              <div className={classes.by}>
                <PersonName person={note.by} />
                <RelativeTime when={note.at} />
              </div>
              <p className={classes.prose}>{note.text}</p>
            </li>
          ))}
      </ul>
    </Section>
  );
}

function NoteForm({ caseFile, onSaid }: Omit<Props, 'may'>) {
  const say = useSay();
  const me = useMe();
  const outbox = useOutbox();
  const explain = useFormFaults();
  const keepAnswer = useKeepAnswer(caseFile.id);
  const texts = ownTexts(me.id);
  const name = `note.${caseFile.id}`;
  const [text, setText] = useState(() => texts.get(name) ?? '');
  const [sending, setSending] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const write = (next: string) => {
    setText(next);
    texts.set(name, next || null);
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    setSending(true);
    setWrong(null);
    try {
      const id = newId();
      const answer = await outbox.post<CaseAnswer>({
        id,
        method: 'POST',
        path: casePaths.notes(caseFile.id),
        body: { id, text: text.trim() },
      });
      if (answer) keepAnswer(answer);
      write('');
      onSaid(say(answer ? 'case.history.noted' : 'case.note.kept'));
    } catch (error) {
      const { fields, whole } = explain(error, ['text']);
      setWrong(fields.text ?? whole);
    } finally {
      setSending(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)} className={`${classes.form} no-print`}>
      <Textarea
        aria-label={say('case.note.add')}
        placeholder={say('case.note.placeholder')}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        maxLength={limits.note}
        autosize
        minRows={2}
        maxRows={12}
      />
      <PersonalDataWarning caseId={caseFile.id} texts={[{ value: text, set: write }]} />
      <FormError words={wrong} />
      {text.trim() && (
        <div className={classes.formFoot}>
          <Button type="submit" loading={sending}>
            {say('case.note.add')}
          </Button>
        </div>
      )}
    </form>
  );
}
