// Duty: how long closed cases stay whole, which are due and held, and what each run anonymised; to administrators numbers alone. Forms are dialogs.
import { ActionIcon } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import type { CaseDue, CaseHeld, RetentionRule, RetentionRun } from '../../../shared/retention.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Pencil } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { CaseLink, RelativeTime } from '../../ui/words.tsx';
import { Counts } from './Counts.tsx';
import classes from './retention.module.css';
import { useRetention } from './useRetention.ts';

const MonthsDialog = lazy(async () => ({ default: (await import('./MonthsDialog.tsx')).MonthsDialog }));

export function RetentionPage() {
  const { say, date } = useSpeech();
  const placeName = usePlaceName();
  const { tell, said } = useSaid();
  const { data: answer, error, refetch } = useRetention();
  const [editing, setEditing] = useState<RetentionRule | null>(null);
  if (error) return <ErrorState whole error={error} onRetry={() => void refetch()} />;
  if (!answer) return <LoadingState />;
  const { rules, runs, held, dueSoon, heldCases, dueCases } = answer.data;
  const ruleColumns: Column<RetentionRule>[] = [
    { key: 'theme', head: say('retention.theme'), cell: ({ theme }) => say(`theme.${theme}`) },
    {
      key: 'months',
      head: say('retention.months'),
      cell: ({ months, from, monthsNow }) => (
        <>
          {say('retention.monthsOf', { count: months })}
          {from && (
            <span className={classes.under}>
              {say('retention.from', { day: date(from), count: monthsNow })}
            </span>
          )}
        </>
      ),
    },
  ];
  const about: Column<CaseDue | CaseHeld>[] = [
    {
      key: 'case',
      head: say('retention.case'),
      cell: ({ id, reference }) => <CaseLink id={id} reference={reference} />,
    },
    { key: 'theme', head: say('retention.theme'), cell: ({ theme }) => say(`theme.${theme}`) },
    { key: 'place', head: say('retention.place'), cell: ({ municipality }) => placeName(municipality) },
  ];
  const dueColumns: Column<CaseDue>[] = [
    ...about,
    { key: 'on', head: say('retention.dueOn'), cell: ({ dueOn }) => date(dueOn) },
  ];
  const heldColumns: Column<CaseHeld>[] = [
    ...about,
    { key: 'why', head: say('retention.why'), cell: ({ reason }) => say(`retention.reason.${reason}`) },
    { key: 'until', head: say('retention.until'), cell: ({ until }) => date(until) },
    { key: 'by', head: say('retention.owner'), cell: ({ by }) => by?.name ?? say('common.nobody') },
  ];
  const runColumns: Column<RetentionRun>[] = [
    {
      key: 'when',
      head: say('retention.when'),
      cell: ({ at, endedAt }) => (
        <>
          <RelativeTime when={at} />
          {!endedAt && <span className={classes.under}>{say('retention.running')}</span>}
        </>
      ),
    },
    {
      key: 'anonymised',
      head: say('retention.anonymised'),
      cell: ({ anonymised }) => <Counts counts={anonymised} />,
    },
    { key: 'held', head: say('retention.heldThen'), cell: (run) => <Counts counts={run.held} /> },
  ];
  return (
    <Page>
      <PageHead
        title={say('retention.title')}
        tabTitle={say('retention.title')}
        lead={say('retention.lead')}
      />
      <Part title={say('retention.rules')}>
        <DataTable
          caption={say('retention.rules')}
          columns={ruleColumns}
          rows={rules}
          rowKey={({ theme }) => theme}
          {...(answer.abilities.setRules
            ? {
                actionsHead: say('common.edit'),
                actions: (rule: RetentionRule) => (
                  <ActionIcon
                    aria-label={say('retention.edit', { theme: say(`theme.${rule.theme}`) })}
                    onClick={() => setEditing(rule)}
                  >
                    <Pencil size={20} aria-hidden />
                  </ActionIcon>
                ),
              }
            : {})}
        />
      </Part>
      <Part title={say('retention.dueSoon')}>
        {dueSoon.total === 0 ? <p>{say('retention.dueSoon.none')}</p> : <Counts counts={dueSoon} />}
        {dueCases && dueCases.length > 0 && (
          <DataTable
            caption={say('retention.dueSoon')}
            columns={dueColumns}
            rows={dueCases}
            rowKey={({ id }) => id}
          />
        )}
      </Part>
      <Part title={say('retention.held')}>
        {held.total === 0 ? <p>{say('retention.held.none')}</p> : <Counts counts={held} />}
        {heldCases && heldCases.length > 0 && (
          <DataTable
            caption={say('retention.held')}
            columns={heldColumns}
            rows={heldCases}
            rowKey={({ id }) => id}
          />
        )}
      </Part>
      <Part title={say('retention.runs')}>
        {runs.length === 0 ? (
          <p>{say('retention.runs.none')}</p>
        ) : (
          <DataTable
            caption={say('retention.runs')}
            columns={runColumns}
            rows={runs}
            rowKey={({ at }) => at}
          />
        )}
      </Part>
      <Suspense>
        {editing && (
          <MonthsDialog
            rule={rules.find(({ theme }) => theme === editing.theme) ?? editing}
            onClose={() => setEditing(null)}
            onDone={() => {
              setEditing(null);
              tell(say('common.saved'));
            }}
          />
        )}
      </Suspense>
      {said}
    </Page>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.part} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
