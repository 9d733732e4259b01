// Duty: the words and the day of one step; used to add and to change. Sending is the caller's.
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { limits } from '../../../shared/caseLists.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { FormError } from '../../ui/FormError.tsx';
import classes from './page.module.css';

interface Props {
  start: { title: string; due: string };
  saving: boolean;
  error: unknown;
  onSave: (values: { title: string; due: string }) => void;
  onCancel: () => void;
}

export function StepForm({ start, saving, error, onSave, onCancel }: Props) {
  const say = useSay();
  const explain = useFormFaults();
  const [title, setTitle] = useState(start.title);
  const [due, setDue] = useState(start.due);
  const [tried, setTried] = useState(false);
  const faults = error ? explain(error, ['title', 'due']) : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (title.trim() && due) onSave({ title: title.trim(), due });
  };
  return (
    <form
      onSubmit={send}
      className={`${classes.form} no-print`}
      noValidate
      style={{ paddingBlock: '0.75rem' }}
    >
      <FormError words={faults?.whole ?? null} />
      <TextInput
        label={say('case.plan.what')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        maxLength={limits.step}
        error={faults?.fields.title ?? (tried && !title.trim() ? say('fault.required') : undefined)}
        required
        autoFocus
      />
      <DayInput label={say('case.plan.when')} value={due} onChange={setDue} error={faults?.fields.due} />
      <div className={classes.formFoot}>
        <Button type="submit" loading={saving}>
          {say('common.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {say('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
