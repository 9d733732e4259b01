// Duty: the list of institutions by municipality, theme and level, with a search by name. One institution is a page of its own.
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import { institutionLevels } from '../../../shared/institutionLists.ts';
import type { Institution, InstitutionQuery } from '../../../shared/institutions.ts';
import { themes } from '../../../shared/themeLists.ts';
import { paths } from '../../app/paths.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Landmark, Search } from '../../ui/icons.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import classes from './institutions.module.css';
import { useInstitutionList } from './useInstitutions.ts';
import { useInstitutionName } from './words.tsx';

export function InstitutionsPage() {
  const { say, compare } = useSpeech();
  const me = useMe();
  const placeName = usePlaceName();
  const institutionName = useInstitutionName();
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState('');
  const municipality = search.get('municipality') ?? me.municipality ?? '';
  const [theme, level] = [search.get('theme') ?? '', search.get('level') ?? ''];
  const set = (name: string, value: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value || name === 'municipality') after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true },
    );
  const asked = useInstitutionList({
    offices: 'true',
    ...(municipality ? { municipality } : {}),
    ...(theme ? { theme } : {}),
    ...(level ? { level } : {}),
  } as InstitutionQuery);
  const wanted = words.trim().toLocaleLowerCase();
  const shown = asked.data
    ?.filter((one) => Object.values(one.names).some((name) => name.toLocaleLowerCase().includes(wanted)))
    .sort((a, b) => compare(institutionName(a.names), institutionName(b.names)));
  const columns: Column<Institution>[] = [
    {
      key: 'name',
      head: say('institutions.name'),
      cell: (one) => (
        <Link to={paths.institution.href(one.id)} className={classes.textLink}>
          {institutionName(one.names)}
        </Link>
      ),
    },
    { key: 'level', head: say('institutions.level'), cell: (one) => say(`institutions.level.${one.level}`) },
    {
      key: 'themes',
      head: say('institutions.theme'),
      cell: (one) => (
        <span className={classes.icons}>
          {one.themes.map((one) => (
            <ThemeMark key={one} theme={one} iconOnly />
          ))}
        </span>
      ),
    },
    {
      key: 'role',
      head: say('institutions.responsible'),
      cell: (one) => <span lang="en">{one.role}</span>,
    },
  ];
  return (
    <Page>
      <PageHead
        title={say('institutions.title')}
        tabTitle={say('institutions.title')}
        lead={say('institutions.about')}
      />
      <search className={classes.filters}>
        <TextInput
          type="search"
          aria-label={say('institutions.search')}
          placeholder={say('institutions.search')}
          leftSection={<Search size={18} aria-hidden />}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={say('institutions.municipality')}
          value={municipality}
          onChange={(event) => set('municipality', event.currentTarget.value)}
          data={[
            { value: '', label: say('institutions.municipality.any') },
            ...municipalitySlugs.map((slug) => ({ value: slug, label: placeName(slug) })),
          ]}
        />
        <NativeSelect
          aria-label={say('institutions.theme')}
          value={theme}
          onChange={(event) => set('theme', event.currentTarget.value)}
          data={[
            { value: '', label: say('institutions.theme.any') },
            ...themes.map((one) => ({ value: one, label: say(`theme.${one}`) })),
          ]}
        />
        <NativeSelect
          aria-label={say('institutions.level')}
          value={level}
          onChange={(event) => set('level', event.currentTarget.value)}
          data={[
            { value: '', label: say('institutions.level.any') },
            ...institutionLevels.map((one) => ({ value: one, label: say(`institutions.level.${one}`) })),
          ]}
        />
      </search>
      {asked.error ? (
        <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
      ) : !shown ? (
        <LoadingState />
      ) : (
        <>
          <p className={classes.faint} role="status">
            {say('institutions.count', { count: shown.length })}
          </p>
          {shown.length === 0 ? (
            <EmptyState
              icon={Landmark}
              title={say('institutions.none')}
              text={say('institutions.noneText')}
            />
          ) : (
            <DataTable
              caption={say('institutions.title')}
              columns={columns}
              rows={shown}
              rowKey={(one) => one.id}
            />
          )}
        </>
      )}
    </Page>
  );
}
