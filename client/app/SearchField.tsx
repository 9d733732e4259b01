// Duty: the search of the top bar; it leads to the list of cases. What matches is the list's and the server's.
import { TextInput } from '@mantine/core';
import { type RefObject, useEffect, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useSay } from '../lib/i18n.tsx';
import { Search } from '../ui/icons.ts';
import { paths, searchHref } from './paths.ts';
import classes from './shell.module.css';

const isPaperCode = (words: string) => /^\d{16}$/.test(words.replace(/\s/g, ''));

export function SearchField({ ref }: { ref: RefObject<HTMLInputElement | null> }) {
  const say = useSay();
  const navigate = useNavigate();
  const onList = useLocation().pathname === paths.cases.href();
  const [search] = useSearchParams();
  const shown = onList ? (search.get('q') ?? '') : '';
  const [words, setWords] = useState(shown);
  // The list's own address is the truth: going back brings the earlier words back.
  useEffect(() => setWords(shown), [shown]);
  return (
    <search className={classes.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // A code from a paper never enters an address.
          if (isPaperCode(words)) {
            setWords('');
            return void navigate(paths.withdrawals.href(), { state: { code: words } });
          }
          void navigate(words.trim() ? searchHref(words.trim()) : paths.cases.href());
        }}
      >
        <TextInput
          ref={ref}
          type="search"
          aria-label={say('shell.search')}
          placeholder={say('shell.search')}
          title={say('shell.searchHint')}
          leftSection={<Search size={18} aria-hidden />}
          radius="xl"
          maxLength={200}
          enterKeyHint="search"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </form>
    </search>
  );
}
