// Duty: the list of office holders as a form: add, change, end, take off. Somebody else's list is never overwritten unseen.
import { ActionIcon, Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { newId } from '../../../shared/ids.ts';
import type { InstitutionPage } from '../../../shared/institutions.ts';
import { ApiError } from '../../lib/api.ts';
import { dayIn } from '../../lib/days.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Plus, X } from '../../ui/icons.ts';
import classes from './institutions.module.css';
import { useSetPeople } from './useInstitutions.ts';

interface Props {
  institution: InstitutionPage;
  onClose: () => void;
  onDone: () => void;
}

export function PeopleDialog({ institution, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const save = useSetPeople(institution.id);
  const [people, setPeople] = useState(institution.people);
  const [version, setVersion] = useState(institution.version);
  const names = people.flatMap((_, at) =>
    ['name', 'office', 'from', 'to'].map((field) => `people.${at}.${field}`),
  );
  const faults = save.error ? explain(save.error, names) : null;
  const change = (at: number, next: Partial<(typeof people)[number]>) =>
    setPeople(people.map((person, index) => (index === at ? { ...person, ...next } : person)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { version, people },
      {
        onSuccess: onDone,
        // Saving again is then a decision about what was shown.
        onError: (error) => {
          if (error instanceof ApiError && error.status === 409) setVersion(Number(error.extra.version));
        },
      },
    );
  };
  return (
    <Dialog typed={people} onClose={onClose} size="lg" title={say('institutions.people.edit')}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <p className={classes.faint}>{say('institutions.people.about')}</p>
          <FormError words={faults?.whole ?? null} />
          {people.map((person, at) => (
            <fieldset key={person.id} className={classes.personRow}>
              <legend className={classes.hidden}>{person.name || say('institutions.people.add')}</legend>
              <TextInput
                label={say('institutions.people.name')}
                value={person.name}
                onChange={(event) => change(at, { name: event.currentTarget.value })}
                error={faults?.fields[`people.${at}.name`]}
                maxLength={120}
                required
              />
              <TextInput
                label={say('institutions.people.office')}
                value={person.office}
                onChange={(event) => change(at, { office: event.currentTarget.value })}
                error={faults?.fields[`people.${at}.office`]}
                maxLength={120}
                required
              />
              <TextInput
                type="date"
                label={say('institutions.people.from')}
                value={person.from}
                onChange={(event) => change(at, { from: event.currentTarget.value })}
                error={faults?.fields[`people.${at}.from`]}
                required
              />
              <TextInput
                type="date"
                label={say('institutions.people.to')}
                description={say('institutions.people.toHint')}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                value={person.to ?? ''}
                onChange={(event) => change(at, { to: event.currentTarget.value || null })}
                error={faults?.fields[`people.${at}.to`]}
              />
              <ActionIcon
                className={classes.end}
                aria-label={say('institutions.people.remove', { name: person.name || '–' })}
                onClick={() => setPeople(people.filter(({ id }) => id !== person.id))}
              >
                <X size={18} aria-hidden />
              </ActionIcon>
            </fieldset>
          ))}
          <Button
            variant="light"
            className={classes.start}
            leftSection={<Plus size={18} aria-hidden />}
            onClick={() =>
              setPeople([...people, { id: newId(), name: '', office: '', from: dayIn(0), to: null }])
            }
          >
            {say('institutions.people.add')}
          </Button>
          <DialogFoot loading={save.isPending}>{say('common.save')}</DialogFoot>
        </Stack>
      </form>
    </Dialog>
  );
}
