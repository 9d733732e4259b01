// Duty: the list of cases with its filters, and beside it (on a desktop) the case that is open. The URL holds the whole state.
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { Link, Outlet, useNavigate, useParams, useSearchParams } from 'react-router';
import type { CaseRow } from '../../../shared/caseViews.ts';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { FolderOpen } from '../../ui/icons.ts';
import { MoreButton } from '../../ui/MoreButton.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useSaid } from '../../ui/said.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { CaseLine } from './CaseLine.tsx';
import { FilterBar } from './FilterBar.tsx';
import { countFilters, countQuery, type Filters, readFilters, writeFilters } from './filters.ts';
import { ListMeta } from './ListMeta.tsx';
import classes from './list.module.css';
import { SavedTabs } from './SavedTabs.tsx';
import { useSelection } from './selection.ts';
import { useCaseCounts, useCaseList, useLiveLists } from './useCases.ts';

const BulkBar = lazy(async () => ({ default: (await import('./BulkBar.tsx')).BulkBar }));

export function CasesPage() {
  const say = useSay();
  const me = useMe();
  const navigate = useNavigate();
  const { id: openId } = useParams();
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => readFilters(params), [params]);
  const search = useMemo(() => writeFilters(filters).toString(), [filters]);
  const list = useCaseList(search);
  const counts = useCaseCounts(countQuery(filters));
  useLiveLists();
  const { tell, said } = useSaid();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.data) ?? [], [list.data]);
  const mayBulk = me.abilities.bulkAssign;
  const wide = useMediaQuery('(min-width: 64em)') ?? false;
  const selection = useSelection(rows);
  const change = (next: Filters) => {
    const query = writeFilters(next);
    if (openId && !wide) void navigate({ pathname: paths.cases.href(), search: query.toString() });
    else setParams(query, { replace: true, flushSync: true });
  };
  const pane = useListKeys(rows, openId, search, mayBulk ? selection.toggle : null);
  useKeptScroll(openId !== undefined && !wide);
  const hasRows = rows.length > 0;
  useEffect(() => {
    if (openId && wide && hasRows)
      pane.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
  }, [openId, wide, hasRows, pane]);
  const total = list.data?.pages[0]?.total;
  const nothing = list.isSuccess && rows.length === 0;

  return (
    <div className={classes.layout} data-open={openId || undefined}>
      <section ref={pane} className={classes.listPane} aria-label={say('case.cases')}>
        {openId ? (
          <h2 className={classes.hidden}>{say('case.cases')}</h2>
        ) : (
          <PageHead title={say('case.cases')} tabTitle={say('case.cases')} />
        )}
        <SavedTabs search={search} onSaid={tell} />
        {/* Counts know nothing of gaps: rather none than others'. */}
        <FilterBar filters={filters} counts={filters.gap ? undefined : counts.data} onChange={change} />
        <ListMeta
          filters={filters}
          total={total}
          onChange={change}
          selecting={mayBulk ? selection.on : null}
          onSelecting={selection.setOn}
          onSelectAll={selection.all}
        />
        {list.isError && rows.length === 0 ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <LoadingState />
        ) : nothing ? (
          <Nothing
            filtered={countFilters(filters) > 0 || Boolean(filters.q)}
            onClear={() => change({ sort: filters.sort })}
          />
        ) : (
          <ul className={classes.rows} aria-busy={list.isPlaceholderData}>
            {rows.map((row) => (
              <CaseLine
                key={row.id}
                row={row}
                search={search}
                current={row.id === openId}
                selected={mayBulk && selection.on ? selection.chosen.has(row.id) : null}
                onSelect={selection.toggle}
              />
            ))}
          </ul>
        )}
        {rows.length > 0 && (
          <div className={classes.more}>
            {list.hasNextPage ? (
              <MoreButton list={list} />
            ) : (
              rows.length > 20 && <span>{say('case.list.end')}</span>
            )}
            {list.isFetchNextPageError && (
              <ErrorState error={list.error} onRetry={() => void list.fetchNextPage()} />
            )}
          </div>
        )}
      </section>
      {openId && (
        <div className={classes.detail}>
          <Outlet />
        </div>
      )}
      {selection.chosen.size > 0 && (
        <Suspense>
          <BulkBar rows={selection.rows} onNone={selection.none} onSaid={tell} />
        </Suspense>
      )}
      {said}
    </div>
  );
}

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const say = useSay();
  const me = useMe();
  if (filtered)
    return (
      <EmptyState
        icon={FolderOpen}
        title={say('case.list.nothing')}
        action={
          <Button variant="default" onClick={onClear}>
            {say('case.list.clear')}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={FolderOpen}
      title={say('case.list.empty')}
      text={say('case.list.emptyHint')}
      action={
        me.abilities.logCase && (
          <Button component={Link} to={paths.logCase.href()} data-logs-case>
            {say('case.log')}
          </Button>
        )
      }
    />
  );
}

/** j and k go through the rows, Enter opens (the row is a link), x selects. */
function useListKeys(
  rows: CaseRow[],
  openId: string | undefined,
  search: string,
  select: ((id: string, range: boolean) => void) | null,
) {
  const pane = useRef<HTMLElement>(null);
  const navigate = useNavigate();
  const links = () => [...(pane.current?.querySelectorAll<HTMLAnchorElement>('a[data-case]') ?? [])];
  const focused = () => (document.activeElement as HTMLElement | null)?.dataset.case;
  const go = (by: number) => {
    const all = links();
    const here = all.findIndex((link) => link.dataset.case === (focused() ?? openId));
    const next = all[here === -1 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
    // Beside an open case, going through the list goes through the cases.
    if (next?.dataset.case && openId && next.dataset.case !== openId && next.offsetParent !== null)
      void navigate(
        { pathname: paths.case.href(next.dataset.case), search },
        { replace: true, preventScrollReset: true },
      );
  };
  useShortcuts(
    rows.length > 0
      ? {
          j: () => go(1),
          k: () => go(-1),
          ...(select && {
            x: () => {
              const id = focused();
              if (id) select(id, false);
            },
          }),
        }
      : {},
  );
  return pane;
}

/** On a phone the page replaces the list; coming back finds the list where it was left. */
function useKeptScroll(covered: boolean): void {
  const place = useRef(0);
  useEffect(() => {
    if (covered) return;
    const remember = () => {
      place.current = window.scrollY;
    };
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, [covered]);
  const before = useRef(covered);
  useLayoutEffect(() => {
    if (before.current === covered) return;
    before.current = covered;
    window.scrollTo({ top: covered ? 0 : place.current, behavior: 'instant' });
  }, [covered]);
}
