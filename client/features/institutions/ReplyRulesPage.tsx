// Duty: the rules of the reply clock and the public holidays, each a plain table; their forms are dialogs.
import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { nameOf } from '../../../shared/format.ts';
import { type LetterKind, letterKinds } from '../../../shared/letterLists.ts';
import type { Holiday } from '../../../shared/replyRules.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { CalendarPlus, Pencil } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import classes from './institutions.module.css';
import { useHolidays, useReplyRules } from './useInstitutions.ts';

const RuleDialog = lazy(async () => ({ default: (await import('./RuleDialog.tsx')).RuleDialog }));
const HolidaysDialog = lazy(async () => ({ default: (await import('./HolidaysDialog.tsx')).HolidaysDialog }));

export function ReplyRulesPage() {
  const { say, language, number, date } = useSpeech();
  const { tell, said } = useSaid();
  const rules = useReplyRules();
  const holidays = useHolidays();
  const [editing, setEditing] = useState<LetterKind | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [editingYear, setEditingYear] = useState<string | null>(null);
  const error = rules.error ?? holidays.error;
  if (error) return <ErrorState whole error={error} onRetry={() => void rules.refetch()} />;
  if (!rules.data || !holidays.data) return <LoadingState />;
  const may = rules.data.abilities.editRules;
  const ruleOf = (kind: LetterKind) => rules.data.data.find((one) => one.kind === kind);
  const years = holidays.data.data;
  const thisYear = String(new Date().getFullYear());
  const year = years.find((one) => one.year === (chosen ?? thisYear)) ?? years.at(-1);
  const nextYear = String(Math.max(Number(thisYear) - 1, ...years.map((one) => Number(one.year))) + 1);
  const ruleColumns: Column<LetterKind>[] = [
    { key: 'kind', head: say('replyRules.kind'), cell: (kind) => say(`letters.kind.${kind}`) },
    {
      key: 'days',
      head: say('replyRules.days'),
      cell: (kind) => {
        const rule = ruleOf(kind);
        return rule
          ? `${number(rule.days)} ${say(`replyRules.dayKind.${rule.dayKind}`)}`
          : say('replyRules.none');
      },
    },
    {
      key: 'extension',
      head: say('replyRules.extension'),
      cell: (kind) => {
        const rule = ruleOf(kind);
        return rule && number(rule.extensionDays);
      },
    },
    {
      key: 'silence',
      head: say('replyRules.silence'),
      cell: (kind) => {
        const rule = ruleOf(kind);
        return rule && say(`replyRules.silence.${rule.silence}`);
      },
    },
    {
      key: 'law',
      head: say('replyRules.law'),
      cell: (kind) => {
        const rule = ruleOf(kind);
        return (
          rule && (
            <>
              {nameOf(rule.law, language)}
              {!rule.checked && <span className={classes.under}>{say('replyRules.unchecked')}</span>}
            </>
          )
        );
      },
    },
  ];
  const dayColumns: Column<Holiday>[] = [
    { key: 'day', head: say('replyRules.day'), cell: ({ day }) => date(day) },
    { key: 'name', head: say('replyRules.name'), cell: ({ names }) => nameOf(names, language) },
    {
      key: 'sure',
      head: say('replyRules.sure'),
      cell: ({ sure }) => (sure ? say('common.yes') : <b>{say('replyRules.unsure')}</b>),
    },
  ];
  return (
    <Page>
      <PageHead
        title={say('replyRules.title')}
        tabTitle={say('replyRules.title')}
        lead={say('replyRules.about')}
      />
      <section aria-label={say('replyRules.rules')}>
        <h2 className={classes.groupTitle}>{say('replyRules.rules')}</h2>
        <DataTable
          caption={say('replyRules.rules')}
          columns={ruleColumns}
          rows={[...letterKinds]}
          rowKey={(kind) => kind}
          {...(may
            ? {
                actionsHead: say('common.edit'),
                actions: (kind: LetterKind) => (
                  <ActionIcon
                    aria-label={say('replyRules.edit', { kind: say(`letters.kind.${kind}`) })}
                    onClick={() => setEditing(kind)}
                  >
                    <Pencil size={20} aria-hidden />
                  </ActionIcon>
                ),
              }
            : {})}
        />
      </section>
      <section aria-label={say('replyRules.holidays')}>
        <h2 className={classes.groupTitle}>{say('replyRules.holidays')}</h2>
        <p className={classes.faint}>{say('replyRules.holidays.about')}</p>
        <div className={classes.filters}>
          <NativeSelect
            aria-label={say('replyRules.year')}
            value={year?.year ?? ''}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={years.map((one) => one.year)}
          />
          {may && year && (
            <Button
              variant="default"
              leftSection={<Pencil size={18} aria-hidden />}
              onClick={() => setEditingYear(year.year)}
            >
              {say('common.edit')}
            </Button>
          )}
          {may && (
            <Button
              variant="default"
              leftSection={<CalendarPlus size={18} aria-hidden />}
              onClick={() => setEditingYear(nextYear)}
            >
              {say('replyRules.addYear', { year: nextYear })}
            </Button>
          )}
        </div>
        {year && (
          <DataTable
            caption={`${say('replyRules.holidays')} ${year.year}`}
            columns={dayColumns}
            rows={year.days}
            rowKey={({ day }) => day}
          />
        )}
      </section>
      <Suspense>
        {editing && (
          <RuleDialog
            kind={editing}
            rule={ruleOf(editing) ?? null}
            onClose={() => setEditing(null)}
            onDone={() => {
              setEditing(null);
              tell(say('common.saved'));
            }}
          />
        )}
        {editingYear && (
          <HolidaysDialog
            year={editingYear}
            kept={years.find((one) => one.year === editingYear) ?? null}
            onClose={() => setEditingYear(null)}
            onDone={() => {
              setChosen(editingYear);
              setEditingYear(null);
              tell(say('common.saved'));
            }}
          />
        )}
      </Suspense>
      {said}
    </Page>
  );
}
