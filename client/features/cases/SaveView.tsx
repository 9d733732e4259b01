// Duty: keeps the list's filters as they stand under a name. The tabs themselves: SavedTabs.tsx.
import { Button, Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { newId } from '../../../shared/ids.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSay } from '../../lib/i18n.tsx';
import { BookmarkPlus } from '../../ui/icons.ts';
import classes from './list.module.css';
import { useSaveFilter } from './useCases.ts';

interface Props {
  search: string;
  onSaid: (words: string) => void;
}

export function SaveView({ search, onSaid }: Props) {
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
          className={`${classes.tab} ${classes.tabButton}`}
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
