// Duty: what the read log's page and the list of a case's readers ask the server. Nothing is kept longer than it is shown.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditPage, AuditSummary, CaseReaders } from '../../../shared/audit.ts';
import type { UserRecord } from '../../../shared/directory.ts';
import type { IdentityAbility } from '../../../shared/identityLists.ts';
import { api } from '../../lib/api.ts';

export interface LogFilter {
  by: string;
  record: string;
  verb: string;
  denied: boolean;
  from: string;
  to: string;
}
export const noFilter: LogFilter = { by: '', record: '', verb: '', denied: false, from: '', to: '' };

export function useReadLog(filter: LogFilter) {
  const { denied, ...rest } = filter;
  return useInfiniteQuery({
    queryKey: ['readLog', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      api.get<AuditPage>('/api/read-log', {
        query: { ...rest, denied: denied || null, cursor: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

export function useAuditSummary() {
  return useQuery({
    queryKey: ['readLog', 'summary'],
    queryFn: ({ signal }) => api.get<{ data: AuditSummary }>('/api/read-log/summary', { signal }),
    select: (answer) => answer.data,
  });
}

/** Everybody there is to choose from, under the key of the list of users. */
export function usePeople() {
  return useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => api.get<{ data: UserRecord[] }>('/api/users', { signal }),
    select: (answer) => answer.data,
  });
}

/** Who may see the log of the vault may see who opened the case: one rule, and the panel beside has asked for it already. */
export function useMayReadReaders(caseId: string): boolean {
  const { data } = useQuery({
    queryKey: ['identity', caseId],
    queryFn: ({ signal }) =>
      api.get<{ abilities: Record<IdentityAbility, boolean> }>(`/api/cases/${caseId}/identity`, { signal }),
    select: (answer) => answer.abilities.readLog,
  });
  return data ?? false;
}

export function useReaders(caseId: string) {
  return useQuery({
    queryKey: ['readers', caseId],
    queryFn: ({ signal }) => api.get<CaseReaders>(`/api/cases/${caseId}/readers`, { signal }),
    gcTime: 0,
  });
}
