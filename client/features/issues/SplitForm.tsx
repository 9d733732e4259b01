// Duty: choose cases of an issue and name the new one that they go to.
import { Checkbox, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { newId } from '../../../shared/ids.ts';
import { issueLimits } from '../../../shared/issueLists.ts';
import type { IssueFields as Fields, IssuePage, IssueSplitAnswer } from '../../../shared/issues.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { LoadingState } from '../../ui/states.tsx';
import { IssueFields } from './IssueFields.tsx';
import classes from './issues.module.css';
import { useCasesFor, useSplitIssue } from './useIssues.ts';

const names = ['title', 'statement', 'themes', 'subThemes', 'municipalities', 'cases'] as const;

export function SplitForm(props: {
  issue: IssuePage;
  onClose: () => void;
  onDone: (answer: IssueSplitAnswer) => void;
}) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const { issue } = props;
  const [id] = useState(() => newId());
  const { themes, subThemes, municipalities } = issue;
  const [values, setValues] = useState<Fields>({
    title: '',
    statement: '',
    themes,
    subThemes,
    municipalities,
  });
  const [chosen, setChosen] = useState<string[]>([]);
  const asked = useCasesFor({ issue: issue.id }, issueLimits.bulk);
  const split = useSplitIssue(issue.id);
  const faults: { fields: Record<string, string>; whole: string | null } = split.error
    ? explain(split.error, names)
    : { fields: {}, whole: null };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    split.mutate({ id, ...values, cases: chosen, version: issue.version }, { onSuccess: props.onDone });
  };
  return (
    <Dialog beside typed={[values, chosen]} onClose={props.onClose} title={say('issues.split.title')}>
      <form onSubmit={submit} noValidate className={classes.stack}>
        <FormError words={faults.whole} />
        {!asked.data ? (
          <LoadingState />
        ) : asked.data.data.length === 0 ? (
          <p>{say('issues.split.none')}</p>
        ) : (
          <Checkbox.Group
            label={say('issues.split.cases')}
            value={chosen}
            onChange={setChosen}
            error={faults.fields.cases}
            required
          >
            <Stack gap="xs" mt={6}>
              {asked.data.data.map((row) => (
                <Checkbox key={row.id} value={row.id} label={`${row.reference} ${row.title}`} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <IssueFields
          values={values}
          onChange={(typed) => {
            setValues(typed);
            split.reset();
          }}
          faults={faults.fields}
        />
        <DialogFoot loading={split.isPending}>{say('issues.split.do')}</DialogFoot>
      </form>
    </Dialog>
  );
}
