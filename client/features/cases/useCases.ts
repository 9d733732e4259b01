// Duty: everything the pages of cases ask the server and tell it: query keys, reads, writes, what live changes make old. No view.
import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Answer, Page } from '../../../shared/api.ts';
import type { CaseMoveInput } from '../../../shared/caseMoves.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import type { BulkResult, CaseAbility, CaseRevise, SavedFilter } from '../../../shared/cases.ts';
import type { CaseCounts, CaseMoved, CasePage, CaseRow, SimilarCase } from '../../../shared/caseViews.ts';
import type { HandOverInput, HandOverWork } from '../../../shared/caseWork.ts';
import type { CaseChange } from '../../../shared/live.ts';
import { ApiError, api, isOutdated } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';
import { newerOf, useGathered } from '../../lib/newest.ts';

export type CaseAnswer = Answer<CasePage, CaseAbility>;

const caseKeys = {
  all: ['cases'] as const,
  lists: ['cases', 'list'] as const,
  list: (search: string) => ['cases', 'list', search] as const,
  counts: (search: string) => ['cases', 'counts', search] as const,
  one: (id: string) => ['cases', 'one', id] as const,
  handOver: (from: string) => ['cases', 'hand-over', from] as const,
  savedFilters: ['saved-filters'] as const,
};

const withSearch = (path: string, search: string, more = '') => {
  const whole = [search, more].filter(Boolean).join('&');
  return whole ? `${path}?${whole}` : path;
};

export const useCaseList = (search: string) =>
  useInfiniteQuery({
    queryKey: caseKeys.list(search),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<CaseRow>>(
        withSearch(casePaths.cases, search, pageParam && `cursor=${encodeURIComponent(pageParam)}`),
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const useCaseCounts = (search: string) =>
  useQuery({
    queryKey: caseKeys.counts(search),
    queryFn: ({ signal }) => api.get<{ data: CaseCounts }>(withSearch(casePaths.counts, search), { signal }),
    select: (answer) => answer.data,
    placeholderData: keepPreviousData,
  });

export const useCase = (id: string) =>
  useQuery({
    queryKey: caseKeys.one(id),
    queryFn: ({ signal }) => api.get<CaseAnswer>(casePaths.one(id), { signal }),
  });

/** Somebody was faster. Every other conflict has a reason of its own, which is said. */
export const isStale = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'case.stale' || error.code === 'move.notFromHere');

/** True when every copy on this screen is as new as the change: then nothing needs asking. */
function alreadyHeld(client: QueryClient, change: CaseChange): boolean {
  const one = client.getQueryData<CaseAnswer>(caseKeys.one(change.id));
  if (one && one.data.version < change.version) return false;
  const lists = client.getQueriesData<{ pages: Page<CaseRow>[] }>({ queryKey: caseKeys.lists });
  const rows = lists.map(([, list]) =>
    list?.pages.flatMap((page) => page.data).find((row) => row.id === change.id),
  );
  return rows.length > 0 && rows.every((row) => row && row.version >= change.version);
}

/** Lists and counts hear of every case that the viewer may see; many changes at once are asked for once. */
export function useLiveLists(): void {
  const client = useQueryClient();
  const later = useGathered(() => {
    void client.invalidateQueries({ queryKey: caseKeys.lists });
    void client.invalidateQueries({ queryKey: ['cases', 'counts'] });
  });
  useChange('case.logged', later);
  useChange('case.changed', (change) => {
    if (!alreadyHeld(client, change)) later();
  });
  useChange('case.withdrawn', later);
}

/** The open case asks again when it moved to a version not held here. */
export function useLiveCase(id: string, onForeign: (change: CaseChange) => void): void {
  const client = useQueryClient();
  useChange('case.changed', (change) => {
    if (change.id !== id) return;
    const held = client.getQueryData<CaseAnswer>(caseKeys.one(id));
    if (held && held.data.version >= change.version) return;
    void client.invalidateQueries({ queryKey: caseKeys.one(id) });
    onForeign(change);
  });
  useChange('case.withdrawn', (change) => {
    if (change.id === id) void client.invalidateQueries({ queryKey: caseKeys.one(id) });
  });
}

/** After any write the answer is the newest truth: the page shows it at once, lists ask again. */
export function useKeepAnswer(id: string) {
  const client = useQueryClient();
  return (answer: CaseAnswer) => {
    client.setQueryData<CaseAnswer>(caseKeys.one(id), newerOf(answer));
    void client.invalidateQueries({ queryKey: caseKeys.lists });
    void client.invalidateQueries({ queryKey: ['cases', 'counts'] });
    void client.invalidateQueries({ queryKey: ['my-week'] });
  };
}

/** One write to one case; every such endpoint answers with the whole page. */
function useCaseWrite<Input, Result extends CaseAnswer = CaseAnswer>(
  id: string,
  send: (input: Input) => Promise<Result>,
) {
  const client = useQueryClient();
  const keep = useKeepAnswer(id);
  return useMutation({
    mutationFn: send,
    onSuccess: (answer) => keep({ data: answer.data, abilities: answer.abilities }),
    onError: (error) => {
      // Stale or gone: show what is true now, beside what was typed.
      if (isOutdated(error)) void client.invalidateQueries({ queryKey: caseKeys.one(id) });
    },
  });
}

export const useReviseCase = (id: string) =>
  useCaseWrite(id, (input: CaseRevise) => api.patch<CaseAnswer>(casePaths.one(id), input));

export const useMoveCase = (id: string) =>
  useCaseWrite(id, (input: CaseMoveInput) => api.post<CaseMoved>(casePaths.moves(id), input));

export const useAssignCase = (id: string) =>
  useCaseWrite(id, (input: { lead: string; collaborators: string[]; version: number }) =>
    api.post<CaseAnswer>(casePaths.assignment(id), input),
  );

export const useAddStep = (id: string) =>
  useCaseWrite(id, (input: { id: string; title: string; due: string }) =>
    api.post<CaseAnswer>(casePaths.steps(id), input),
  );

export const useReviseStep = (id: string) =>
  useCaseWrite(
    id,
    ({ step, ...input }: { step: string; version: number; title?: string; due?: string; done?: boolean }) =>
      api.patch<CaseAnswer>(casePaths.step(id, step), input),
  );

export const useRemoveStep = (id: string) =>
  useCaseWrite(id, (step: string) => api.delete<CaseAnswer>(casePaths.step(id, step)));

export const useRemoveEvidence = (id: string) =>
  useCaseWrite(id, (evidence: string) => api.delete<CaseAnswer>(casePaths.evidenceFile(id, evidence)));

interface SimilarAsked {
  theme: string;
  municipality: string;
  settlement?: string;
  text: string;
}
/** Possible duplicates while somebody writes. Silent when the server cannot be reached: it is a hint. */
export const useSimilar = (asked: SimilarAsked | null) =>
  useQuery({
    queryKey: ['cases', 'similar', asked],
    queryFn: ({ signal }) =>
      api.get<{ data: SimilarCase[] }>(casePaths.similar, { query: { ...asked }, signal }),
    select: (answer) => answer.data,
    enabled: asked !== null,
    retry: false,
    placeholderData: keepPreviousData,
  });

/** Cases that fit a reference or words, for pointing at one. */
export const useFindCases = (words: string) =>
  useQuery({
    queryKey: ['cases', 'find', words],
    queryFn: ({ signal }) =>
      api.get<Page<CaseRow>>(casePaths.cases, { query: { q: words, limit: 8 }, signal }),
    select: (page) => page.data,
    enabled: words.trim().length > 1,
    placeholderData: keepPreviousData,
  });

function useBulk<Input>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => api.post<{ data: BulkResult[] }>(path, input),
    onSettled: () => void client.invalidateQueries({ queryKey: caseKeys.all }),
  });
}
export const useBulkTriage = () =>
  useBulk<{ ids: string[]; urgency: string; lead: string }>(casePaths.bulkTriage);
export const useBulkAssign = () => useBulk<{ ids: string[]; lead: string }>(casePaths.bulkAssign);
export const useHandOver = () => useBulk<HandOverInput>(casePaths.handOver);

export const useHandOverWork = (from: string | null) =>
  useQuery({
    queryKey: caseKeys.handOver(from ?? ''),
    queryFn: ({ signal }) => api.get<{ data: HandOverWork }>(casePaths.handOver, { query: { from }, signal }),
    select: (answer) => answer.data,
    enabled: from !== null,
  });

export const useSavedFilters = () =>
  useQuery({
    queryKey: caseKeys.savedFilters,
    queryFn: ({ signal }) => api.get<{ data: SavedFilter[] }>(casePaths.savedFilters, { signal }),
    select: (answer) => answer.data,
  });

export function useSaveFilter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (filter: SavedFilter) => api.put(casePaths.savedFilter(filter.id), filter),
    onSettled: () => client.invalidateQueries({ queryKey: caseKeys.savedFilters }),
  });
}
export function useRemoveFilter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(casePaths.savedFilter(id)),
    onSettled: () => client.invalidateQueries({ queryKey: caseKeys.savedFilters }),
  });
}
