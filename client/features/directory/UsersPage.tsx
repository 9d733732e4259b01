// Duty: the administrator's list of users with search and filters, and what can be done to each. The form is UserDrawer's.
import { ActionIcon, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { roles, type UserInvited, type UserRecord } from '../../../shared/directory.ts';
import { api } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { usePlaceName } from '../../lib/places.ts';
import { useMe } from '../../lib/session.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import type { LucideIcon } from '../../ui/icon.tsx';
import {
  CircleCheck,
  CircleSlash,
  EllipsisVertical,
  LockKeyhole,
  LockKeyholeOpen,
  Mail,
  Pencil,
  ShieldAlert,
  UserPlus,
  UserSearch,
} from '../../ui/icons.ts';
import { NarrowTo, NarrowToMunicipality, SearchWords } from '../../ui/narrowing.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ExampleBadge, RelativeTime } from '../../ui/words.tsx';
import classes from './directory.module.css';
import { FactorReset } from './FactorReset.tsx';
import { factorWords } from './factorWords.ts';
import { LinkDialog } from './LinkDialog.tsx';
import { UserDrawer } from './UserDrawer.tsx';
import { useOrganisations, useUsers } from './useDirectory.ts';
import { filterUsers, noUserFilter, statusOf, type UserStatus, userStatuses } from './userFilter.ts';

const statusIcons: Record<UserStatus, LucideIcon> = {
  active: CircleCheck,
  invited: Mail,
  locked: LockKeyhole,
  inactive: CircleSlash,
};

export function UsersPage() {
  const { say, compare } = useSpeech();
  const words = useErrorWords();
  const placeName = usePlaceName();
  const client = useQueryClient();
  const users = useUsers();
  const { data: organisations } = useOrganisations();
  const [filter, setFilter] = useState(noUserFilter);
  /** `null`: closed; `new`: inviting. */
  const [open, setOpen] = useState<UserRecord | 'new' | null>(null);
  const [resetting, setResetting] = useState<UserRecord | null>(null);
  const me = useMe();
  const [link, setLink] = useState<{ name: string; link: string } | null>(null);

  const invited = (name: string, url: string | null) => {
    if (url) setLink({ name, link: url });
    else notifications.show({ message: say('directory.users.sent', { name }) });
  };
  const refused = (error: unknown) => notifications.show({ message: words(error), color: 'alarm' });
  const again = { onSettled: () => client.invalidateQueries({ queryKey: ['users'] }), onError: refused };
  const resend = useMutation({
    mutationFn: (user: UserRecord) => api.post<UserInvited>(`/api/users/${user.id}/invitation`),
    onSuccess: ({ link }, user) => invited(user.name, link),
    ...again,
  });
  const unlock = useMutation({
    mutationFn: (user: UserRecord) => api.post(`/api/users/${user.id}/unlock`),
    onSuccess: (_answer, { name }) =>
      notifications.show({ message: say('directory.users.unlocked', { name }) }),
    ...again,
  });

  const whereOf = (user: UserRecord) =>
    user.municipality
      ? placeName(user.municipality)
      : (organisations?.find((one) => one.id === user.organisation)?.shortName ?? '');
  const columns: Column<UserRecord>[] = [
    {
      key: 'name',
      head: say('directory.name'),
      cell: (user) => (
        <>
          {user.name} {user.example && <ExampleBadge />}
          <span className={classes.under}>{user.email}</span>
        </>
      ),
    },
    { key: 'role', head: say('directory.role'), cell: (user) => say(`role.${user.role}`) },
    { key: 'where', head: say('directory.where'), cell: whereOf },
    {
      key: 'status',
      head: say('directory.status'),
      cell: (user) => (
        <>
          <Status status={statusOf(user)} />
          <span className={classes.under}>{say(factorWords(user))}</span>
        </>
      ),
    },
    {
      key: 'seen',
      head: say('directory.lastSeen'),
      cell: (user) =>
        user.lastSeenAt ? (
          <RelativeTime when={user.lastSeenAt} />
        ) : (
          <Text c="dimmed">{say('directory.never')}</Text>
        ),
    },
  ];
  const shown = users.data && filterUsers(users.data, filter).sort((a, b) => compare(a.name, b.name));

  return (
    <Page>
      <PageHead
        title={say('directory.users.title')}
        tabTitle={say('directory.users.title')}
        lead={say('directory.users.lead')}
        primary={{ label: say('directory.users.invite'), icon: UserPlus, onClick: () => setOpen('new') }}
      />
      <search className={classes.filters}>
        <SearchWords
          label={say('directory.users.search')}
          value={filter.words}
          onChange={(words) => setFilter({ ...filter, words })}
        />
        <NarrowTo
          label={say('directory.role')}
          all={say('directory.anyRole')}
          value={filter.role}
          values={roles}
          wordOf={(role) => say(`role.${role}`)}
          onChange={(role) => setFilter({ ...filter, role })}
        />
        <NarrowToMunicipality
          label={say('directory.municipality')}
          all={say('directory.anyMunicipality')}
          value={filter.municipality}
          onChange={(municipality) => setFilter({ ...filter, municipality })}
        />
        <NarrowTo
          label={say('directory.status')}
          all={say('directory.anyStatus')}
          value={filter.status}
          values={userStatuses}
          wordOf={(status) => say(`directory.users.status.${status}`)}
          onChange={(status) => setFilter({ ...filter, status })}
        />
      </search>
      {users.error ? (
        <ErrorState error={users.error} onRetry={() => void users.refetch()} />
      ) : !shown ? (
        <LoadingState />
      ) : (
        <>
          <p className={classes.count} role="status">
            {say('directory.users.count', { count: shown.length })}
          </p>
          {shown.length === 0 ? (
            <EmptyState
              icon={UserSearch}
              title={say('directory.users.none')}
              text={say('directory.users.noneText')}
            />
          ) : (
            <DataTable
              caption={say('directory.users.title')}
              columns={columns}
              rows={shown}
              rowKey={(user) => user.id}
              actionsHead={say('common.edit')}
              actions={(user) => (
                <Menu position="bottom-end">
                  <Menu.Target>
                    <ActionIcon aria-label={say('directory.users.more', { name: user.name })}>
                      <EllipsisVertical size={20} aria-hidden />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item leftSection={<Pencil size={18} aria-hidden />} onClick={() => setOpen(user)}>
                      {say('common.edit')}
                    </Menu.Item>
                    {statusOf(user) === 'invited' && (
                      <Menu.Item
                        leftSection={<Mail size={18} aria-hidden />}
                        onClick={() => resend.mutate(user)}
                      >
                        {say('directory.users.resend')}
                      </Menu.Item>
                    )}
                    {statusOf(user) === 'locked' && (
                      <Menu.Item
                        leftSection={<LockKeyholeOpen size={18} aria-hidden />}
                        onClick={() => unlock.mutate(user)}
                      >
                        {say('directory.users.unlock')}
                      </Menu.Item>
                    )}
                    {user.secondFactorSince && user.id !== me.id && (
                      <Menu.Item
                        leftSection={<ShieldAlert size={18} aria-hidden />}
                        onClick={() => setResetting(user)}
                      >
                        {say('directory.factor.reset')}
                      </Menu.Item>
                    )}
                  </Menu.Dropdown>
                </Menu>
              )}
            />
          )}
        </>
      )}
      {open && (
        <UserDrawer
          user={open === 'new' ? null : open}
          organisations={organisations ?? []}
          onInvited={invited}
          onClose={() => setOpen(null)}
        />
      )}
      {resetting && <FactorReset user={resetting} onClose={() => setResetting(null)} />}
      {link && <LinkDialog {...link} onClose={() => setLink(null)} />}
    </Page>
  );
}

function Status({ status }: { status: UserStatus }) {
  const { say } = useSpeech();
  const Icon = statusIcons[status];
  return (
    <span
      className={classes.state}
      data-alarm={status === 'locked' || undefined}
      data-quiet={status === 'inactive' || undefined}
    >
      <Icon size={18} aria-hidden />
      {say(`directory.users.status.${status}`)}
    </span>
  );
}
