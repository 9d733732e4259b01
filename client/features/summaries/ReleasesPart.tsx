// Duty: all releases with where each stands, and the form that freezes a period. One release's own page: ReleasePage.
import { Anchor, Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { newId } from '../../../shared/api.ts';
import type { ReleaseSummary } from '../../../shared/releases.ts';
import type { Period } from '../../../shared/summaries.ts';
import { periodName } from '../../../shared/summaryWords.ts';
import { paths } from '../../app/paths.ts';
import { dayIn } from '../../lib/days.ts';
import { useFormFaults } from '../../lib/faults.ts';
import { useSay, useSpeech } from '../../lib/i18n.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { FormError } from '../../ui/FormError.tsx';
import { Snowflake } from '../../ui/icons.ts';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import { PeriodFields, periodsOf } from './PeriodFields.tsx';
import classes from './summaries.module.css';
import { useFigureSpeech } from './useFigureSpeech.ts';
import { useFreeze, useReleases } from './useFigures.ts';

export function ReleasesPart() {
  const say = useSay();
  const speech = useFigureSpeech();
  const releases = useReleases();
  return (
    <>
      <FreezeForm />
      {releases.error ? (
        <ErrorState error={releases.error} onRetry={() => void releases.refetch()} />
      ) : !releases.data ? (
        <LoadingState />
      ) : releases.data.length === 0 ? (
        <EmptyState
          icon={Snowflake}
          title={say('figures.releases.empty')}
          text={say('figures.releases.empty.text')}
        />
      ) : (
        <DataTable
          caption={say('figures.tab.releases')}
          rows={releases.data}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'period',
              head: say('summaries.period'),
              cell: (row) => (
                <>
                  <Anchor component={Link} inherit underline="always" to={paths.release.href(row.id)}>
                    {periodName(row.period, speech)}
                  </Anchor>{' '}
                  {row.example && <ExampleBadge />}
                </>
              ),
            },
            { key: 'version', head: say('summaries.column.version'), cell: ({ number }) => number },
            { key: 'status', head: say('summaries.choose'), cell: (row) => <Standing release={row} /> },
            {
              key: 'when',
              head: say('summaries.tab.when'),
              cell: ({ publishedAt, createdAt }) => <RelativeTime when={publishedAt ?? createdAt} />,
            },
          ]}
        />
      )}
    </>
  );
}

/** In words; while it is being counted, how far. */
export function Standing({ release }: { release: ReleaseSummary }) {
  const { say, number } = useSpeech();
  const { status, progress, superseded, outdated } = release;
  const more = [
    status === 'freezing' &&
      say('figures.status.counting', { done: number(progress.done), total: number(progress.total) }),
    superseded && say('figures.status.superseded'),
    outdated && say('figures.status.outdated'),
  ].filter(Boolean);
  return (
    <>
      <strong>{say(`figures.status.${status}`)}</strong>
      {more.length > 0 && ` (${more.join(', ')})`}
    </>
  );
}

function FreezeForm() {
  const say = useSay();
  const explain = useFormFaults();
  const navigate = useNavigate();
  const freeze = useFreeze();
  const today = dayIn(0);
  const [period, setPeriod] = useState<Period>(() => periodsOf('quarter', { future: false, today })[1]!);
  const faults = freeze.error ? explain(freeze.error, ['period']) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    freeze.mutate(
      { id: newId(), period },
      { onSuccess: ({ data }) => void navigate(paths.release.href(data.id)) },
    );
  };
  return (
    <form className={classes.freeze} onSubmit={submit} noValidate aria-label={say('figures.freeze')}>
      <FormError words={faults?.whole ?? null} />
      <PeriodFields value={period} onChange={setPeriod} today={today} error={faults?.fields.period} />
      <div className={classes.freezeFoot}>
        <p className={classes.faint}>{say('figures.freeze.about')}</p>
        <Button type="submit" loading={freeze.isPending} leftSection={<Snowflake size={18} aria-hidden />}>
          {say('figures.freeze')}
        </Button>
      </div>
    </form>
  );
}
