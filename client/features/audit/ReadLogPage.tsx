// Duty: the administrator's read log: found by person, record, what was done, refusal and day; older on demand. Nothing here can be changed.
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { AuditRow } from '../../../shared/audit.ts';
import { auditVerbs } from '../../../shared/auditLists.ts';
import { ApiError } from '../../lib/api.ts';
import { formFaults } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { ScrollText } from '../../ui/icons.ts';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { RelativeTime } from '../../ui/words.tsx';
import classes from './audit.module.css';
import { LogSummary } from './LogSummary.tsx';
import { type LogFilter, noFilter, useAuditSummary, usePeople, useReadLog } from './useAudit.ts';

export function ReadLogPage() {
  const { say, speaker, compare } = useSpeech();
  const [filter, setFilter] = useState(noFilter);
  const [settled] = useDebouncedValue(filter, 300);
  const log = useReadLog(settled);
  const summary = useAuditSummary();
  const people = usePeople();
  const set = (change: Partial<LogFilter>) => setFilter({ ...filter, ...change });
  const faults =
    log.error instanceof ApiError && log.error.status === 422
      ? formFaults(speaker, log.error, ['record', 'from', 'to']).fields
      : {};
  const isFault = Object.keys(faults).length > 0;
  const rows = log.data?.pages.flatMap(({ data }) => data) ?? [];
  const columns: Column<AuditRow>[] = [
    {
      key: 'who',
      head: say('audit.who'),
      cell: ({ by }) => (
        <>
          {by ? (by.name ?? by.id.slice(0, 8)) : say('audit.stranger')}
          {by?.role && <span className={classes.under}>{say(`role.${by.role}`)}</span>}
        </>
      ),
    },
    { key: 'what', head: say('audit.verb'), cell: (row) => <What row={row} /> },
    {
      key: 'records',
      head: say('audit.record'),
      cell: ({ records }) =>
        records.length > 0 && (
          <span className={classes.records}>
            {records.slice(0, 3).map(({ id, reference }) => (
              <span key={id}>{reference ?? `${id.slice(0, 8)}…`}</span>
            ))}
            {records.length > 3 && <span>+{records.length - 3}</span>}
          </span>
        ),
    },
    { key: 'outcome', head: say('audit.outcome'), cell: (row) => <Outcome row={row} /> },
    { key: 'when', head: say('audit.when'), cell: ({ at }) => <RelativeTime when={at} /> },
  ];
  return (
    <Page>
      <PageHead title={say('audit.title')} tabTitle={say('audit.title')} lead={say('audit.lead')} />
      {summary.data && <LogSummary {...summary.data} />}
      <search className={classes.filters} aria-label={say('audit.find')}>
        <NativeSelect
          label={say('audit.who')}
          value={filter.by}
          onChange={(event) => set({ by: event.currentTarget.value })}
          data={[
            { value: '', label: say('audit.anybody') },
            ...(people.data ?? [])
              .toSorted((a, b) => compare(a.name, b.name))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <TextInput
          label={say('audit.record')}
          placeholder={say('audit.recordHint')}
          value={filter.record}
          onChange={(event) => set({ record: event.currentTarget.value })}
          error={faults.record}
        />
        <NativeSelect
          label={say('audit.verb')}
          value={filter.verb}
          onChange={(event) => set({ verb: event.currentTarget.value })}
          data={[
            { value: '', label: say('audit.anything') },
            ...auditVerbs.map((verb) => ({ value: verb, label: say(`audit.verb.${verb}`) })),
          ]}
        />
        <TextInput
          type="date"
          label={say('audit.from')}
          value={filter.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
          error={faults.from}
        />
        <TextInput
          type="date"
          label={say('audit.to')}
          value={filter.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
          error={faults.to}
        />
        <Checkbox
          className={classes.tick}
          label={say('audit.deniedOnly')}
          checked={filter.denied}
          onChange={(event) => set({ denied: event.currentTarget.checked })}
        />
      </search>
      {log.error && !isFault ? (
        <ErrorState error={log.error} onRetry={() => void log.refetch()} />
      ) : !log.data ? (
        !isFault && <LoadingState />
      ) : rows.length === 0 && !log.hasNextPage ? (
        <EmptyState icon={ScrollText} title={say('audit.none')} text={say('audit.noneText')} />
      ) : (
        <>
          <DataTable caption={say('audit.title')} columns={columns} rows={rows} rowKey={({ id }) => id} />
          {rows.length === 0 && <p className={classes.faint}>{say('audit.goOn')}</p>}
          <MoreButton list={log} mt="md">
            {say('audit.more')}
          </MoreButton>
        </>
      )}
    </Page>
  );
}

function What({ row }: { row: AuditRow }) {
  const { say, list } = useSpeech();
  return (
    <>
      {say(`audit.verb.${row.verb}`)}
      <code className={classes.route}>{row.route}</code>
      {row.filters.length > 0 && (
        <span className={classes.under}>{say('audit.filters', { names: list(row.filters) })}</span>
      )}
      {row.rows !== null && <span className={classes.under}>{say('audit.found', { count: row.rows })}</span>}
    </>
  );
}

function Outcome({ row }: { row: AuditRow }) {
  const { say } = useSpeech();
  const word = row.denied ? 'denied' : row.status === 0 ? 'begun' : row.status < 400 ? 'answered' : 'failed';
  return (
    <>
      <span className={row.denied ? classes.refusal : undefined}>{say(`audit.${word}`)}</span>
      {row.status >= 400 && (
        <span className={classes.under}>
          {row.status} {row.code}
        </span>
      )}
    </>
  );
}
