// Duty: everything the pages of issues ask the server and tell it: query keys, reads, writes, what live changes make old. No view.
import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Page } from '../../../shared/api.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';
import type { MunicipalitySlug } from '../../../shared/directoryLists.ts';
import { issuePaths } from '../../../shared/issueLists.ts';
import type {
  CaseIssueInput,
  IssueAnswer,
  IssueChoice,
  IssueCreate,
  IssueList,
  IssueMoveInput,
  IssueOfCase,
  IssueRevise,
  IssueSplitAnswer,
  IssueSplitInput,
  LinkCasesInput,
  LinkResult,
  SuggestedCase,
} from '../../../shared/issues.ts';
import type { CaseChange } from '../../../shared/live.ts';
import type { Theme } from '../../../shared/themeLists.ts';
import { api, isOutdated } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';
import { newerOf, useGathered } from '../../lib/newest.ts';

export interface IssueFilters {
  q: string;
  theme: string;
  municipality: string;
  status: string;
}

const keys = {
  all: ['issues'] as const,
  lists: ['issues', 'list'] as const,
  one: (id: string) => ['issues', 'one', id] as const,
  alike: (id: string) => ['issues', 'alike', id] as const,
  ofCase: (caseId: string) => ['issues', 'ofCase', caseId] as const,
  ofCases: ['issues', 'ofCase'] as const,
};

export const useIssues = (filters: IssueFilters) =>
  useInfiniteQuery({
    queryKey: [...keys.lists, filters],
    queryFn: ({ pageParam, signal }) => {
      const asked = Object.entries(filters).filter(([, value]) => value !== '');
      const query = { ...Object.fromEntries(asked), limit: 50, cursor: pageParam };
      return api.get<IssueList>(issuePaths.issues, { query, signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const useIssue = (id: string) =>
  useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<IssueAnswer>(issuePaths.one(id), { signal }),
  });

/** Whatever is on the screen keeps step. */
export function useLiveIssues(onForeign?: (change: CaseChange) => void): void {
  const client = useQueryClient();
  const countsLater = useGathered(() => void client.invalidateQueries({ queryKey: keys.all }));
  useChange('issue.changed', (change) => {
    const held = client.getQueryData<IssueAnswer>(keys.one(change.id));
    void client.invalidateQueries({ queryKey: keys.lists });
    if (held && held.data.version >= change.version && !held.data.mergePending) return;
    void client.invalidateQueries({ queryKey: keys.one(change.id) });
    onForeign?.(change);
  });
  useChange('issue.counted', countsLater);
}

export const useIssueOfCase = (caseId: string) => {
  const client = useQueryClient();
  useChange('case.changed', (change) => {
    if (change.id === caseId) void client.invalidateQueries({ queryKey: keys.ofCase(caseId) });
  });
  useChange('issue.changed', () => void client.invalidateQueries({ queryKey: keys.ofCase(caseId) }));
  return useQuery({
    queryKey: keys.ofCase(caseId),
    queryFn: ({ signal }) => api.get<IssueOfCase>(issuePaths.ofCase(caseId), { signal }),
  });
};

export const useChoices = (caseId: string, q: string) =>
  useQuery({
    queryKey: ['issues', 'choices', caseId, q],
    queryFn: ({ signal }) =>
      api.get<{ data: IssueChoice[] }>(issuePaths.choices(caseId), { query: { q: q || undefined }, signal }),
    select: (answer) => answer.data,
    placeholderData: keepPreviousData,
  });

export function useSetIssue(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CaseIssueInput) => api.put<IssueOfCase>(issuePaths.ofCase(caseId), input),
    onSuccess: (answer) => client.setQueryData(keys.ofCase(caseId), answer),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.all });
      void client.invalidateQueries({ queryKey: ['cases'] });
    },
  });
}

/** A new issue that began with a case: the case, as it stands, is put behind it. */
export async function putBehind(client: QueryClient, caseId: string, issue: string): Promise<void> {
  const { version } = await api.get<IssueOfCase>(issuePaths.ofCase(caseId));
  await api.put<IssueOfCase>(issuePaths.ofCase(caseId), { issue, version });
  everythingOld(client);
}

function keepOne(client: QueryClient, answer: IssueAnswer): void {
  const { data, abilities } = answer;
  client.setQueryData<IssueAnswer>(keys.one(data.id), newerOf({ data, abilities }));
  void client.invalidateQueries({ queryKey: keys.lists });
}

/** One write to one issue; every such endpoint answers with the whole page. */
function useIssueWrite<Input, Result extends IssueAnswer = IssueAnswer>(
  id: string,
  send: (input: Input) => Promise<Result>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (answer) => keepOne(client, answer),
    onError: (error) => {
      // Stale or gone: show what is true now, beside what was typed.
      if (isOutdated(error)) void client.invalidateQueries({ queryKey: keys.one(id) });
    },
  });
}

export const useCreateIssue = () =>
  useIssueWrite('', (input: IssueCreate) => api.post<IssueAnswer>(issuePaths.issues, input));
export const useReviseIssue = (id: string) =>
  useIssueWrite(id, (input: IssueRevise) => api.patch<IssueAnswer>(issuePaths.one(id), input));
export const useMoveIssue = (id: string) =>
  useIssueWrite(id, (input: IssueMoveInput) => api.post<IssueAnswer>(issuePaths.moves(id), input));

function everythingOld(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.all });
  void client.invalidateQueries({ queryKey: ['cases'] });
}

export function useMergeIssue(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { into: string; version: number }) =>
      api.post<IssueAnswer>(issuePaths.merge(id), input),
    onSettled: () => everythingOld(client),
  });
}

export function useSplitIssue(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: IssueSplitInput) => api.post<IssueSplitAnswer>(issuePaths.split(id), input),
    onSettled: () => everythingOld(client),
  });
}

/** Preview and deed go the same way; only the deed makes anything old. */
export function useLinkCases(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: LinkCasesInput) => api.post<{ data: LinkResult[] }>(issuePaths.cases(id), input),
    onSettled: (_answer, _error, { act }) => {
      if (act !== 'preview') everythingOld(client);
    },
  });
}

export const useAlike = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.alike(id),
    queryFn: ({ signal }) => api.get<{ data: SuggestedCase[] }>(issuePaths.suggestions(id), { signal }),
    select: (answer) => answer.data,
    enabled,
  });

interface CasesAsked {
  q?: string;
  issue?: string;
  theme?: Theme[];
  municipality?: MunicipalitySlug[];
}

/** Cases of the viewer's own scope: behind an issue, or found by words. */
export const useCasesFor = (asked: CasesAsked | null, limit = 20) =>
  useQuery({
    queryKey: ['cases', 'forIssue', asked, limit],
    queryFn: ({ signal }) =>
      api.get<Page<CaseRow>>(casePaths.cases, {
        query: {
          q: asked?.q,
          issue: asked?.issue,
          theme: asked?.theme?.join(','),
          municipality: asked?.municipality?.join(','),
          limit,
        },
        signal,
      }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
