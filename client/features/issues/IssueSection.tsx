// Duty: on a case page, the structural issue that the case is an example of: read it, choose it, take it off, propose a new one.
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useId, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { IssueOfCase } from '../../../shared/issues.ts';
import { paths } from '../../app/paths.ts';
import { ApiError, isGone } from '../../lib/api.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Network, Plus, Search } from '../../ui/icons.ts';
import { useSaid } from '../../ui/said.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './issues.module.css';
import { useChoices, useIssueOfCase, useSetIssue } from './useIssues.ts';
import { IssueStatusWord } from './words.tsx';

export function IssueSection({ caseId }: { caseId: string; reference: string }) {
  const { say } = useSpeech();
  const id = useId();
  const asked = useIssueOfCase(caseId);
  const { tell, said } = useSaid();
  const [choosing, setChoosing] = useState(false);
  if (asked.error && isGone(asked.error)) return null;
  return (
    <section className={classes.box} aria-labelledby={id}>
      <div className={classes.boxHead}>
        <h2 id={id} className={classes.boxTitle}>
          {say('issues.one')}
        </h2>
      </div>
      {asked.data ? (
        <Shown
          caseId={caseId}
          answer={asked.data}
          choosing={choosing}
          onChoosing={setChoosing}
          onSaid={tell}
        />
      ) : asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <LoadingState />
      )}
      {said}
    </section>
  );
}

interface ShownProps {
  caseId: string;
  answer: IssueOfCase;
  choosing: boolean;
  onChoosing: (on: boolean) => void;
  onSaid: (words: string) => void;
}

function Shown({ caseId, answer, choosing, onChoosing, onSaid }: ShownProps) {
  const { say } = useSpeech();
  const explain = useFormFaults();
  const set = useSetIssue(caseId);
  const { data: issue, version, abilities } = answer;
  const put = (to: { id: string; reference: string } | null) =>
    set.mutate(
      { issue: to?.id ?? null, version },
      {
        onSuccess: () => {
          onChoosing(false);
          onSaid(
            to ? say('issues.onCase.linked', { reference: to.reference }) : say('issues.onCase.unlinked'),
          );
        },
      },
    );
  const isStale = set.error instanceof ApiError && set.error.code === 'case.stale';
  const fault = set.error && !isStale ? explain(set.error, ['issue']) : null;
  const wrong = isStale ? say('issues.onCase.conflict') : (fault?.fields.issue ?? fault?.whole ?? null);
  return (
    <>
      {issue ? (
        <>
          <p>
            <Link to={paths.issue.href(issue.mergedInto?.id ?? issue.id)} className={classes.textLink}>
              <span className={classes.reference}>{issue.reference}</span> {issue.title}
            </Link>
          </p>
          <p className={classes.rowFacts}>
            <IssueStatusWord status={issue.status} />
            <span>
              {issue.cases.total === null
                ? say('issues.cases.withheld')
                : say('issues.cases.total', { count: issue.cases.total })}
            </span>
          </p>
        </>
      ) : (
        <p className={classes.faint}>
          {say(abilities.link ? 'issues.onCase.none' : 'issues.onCase.noneRead')}
        </p>
      )}
      <FormError words={wrong} />
      {abilities.link && !choosing && (
        <div className={`${classes.foot} no-print`}>
          <Button
            variant="light"
            leftSection={<Network size={18} aria-hidden />}
            onClick={() => {
              set.reset();
              onChoosing(true);
            }}
          >
            {say(issue ? 'issues.onCase.change' : 'issues.onCase.choose')}
          </Button>
          {issue && (
            <Button variant="subtle" color="gray" loading={set.isPending} onClick={() => put(null)}>
              {say('issues.onCase.remove')}
            </Button>
          )}
        </div>
      )}
      {abilities.link && choosing && (
        <Choices
          about={answer.caseFile}
          caseId={caseId}
          pending={set.isPending}
          onPut={put}
          onClose={() => onChoosing(false)}
        />
      )}
    </>
  );
}

function Choices(props: {
  caseId: string;
  about: IssueOfCase['caseFile'];
  pending: boolean;
  onPut: (issue: { id: string; reference: string }) => void;
  onClose: () => void;
}) {
  const { say } = useSpeech();
  const [words, setWords] = useState('');
  const [q] = useDebouncedValue(words.trim(), 250);
  const field = useRef<HTMLInputElement>(null);
  const asked = useChoices(props.caseId, q);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className={`${classes.stack} no-print`}>
      <TextInput
        type="search"
        label={say('issues.onCase.search')}
        leftSection={<Search size={18} aria-hidden />}
        value={words}
        maxLength={200}
        onChange={(event) => setWords(event.currentTarget.value)}
        ref={field}
      />
      {asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : !asked.data ? (
        <LoadingState />
      ) : asked.data.length === 0 ? (
        <p role="status">{say('issues.onCase.noneFit')}</p>
      ) : (
        <ul className={`${classes.choices} ${classes.scroll}`}>
          {asked.data.map((choice) => (
            <li key={choice.id}>
              <button
                type="button"
                className={classes.choice}
                disabled={props.pending}
                onClick={() => props.onPut(choice)}
              >
                <span className={classes.reference}>{choice.reference}</span> {choice.title}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.foot}>
        <Button
          component={Link}
          to={`${paths.issues.href()}?${new URLSearchParams({ propose: props.caseId, ...props.about })}`}
          variant="default"
          leftSection={<Plus size={18} aria-hidden />}
        >
          {say('issues.propose')}
        </Button>
        <Button variant="subtle" color="gray" onClick={props.onClose}>
          {say('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
