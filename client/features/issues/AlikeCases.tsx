// Duty: cases that look like those of an issue, or that words find: choose some, see what will become of each, put them behind it.
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useId, useState } from 'react';
import type { CaseRow } from '../../../shared/caseViews.ts';
import type { IssuePage, LinkResult, SuggestedCase } from '../../../shared/issues.ts';
import { refusalWords, useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { CircleCheck, CircleX, Search } from '../../ui/icons.ts';
import { StatusWord } from '../../ui/StatusWord.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { CaseLink } from '../../ui/words.tsx';
import classes from './issues.module.css';
import { useAlike, useCasesFor, useLinkCases } from './useIssues.ts';

/** From here on words and theme agree so much that it is worth saying. */
const veryAlike = 0.65;

export function AlikeCases({ issue, onSaid }: { issue: IssuePage; onSaid: (words: string) => void }) {
  const { say } = useSpeech();
  const id = useId();
  const [words, setWords] = useState('');
  const [q] = useDebouncedValue(words.trim(), 250);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [previewing, setPreviewing] = useState(false);
  const alike = useAlike(issue.id, q === '');
  const { themes: theme, municipalities: municipality } = issue;
  const found = useCasesFor(q === '' ? null : { q, theme, municipality });
  const asked = q === '' ? alike : found;
  const rows: (CaseRow & Partial<SuggestedCase>)[] = (q === '' ? alike.data : found.data?.data) ?? [];
  const shown = rows.filter((row) => chosen.has(row.id));
  const toggle = (caseId: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(caseId)) after.add(caseId);
      return after;
    });
  return (
    <section className={`${classes.box} no-print`} aria-labelledby={id}>
      <div className={classes.boxHead}>
        <h2 id={id} className={classes.boxTitle}>
          {say('issues.alike')}
        </h2>
        {rows.length > 1 && (
          <Button variant="subtle" size="sm" onClick={() => setChosen(new Set(rows.map((row) => row.id)))}>
            {say('issues.alike.all')}
          </Button>
        )}
      </div>
      <p className={classes.faint}>{say('issues.alike.about')}</p>
      <TextInput
        type="search"
        label={say('issues.alike.search')}
        leftSection={<Search size={18} aria-hidden />}
        value={words}
        maxLength={200}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setChosen(new Set());
        }}
      />
      {asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : !asked.data ? (
        <LoadingState />
      ) : rows.length === 0 ? (
        <p role="status">{say('issues.alike.none')}</p>
      ) : (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <Row key={row.id} row={row} chosen={chosen.has(row.id)} onToggle={() => toggle(row.id)} />
          ))}
        </ul>
      )}
      {shown.length > 0 && (
        <Button onClick={() => setPreviewing(true)}>
          {say('issues.alike.put', { count: shown.length })}
        </Button>
      )}
      {previewing && (
        <Preview
          issueId={issue.id}
          ids={shown.map((row) => row.id)}
          onClose={() => setPreviewing(false)}
          onDone={(results) => {
            setPreviewing(false);
            setChosen(new Set());
            const refused = results.filter(({ ok }) => !ok).length;
            const done = say('issues.preview.done', { done: results.length - refused });
            onSaid(refused > 0 ? `${done} ${say('issues.preview.refused', { count: refused })}` : done);
          }}
        />
      )}
    </section>
  );
}

function Row(props: { row: CaseRow & Partial<SuggestedCase>; chosen: boolean; onToggle: () => void }) {
  const { say } = useSpeech();
  const placeName = usePlaceName();
  const { row } = props;
  return (
    <li className={classes.row}>
      <input
        type="checkbox"
        checked={props.chosen}
        onChange={props.onToggle}
        aria-label={`${row.reference} ${row.title}`}
      />
      <div>
        <CaseLink id={row.id} reference={row.reference} title={row.title} />
        <div className={classes.rowFacts}>
          <span>{placeName(row.municipality, row.settlement)}</span>
          <span>{say(`subTheme.${row.subTheme}`)}</span>
          <StatusWord status={row.status} />
          {row.likeness !== undefined && (
            <span>{say(row.likeness >= veryAlike ? 'issues.alike.very' : 'issues.alike.some')}</span>
          )}
        </div>
      </div>
    </li>
  );
}

function Preview(props: {
  issueId: string;
  ids: string[];
  onClose: () => void;
  onDone: (results: LinkResult[]) => void;
}) {
  const { say, speaker } = useSpeech();
  const words = useErrorWords();
  const preview = useLinkCases(props.issueId);
  const link = useLinkCases(props.issueId);
  /** As they were when the dialog opened: live changes must not move what is being decided. */
  const [ids] = useState(props.ids);
  const { mutate, data, isIdle } = preview;
  if (isIdle) mutate({ ids, act: 'preview' });
  const results = data?.data ?? [];
  const going = results.filter(({ ok, already }) => ok && !already).length;
  const sentence = (result: LinkResult): string => {
    if (!result.ok) return refusalWords(speaker, result.code);
    if (result.already) return say('issues.preview.already');
    return result.from ? say('issues.preview.from', { reference: result.from }) : say('issues.preview.link');
  };
  const error = preview.error ?? link.error;
  return (
    <Dialog typed={null} onClose={props.onClose} title={say('issues.preview.title')}>
      <div className={classes.stack}>
        <FormError words={error ? words(error) : null} />
        {preview.isPending && <LoadingState />}
        <ul className={`${classes.rows} ${classes.scroll}`}>
          {results.map((result) => (
            <li key={result.id} className={classes.row}>
              {result.ok ? <CircleCheck size={20} aria-hidden /> : <CircleX size={20} aria-hidden />}
              <span>
                <b className={classes.reference}>{result.reference ?? say('error.notFound')}</b>{' '}
                {sentence(result)}
              </span>
            </li>
          ))}
        </ul>
        <div className={classes.foot}>
          <Button
            disabled={going === 0}
            loading={link.isPending}
            onClick={() =>
              link.mutate({ ids, act: 'link' }, { onSuccess: (answer) => props.onDone(answer.data) })
            }
          >
            {say('issues.alike.put', { count: going })}
          </Button>
          <Button variant="default" onClick={props.onClose}>
            {say('common.cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
