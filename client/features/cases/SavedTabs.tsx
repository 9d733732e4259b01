// Duty: saved filters as tabs over the list, two of them built in; saving and removing one. What a filter means is in filters.ts.
import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { BookmarkPlus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { openStatuses } from '../../../shared/caseLists.ts';
import { newId } from '../../../shared/ids.ts';
import { paths } from '../../app/paths.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { readFilters, writeFilters } from './filters.ts';
import classes from './list.module.css';
import { useRemoveFilter, useSavedFilters, useSaveFilter } from './useCases.ts';

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
      {!known && <SaveView search={search} onSaid={onSaid} />}
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

function SaveView({ search, onSaid }: Props) {
  const say = useSay();
  const words = useErrorWords();
  const save = useSaveFilter();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { id: newId(), name: name.trim(), query: search },
      {
        onSuccess: () => {
          setOpen(false);
          setName('');
          onSaid(say('case.saved.done'));
        },
      },
    );
  };
  return (
    <Popover opened={open} onChange={setOpen} trapFocus returnFocus position="bottom-start" withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={classes.tab}
          style={{
            border: 0,
            background: 'none',
            font: 'inherit',
            cursor: 'pointer',
            color: 'var(--accent)',
          }}
          onClick={() => setOpen(!open)}
        >
          <BookmarkPlus size={18} aria-hidden /> {say('case.saved.save')}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={send}>
          <TextInput
            label={say('case.saved.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={60}
            required
            data-autofocus
            error={save.error ? words(save.error) : undefined}
          />
          <Button type="submit" mt="sm" fullWidth loading={save.isPending}>
            {say('common.save')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
