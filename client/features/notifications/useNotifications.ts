// Duty: a person's own notices and choices: what is asked and told, kept in step with live changes. No view.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { notificationPaths } from '../../../shared/notificationLists.ts';
import type { NotificationChoices, NotificationInbox } from '../../../shared/notifications.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';

const keys = {
  all: ['notifications'] as const,
  unread: ['notifications', 'unread'] as const,
  list: ['notifications', 'list'] as const,
  choices: ['notification-choices'] as const,
};

/** How many are unread; asks again when one comes or another window read some. */
export function useUnread() {
  const client = useQueryClient();
  const again = () => void client.invalidateQueries({ queryKey: keys.all });
  useChange('notification.added', again);
  useChange('notification.read', again);
  return useQuery({
    queryKey: keys.unread,
    queryFn: ({ signal }) =>
      api.get<NotificationInbox>(notificationPaths.inbox, { query: { limit: 1 }, signal }),
    select: (inbox) => inbox.unread,
  });
}

export const useNotifications = () =>
  useInfiniteQuery({
    queryKey: keys.list,
    queryFn: ({ pageParam, signal }) =>
      api.get<NotificationInbox>(notificationPaths.inbox, { query: { cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

function useReading<Input>(send: (input: Input) => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => client.invalidateQueries({ queryKey: keys.all }),
  });
}
export const useRead = () => useReading((ids: string[]) => api.post<void>(notificationPaths.read, { ids }));
export const useReadAll = () => useReading(() => api.post<void>(notificationPaths.readAll, {}));

export const useChoices = () =>
  useQuery({
    queryKey: keys.choices,
    queryFn: ({ signal }) => api.get<{ data: NotificationChoices }>(notificationPaths.choices, { signal }),
    select: (answer) => answer.data,
  });

export function useChoose() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choices: NotificationChoices) =>
      api.put<{ data: NotificationChoices }>(notificationPaths.choices, choices),
    onSuccess: (answer) => client.setQueryData(keys.choices, answer),
  });
}
