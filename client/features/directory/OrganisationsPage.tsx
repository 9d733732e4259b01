// Duty: the administrator's list of organisations with search and filters. The form is OrganisationDrawer's.
import { ActionIcon } from '@mantine/core';
import { useState } from 'react';
import { municipalitySlugs, type Organisation, organisationKinds } from '../../../shared/directory.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Building2, CircleCheck, CircleSlash, Pencil, Plus } from '../../ui/icons.ts';
import { NarrowTo, NarrowToMunicipality, SearchWords } from '../../ui/narrowing.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ThemeMark } from '../../ui/ThemeMark.tsx';
import classes from './directory.module.css';
import { OrganisationDrawer } from './OrganisationDrawer.tsx';
import { useOrganisations } from './useDirectory.ts';
import { hasWords } from './userFilter.ts';

export function OrganisationsPage() {
  const { say, compare, list, number } = useSpeech();
  const placeName = usePlaceName();
  const organisations = useOrganisations();
  const [filter, setFilter] = useState({ words: '', kind: '', municipality: '' });
  const [open, setOpen] = useState<Organisation | 'new' | null>(null);

  const columns: Column<Organisation>[] = [
    {
      key: 'name',
      head: say('directory.organisations.search'),
      cell: (one) => (
        <>
          {one.shortName}
          <span className={classes.under}>{one.name}</span>
        </>
      ),
    },
    {
      key: 'kind',
      head: say('directory.organisations.kind'),
      cell: (one) => say(`directory.organisations.kind.${one.kind}`),
    },
    {
      key: 'themes',
      head: say('directory.organisations.themes'),
      cell: (one) =>
        one.themes.length > 0 && (
          <span className={classes.icons}>
            {one.themes.map((theme) => (
              <ThemeMark key={theme} theme={theme} iconOnly />
            ))}
          </span>
        ),
    },
    {
      key: 'services',
      head: say('directory.organisations.services'),
      cell: (one) => list(one.services.map((service) => say(`service.${service}`))),
    },
    {
      key: 'municipalities',
      head: say('directory.organisations.municipalities'),
      cell: (one) =>
        one.municipalities.length === municipalitySlugs.length
          ? say('directory.anyMunicipality')
          : list(one.municipalities.map((slug) => placeName(slug))),
    },
    {
      key: 'capacity',
      head: say('directory.organisations.capacity'),
      cell: (one) => one.capacity !== null && number(one.capacity),
    },
    {
      key: 'status',
      head: say('directory.status'),
      cell: (one) => (
        <span className={classes.state} data-quiet={!one.active || undefined}>
          {one.active ? <CircleCheck size={18} aria-hidden /> : <CircleSlash size={18} aria-hidden />}
          {say(`directory.organisations.status.${one.active ? 'active' : 'inactive'}`)}
        </span>
      ),
    },
  ];
  const shown = organisations.data
    ?.filter(
      (one) =>
        hasWords(`${one.shortName} ${one.name}`, filter.words) &&
        (!filter.kind || one.kind === filter.kind) &&
        (!filter.municipality || (one.municipalities as string[]).includes(filter.municipality)),
    )
    .sort((a, b) => compare(a.shortName, b.shortName));

  return (
    <Page>
      <PageHead
        title={say('directory.organisations.title')}
        tabTitle={say('directory.organisations.title')}
        lead={say('directory.organisations.lead')}
        primary={{ label: say('directory.organisations.add'), icon: Plus, onClick: () => setOpen('new') }}
      />
      <search className={classes.filters}>
        <SearchWords
          label={say('directory.organisations.search')}
          value={filter.words}
          onChange={(words) => setFilter({ ...filter, words })}
        />
        <NarrowTo
          label={say('directory.organisations.kind')}
          all={say('directory.organisations.anyKind')}
          value={filter.kind}
          values={organisationKinds}
          wordOf={(kind) => say(`directory.organisations.kind.${kind}`)}
          onChange={(kind) => setFilter({ ...filter, kind })}
        />
        <NarrowToMunicipality
          label={say('directory.municipality')}
          all={say('directory.anyMunicipality')}
          value={filter.municipality}
          onChange={(municipality) => setFilter({ ...filter, municipality })}
        />
      </search>
      {organisations.error ? (
        <ErrorState error={organisations.error} onRetry={() => void organisations.refetch()} />
      ) : !shown ? (
        <LoadingState />
      ) : (
        <>
          <p className={classes.count} role="status">
            {say('directory.organisations.count', { count: shown.length })}
          </p>
          {shown.length === 0 ? (
            <EmptyState
              icon={Building2}
              title={say('directory.organisations.none')}
              text={say('directory.users.noneText')}
            />
          ) : (
            <DataTable
              caption={say('directory.organisations.title')}
              columns={columns}
              rows={shown}
              rowKey={(one) => one.id}
              actionsHead={say('common.edit')}
              actions={(one) => (
                <ActionIcon
                  aria-label={say('directory.organisations.edit', { name: one.shortName })}
                  onClick={() => setOpen(one)}
                >
                  <Pencil size={20} aria-hidden />
                </ActionIcon>
              )}
            />
          )}
        </>
      )}
      {open && (
        <OrganisationDrawer organisation={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </Page>
  );
}
