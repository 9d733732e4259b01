// Duty: the list of institutions by municipality, theme and level, with a search by name. One institution is a page of its own.
import { useState } from 'react';
import { Link } from 'react-router';
import { institutionLevels } from '../../../shared/institutionLists.ts';
import type { Institution, InstitutionQuery } from '../../../shared/institutions.ts';
import { themes } from '../../../shared/themeLists.ts';
import { paths } from '../../app/paths.ts';
import { useAddress } from '../../lib/address.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useMe } from '../../lib/session.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Landmark } from '../../ui/icons.ts';
import { NarrowTo, NarrowToMunicipality, SearchWords } from '../../ui/narrowing.tsx';
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
  const institutionName = useInstitutionName();
  const [search, change] = useAddress();
  const [words, setWords] = useState('');
  // An empty one stays in the address: it is everywhere, where none at all is one's own place.
  const municipality = search.get('municipality') ?? me.municipality ?? '';
  const [theme, level] = [search.get('theme') ?? '', search.get('level') ?? ''];
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
      cell: ({ themes: own }) =>
        own.length > 0 && (
          <span className={classes.icons} data-one-line>
            {own.map((one) => (
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
        <SearchWords label={say('institutions.search')} value={words} onChange={setWords} />
        <NarrowToMunicipality
          label={say('institutions.municipality')}
          all={say('institutions.municipality.any')}
          value={municipality}
          onChange={(municipality) => change({ municipality })}
        />
        <NarrowTo
          label={say('institutions.theme')}
          all={say('institutions.theme.any')}
          value={theme}
          values={themes}
          wordOf={(one) => say(`theme.${one}`)}
          onChange={(one) => change({ theme: one || null })}
        />
        <NarrowTo
          label={say('institutions.level')}
          all={say('institutions.level.any')}
          value={level}
          values={institutionLevels}
          wordOf={(one) => say(`institutions.level.${one}`)}
          onChange={(one) => change({ level: one || null })}
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
