// Duty: saved filters as tabs over the list, two of them built in; saving and removing one. What a filter means is in filters.ts.
import { ActionIcon } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { openStatuses } from '../../../shared/caseLists.ts';
import { paths } from '../../app/paths.ts';
import { useSay } from '../../lib/i18n.tsx';
import { X } from '../../ui/icons.ts';
import { readFilters, writeFilters } from './filters.ts';
import classes from './list.module.css';
import { useRemoveFilter, useSavedFilters } from './useCases.ts';

const SaveView = lazy(async () => ({ default: (await import('./SaveView.tsx')).SaveView }));

interface Props {
  /** The list's search as it stands now. */
  search: string;
  onSaid: (words: string) => void;
}

const same = (query: string, search: string) =>
  writeFilters(readFilters(new URLSearchParams(query))).toString() === search;

export function SavedTabs({ search, onSaid }: Props) {
  const say = useSay();
  const { data: saved = [] } = useSavedFilters();
  const remove = useRemoveFilter();
  const builtIn = [
    { id: 'open', name: say('case.list.open'), query: `status=${openStatuses.join(',')}` },
    { id: 'mine', name: say('case.list.mine'), query: 'lead=me' },
    { id: 'all', name: say('case.list.all'), query: '' },
  ];
  const known = [...builtIn, ...saved].some((tab) => same(tab.query, search));
  return (
    <nav className={classes.tabs} aria-label={say('case.saved')}>
      {builtIn.map((tab) => (
        <Tab key={tab.id} name={tab.name} query={tab.query} active={same(tab.query, search)} />
      ))}
      {saved.map((tab) => (
        <Tab
          key={tab.id}
          name={tab.name}
          query={tab.query}
          active={same(tab.query, search)}
          onRemove={() => remove.mutate(tab.id)}
        />
      ))}
      {!known && (
        <Suspense>
          <SaveView search={search} onSaid={onSaid} />
        </Suspense>
      )}
    </nav>
  );
}

function Tab(props: { name: string; query: string; active: boolean; onRemove?: () => void }) {
  const say = useSay();
  return (
    <span className={classes.tabItem} data-active={props.active || undefined}>
      <Link
        to={{ pathname: paths.cases.href(), search: props.query }}
        className={classes.tab}
        aria-current={props.active ? 'page' : undefined}
      >
        {props.name}
      </Link>
      {props.active && props.onRemove && (
        <ActionIcon
          size="md"
          aria-label={say('case.saved.remove', { name: props.name })}
          onClick={props.onRemove}
        >
          <X size={16} aria-hidden />
        </ActionIcon>
      )}
    </span>
  );
}
