// Duty: choose the issue that this one becomes part of, say what that means, and do it.
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { IssueAnswer, IssuePage } from '../../../shared/issues.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Check, Search } from '../../ui/icons.ts';
import classes from './issues.module.css';
import { useIssues, useMergeIssue } from './useIssues.ts';

export function MergeDialog(props: {
  issue: IssuePage;
  onClose: () => void;
  onDone: (answer: IssueAnswer) => void;
}) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const { issue } = props;
  const [words, setWords] = useState('');
  const [q] = useDebouncedValue(words.trim(), 250);
  const [into, setInto] = useState<string | null>(null);
  const asked = useIssues({ q, theme: '', municipality: '', status: '' });
  const merge = useMergeIssue(issue.id);
  const faults = merge.error ? explain(merge.error, ['into']) : { fields: {}, whole: null };
  const rows = (asked.data?.pages ?? [])
    .flatMap((page) => page.data)
    .filter((row) => row.id !== issue.id && row.status !== 'closed');
  return (
    <Dialog typed={null} onClose={props.onClose} title={say('issues.merge')}>
      <div className={classes.stack}>
        <p>{say('issues.merge.about', { reference: issue.reference })}</p>
        <FormError words={faults.whole} />
        <TextInput
          type="search"
          label={say('issues.merge.into')}
          leftSection={<Search size={18} aria-hidden />}
          value={words}
          maxLength={200}
          onChange={(event) => setWords(event.currentTarget.value)}
          error={faults.fields.into}
          data-autofocus
        />
        <ul className={`${classes.choices} ${classes.scroll}`}>
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                className={classes.choice}
                aria-pressed={row.id === into}
                onClick={() => setInto(row.id)}
              >
                {row.id === into && <Check size={16} aria-hidden />}{' '}
                <span className={classes.reference}>{row.reference}</span> {row.title}
              </button>
            </li>
          ))}
        </ul>
        {asked.data && rows.length === 0 && <p role="status">{say('issues.noneFound')}</p>}
        <div className={classes.dialogFoot}>
          <Button variant="default" onClick={props.onClose}>
            {say('common.cancel')}
          </Button>
          <Button
            disabled={into === null}
            loading={merge.isPending}
            onClick={() =>
              into && merge.mutate({ into, version: issue.version }, { onSuccess: props.onDone })
            }
          >
            {say('issues.merge.do')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
