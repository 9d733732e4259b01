// Duty: the administrator's lists of users and organisations, kept in step with live changes.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DirectoryConflict, Organisation, UserRecord } from '../../../shared/directory.ts';
import { ApiError, api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';

export function useUsers() {
  const client = useQueryClient();
  useChange('user.changed', () => void client.invalidateQueries({ queryKey: ['users'] }));
  return useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => api.get<{ data: UserRecord[] }>('/api/users', { signal }),
    select: (answer) => answer.data,
  });
}

export function useOrganisations() {
  const client = useQueryClient();
  useChange('organisation.changed', () => void client.invalidateQueries({ queryKey: ['organisations'] }));
  return useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) => api.get<{ data: Organisation[] }>('/api/organisations', { signal }),
    select: (answer) => answer.data,
  });
}

/** What a 409 about a stale version says: the version to build on now, and the other side of each field; null for other errors. */
export function conflictOf(error: unknown): { version: number; conflicts: DirectoryConflict[] } | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const { current, conflicts } = error.extra as {
    current?: { version?: number };
    conflicts?: DirectoryConflict[];
  };
  return typeof current?.version === 'number'
    ? { version: current.version, conflicts: conflicts ?? [] }
    : null;
}
