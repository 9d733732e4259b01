// Duty: the devices on which I am signed in, and signing each or all of them out. Never shows an address.
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceKind, SessionRecord } from '../../../shared/directory.ts';
import { api } from '../../lib/api.ts';
import { useErrorWords } from '../../lib/faults.ts';
import { useSpeech } from '../../lib/i18n.tsx';
import { useOutbox } from '../../lib/offline.tsx';
import { useSession } from '../../lib/session.tsx';
import { useUnsent } from '../../lib/unsent.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { FormError } from '../../ui/FormError.tsx';
import type { LucideIcon } from '../../ui/icon.tsx';
import { CodeXml, Laptop, Smartphone, Tablet } from '../../ui/icons.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { UnsentNote } from '../../ui/UnsentNote.tsx';
import { RelativeTime } from '../../ui/words.tsx';
import classes from './directory.module.css';

const icons: Record<DeviceKind, LucideIcon> = {
  phone: Smartphone,
  tablet: Tablet,
  computer: Laptop,
  program: CodeXml,
};

export function SessionList() {
  const { say, date } = useSpeech();
  const words = useErrorWords();
  const client = useQueryClient();
  const { signedOut } = useSession();
  const outbox = useOutbox();
  const [asking, setAsking] = useState(false);
  const unsent = useUnsent()();
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => api.get<{ data: SessionRecord[] }>('/api/sessions', { signal }),
    select: (answer) => answer.data,
  });
  const endOne = useMutation({
    mutationFn: (id: string) => api.delete(`/api/sessions/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['sessions'] }),
  });
  const endAll = useMutation({
    mutationFn: () => api.delete('/api/sessions'),
    onSuccess: () => {
      outbox.clear();
      signedOut();
    },
  });
  const failed = endOne.error ?? endAll.error;
  return (
    <Paper component="section" withBorder p="lg" radius="lg" aria-labelledby="my-sessions">
      <Stack>
        <div>
          <Title order={2} id="my-sessions">
            {say('directory.account.sessions')}
          </Title>
          <Text c="dimmed">{say('directory.account.sessionsText')}</Text>
        </div>
        <FormError words={failed ? words(failed) : null} />
        {sessions.error ? (
          <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />
        ) : sessions.data ? (
          <ul className={classes.sessions}>
            {sessions.data.map((session) => {
              const Icon = icons[session.device];
              return (
                <li key={session.id}>
                  <Icon size={24} aria-hidden />
                  <div className={classes.sessionWords}>
                    <Text fw={550}>
                      {say(`directory.device.${session.device}`)}
                      {session.current && ` (${say('directory.account.thisDevice')})`}
                    </Text>
                    <Text c="dimmed">
                      {say('directory.account.began', { when: date(session.began) })},{' '}
                      {say('directory.account.lastUsed')} <RelativeTime when={session.lastUsed} />
                    </Text>
                  </div>
                  {!session.current && (
                    <Button
                      variant="default"
                      loading={endOne.isPending && endOne.variables === session.id}
                      onClick={() => endOne.mutate(session.id)}
                    >
                      {say('directory.account.end')}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        ) : (
          <LoadingState />
        )}
        <Group>
          <Button variant="default" onClick={() => setAsking(true)}>
            {say('directory.account.endAll')}
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        opened={asking}
        title={say('directory.account.endAll')}
        confirm={say('directory.account.endAll')}
        loading={endAll.isPending}
        onConfirm={() => endAll.mutate()}
        onClose={() => setAsking(false)}
      >
        {say('directory.account.endAllText')}
        {unsent && <UnsentNote unsent={unsent} />}
      </ConfirmDialog>
    </Paper>
  );
}
