// Duty: the form that names a pattern, and changes it; says what somebody else saved meanwhile. Its fields: IssueFields.
import { Button } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { newId } from '../../../shared/ids.ts';
import type { IssueFields as Fields, IssueAnswer, IssuePage, StaleIssue } from '../../../shared/issues.ts';
import { ApiError } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DialogFoot } from '../../ui/DialogFoot.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { IssueFields } from './IssueFields.tsx';
import classes from './issues.module.css';
import { useCreateIssue, useReviseIssue } from './useIssues.ts';
import { fieldName, usePlacesWords } from './words.tsx';

const names = ['title', 'statement', 'themes', 'subThemes', 'municipalities'] as const;
type Name = (typeof names)[number];

interface Props {
  /** Null: a new one. */
  issue: IssuePage | null;
  /** What a new one begins with. */
  start?: Partial<Fields>;
  onClose: () => void;
  onDone: (answer: IssueAnswer) => void;
}

const staleOf = (error: unknown): StaleIssue | null =>
  error instanceof ApiError && error.code === 'issue.stale' ? (error.extra as unknown as StaleIssue) : null;

export function IssueForm({ issue, start = {}, onClose, onDone }: Props) {
  const { say } = useSpeech();
  const me = useMe();
  const explain = useFormFaults();
  const [id] = useState(() => issue?.id ?? newId());
  const [before] = useState<Fields>(() => ({
    title: issue?.title ?? '',
    statement: issue?.statement ?? '',
    themes: issue?.themes ?? start.themes ?? [],
    subThemes: issue?.subThemes ?? start.subThemes ?? [],
    municipalities:
      issue?.municipalities ?? start.municipalities ?? (me.municipality ? [me.municipality] : []),
  }));
  const [values, setValues] = useState(before);
  const [version, setVersion] = useState(issue?.version ?? 1);
  const [conflicts, setConflicts] = useState<StaleIssue['conflicts']>([]);
  const create = useCreateIssue();
  const revise = useReviseIssue(id);
  const error = create.error ?? revise.error;
  const faults = error && !staleOf(error) ? explain(error, names) : { fields: {}, whole: null };
  const done = {
    onSuccess: onDone,
    onError: (refused: unknown) => {
      const stale = staleOf(refused);
      if (!stale) return;
      setVersion(stale.version);
      setConflicts(stale.conflicts);
    },
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!issue) return create.mutate({ id, ...values }, done);
    // Only what was changed here, so that what somebody else changed meanwhile stays.
    const changed = names.filter((name) => JSON.stringify(values[name]) !== JSON.stringify(before[name]));
    revise.mutate({ ...Object.fromEntries(changed.map((name) => [name, values[name]])), version }, done);
  };
  /** What was refused was about the words before. */
  const type = (typed: Fields) => {
    setValues(typed);
    create.reset();
    revise.reset();
  };
  const isCoordinator = me.role === 'coordinator';
  return (
    <Dialog
      beside
      typed={values}
      onClose={onClose}
      title={say(issue ? 'issues.edit' : isCoordinator ? 'issues.open' : 'issues.propose')}
    >
      <form onSubmit={send} noValidate className={classes.stack}>
        <FormError words={faults.whole} />
        {conflicts.length > 0 && (
          <Conflicts
            conflicts={conflicts}
            onTake={(name, value) => {
              setValues({ ...values, [name]: value });
              setConflicts(conflicts.filter(({ field }) => field !== name));
            }}
          />
        )}
        <IssueFields values={values} onChange={type} faults={faults.fields} />
        <DialogFoot loading={create.isPending || revise.isPending}>
          {say(issue ? 'common.save' : isCoordinator ? 'issues.open' : 'issues.propose')}
        </DialogFoot>
      </form>
    </Dialog>
  );
}

function Conflicts({
  conflicts,
  onTake,
}: {
  conflicts: StaleIssue['conflicts'];
  onTake: (name: Name, value: unknown) => void;
}) {
  const { say, speaker, list } = useSpeech();
  const places = usePlacesWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const wordsOf = (field: string, value: unknown): string => {
    if (field === 'municipalities') return places(value as Fields['municipalities']);
    if (field === 'themes') return list((value as Fields['themes']).map((theme) => say(`theme.${theme}`)));
    if (field === 'subThemes')
      return list((value as Fields['subThemes']).map((one) => say(`subTheme.${one}`))) || say('common.all');
    return String(value);
  };
  return (
    <div ref={box} tabIndex={-1} className={classes.note} role="alert">
      <p>{say('issues.conflict')}</p>
      {conflicts.map(({ field, theirs, by }) => (
        <div key={field}>
          <b>{fieldName(speaker, field)}</b>
          <p className={classes.faint}>
            {say('issues.conflict.theirs', { name: by ?? say('common.nobody') })}
          </p>
          <p className={classes.theirs}>{wordsOf(field, theirs)}</p>
          <Button variant="default" size="sm" onClick={() => onTake(field as Name, theirs)}>
            {say('issues.conflict.take')}
          </Button>
        </div>
      ))}
    </div>
  );
}
