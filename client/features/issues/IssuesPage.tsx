// Duty: the list of structural issues with search and filters, and the way to name a new one. The form is IssueForm's.
import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { type MunicipalitySlug, municipalitySlugs } from '../../../shared/directoryLists.ts';
import { issueFilters } from '../../../shared/issueLists.ts';
import type { IssueAnswer, IssueRow } from '../../../shared/issues.ts';
import { allSubThemes, type SubTheme, type Theme, themes } from '../../../shared/themeLists.ts';
import { paths } from '../../app/paths.ts';
import { useAddress } from '../../lib/address.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Network, Plus } from '../../ui/icons.ts';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { NarrowTo, NarrowToMunicipality, SearchWords } from '../../ui/narrowing.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ExampleBadge } from '../../ui/words.tsx';
import classes from './issues.module.css';
import { type IssueFilters, putBehind, useIssues, useLiveIssues } from './useIssues.ts';
import { IssueStatusWord, ThemeMarks, usePlacesWords } from './words.tsx';

const IssueForm = lazy(async () => ({ default: (await import('./IssueForm.tsx')).IssueForm }));

const oneOf = <Value extends string>(list: readonly Value[], value: string | null): Value[] =>
  list.filter((one) => one === value);

const noFilters = { theme: '', municipality: '', status: '' };

const startIn = (search: URLSearchParams) => ({
  themes: oneOf<Theme>(themes, search.get('theme')),
  subThemes: oneOf<SubTheme>(allSubThemes, search.get('subTheme')),
  ...(search.get('municipality')
    ? { municipalities: oneOf<MunicipalitySlug>(municipalitySlugs, search.get('municipality')) }
    : {}),
});

function filtersIn(search: URLSearchParams): Omit<IssueFilters, 'q'> {
  const [theme = ''] = oneOf(themes, search.get('theme'));
  const [municipality = ''] = oneOf(municipalitySlugs, search.get('municipality'));
  const [status = ''] = oneOf(issueFilters, search.get('status'));
  return { theme, municipality, status };
}

export function IssuesPage() {
  const { say } = useSpeech();
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search, change, clear] = useAddress();
  const [words, setWords] = useState('');
  const [q] = useDebouncedValue(words.trim(), 250);
  const proposing = search.get('propose');
  // From a case's page: what the address names is what the form begins with, and no filter.
  const fromCase = proposing !== null && proposing !== 'new';
  const filters: IssueFilters = { ...(fromCase ? noFilters : filtersIn(search)), q: words };
  const narrow = ({ q, theme, municipality, status }: IssueFilters) => {
    setWords(q);
    change({ theme: theme || null, municipality: municipality || null, status: status || null });
  };
  const asked = useIssues({ ...filters, q });
  useLiveIssues();
  const pages = asked.data?.pages ?? [];
  const rows = pages.flatMap((page) => page.data);
  const first = pages[0];
  const mayPropose = first?.abilities.propose ?? false;
  const isPlain = !q && !filters.theme && !filters.municipality && !filters.status;
  const columns = useColumns();
  const open = () => change({ propose: 'new' });
  const openLabel = say(me.role === 'coordinator' ? 'issues.open' : 'issues.propose');
  const done = async ({ data }: IssueAnswer) => {
    // Where that fails the issue stands all the same, and its page offers the case.
    if (proposing && proposing !== 'new') await putBehind(client, proposing, data.id).catch(() => undefined);
    const said = data.status === 'open' ? 'made.open' : 'made.proposed';
    await navigate(paths.issue.href(data.id), { replace: true, state: { said, reference: data.reference } });
  };
  return (
    <Page>
      <PageHead
        title={say('issues.title')}
        tabTitle={say('issues.title')}
        lead={say('issues.about')}
        primary={mayPropose ? { label: openLabel, icon: Plus, onClick: open } : undefined}
      />
      {asked.error && !first ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : !first ? (
        <LoadingState />
      ) : rows.length === 0 && isPlain ? (
        <EmptyState
          icon={Network}
          title={say('issues.empty')}
          text={say(mayPropose ? 'issues.empty.text' : 'issues.empty.partner')}
        />
      ) : (
        <>
          <Filters filters={filters} onChange={narrow} oneMunicipality={me.municipality !== null} />
          <p className={classes.count} role="status">
            {say('issues.count', { count: first.total })}
          </p>
          {rows.length === 0 ? (
            <EmptyState icon={Network} title={say('issues.noneFound')} text={say('issues.noneFound.text')} />
          ) : (
            <DataTable caption={say('issues.title')} columns={columns} rows={rows} rowKey={(row) => row.id} />
          )}
          <MoreButton list={asked} mt="md" />
        </>
      )}
      <Suspense>
        {proposing && mayPropose && (
          <IssueForm
            issue={null}
            start={fromCase ? startIn(search) : { themes: [], subThemes: [] }}
            onClose={() => (fromCase ? clear() : change({ propose: null }))}
            onDone={(answer) => void done(answer)}
          />
        )}
      </Suspense>
    </Page>
  );
}

function useColumns(): Column<IssueRow>[] {
  const { say, number } = useSpeech();
  const places = usePlacesWords();
  return [
    {
      key: 'title',
      head: say('issues.issue'),
      cell: (row) => (
        <>
          <Link to={paths.issue.href(row.id)} className={classes.titleLink}>
            {row.title}
          </Link>
          <span className={classes.under}>
            <span className={classes.reference}>{row.reference}</span> {row.example && <ExampleBadge />}
          </span>
        </>
      ),
    },
    { key: 'themes', head: say('issues.themes'), cell: (row) => <ThemeMarks themes={row.themes} /> },
    { key: 'places', head: say('issues.municipalities'), cell: (row) => places(row.municipalities) },
    {
      key: 'cases',
      head: say('issues.cases'),
      cell: ({ cases }) => (cases.total === null ? say('issues.cases.few') : number(cases.total)),
    },
    { key: 'status', head: say('issues.status'), cell: (row) => <IssueStatusWord status={row.status} /> },
  ];
}

function Filters(props: {
  filters: IssueFilters;
  onChange: (filters: IssueFilters) => void;
  oneMunicipality: boolean;
}) {
  const { say } = useSpeech();
  const { filters, onChange } = props;
  return (
    <search className={classes.filters}>
      <SearchWords
        label={say('issues.search')}
        value={filters.q}
        onChange={(q) => onChange({ ...filters, q })}
      />
      <NarrowTo
        label={say('issues.themes')}
        all={say('issues.filter.theme')}
        value={filters.theme}
        values={themes}
        wordOf={(theme) => say(`theme.${theme}`)}
        onChange={(theme) => onChange({ ...filters, theme })}
      />
      {!props.oneMunicipality && (
        <NarrowToMunicipality
          label={say('issues.municipalities')}
          all={say('issues.filter.municipality')}
          value={filters.municipality}
          onChange={(municipality) => onChange({ ...filters, municipality })}
        />
      )}
      <NarrowTo
        label={say('issues.status')}
        all={say('issues.filter.status')}
        value={filters.status}
        values={issueFilters}
        wordOf={(status) => (status === 'live' ? say('issues.filter.live') : say(`issues.status.${status}`))}
        onChange={(status) => onChange({ ...filters, status })}
      />
    </search>
  );
}
