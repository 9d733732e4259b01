// Duty: everything the pages of campaigns ask the server and tell it: query keys, reads, writes, what live changes make old. No view.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Page } from '../../../shared/api.ts';
import type { CampaignStage } from '../../../shared/campaignLists.ts';
import { campaignPaths } from '../../../shared/campaignPaths.ts';
import type { CampaignCreate } from '../../../shared/campaigns.ts';
import type {
  CalendarLink,
  CampaignAnswer,
  CampaignList,
  CampaignOfCase,
  StaleCampaign,
  TimelineEvent,
  UseRow,
} from '../../../shared/campaignViews.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';
import type { Organisation } from '../../../shared/directory.ts';
import type { Institution } from '../../../shared/institutions.ts';
import { issuePaths } from '../../../shared/issueLists.ts';
import { ApiError, api, isOutdated } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';
import { newerOf, useGathered } from '../../lib/newest.ts';

const keys = {
  all: ['campaigns'] as const,
  lists: ['campaigns', 'list'] as const,
  timeline: ['campaigns', 'timeline'] as const,
  one: (id: string) => ['campaigns', 'one', id] as const,
  uses: (id: string) => ['campaigns', 'uses', id] as const,
  ofCase: (caseId: string) => ['campaigns', 'case', caseId] as const,
};

/** Both sides, where somebody else was faster; null for any other fault. */
export const staleOf = (error: unknown): StaleCampaign | null =>
  error instanceof ApiError && error.code === 'campaign.stale'
    ? (error.extra as unknown as StaleCampaign)
    : null;

interface CampaignFilter {
  issue?: string;
  stage?: CampaignStage;
  municipality?: string;
  /** 'true': what the map counts. */
  underWay?: string;
}

/** Of the board, of each of its columns, and of the timeline, which asks for what happens by the same pages. */
const pageSize = 30;

export const useCampaigns = (filter: CampaignFilter, { enabled = true } = {}) =>
  useInfiniteQuery({
    enabled,
    queryKey: [...keys.lists, filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<CampaignList>(campaignPaths.all, {
        query: { ...filter, limit: pageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // What another issue asks for is not shown for a moment as this one's.
    placeholderData: filter.issue ? undefined : keepPreviousData,
  });

export const useCampaign = (id: string) =>
  useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<CampaignAnswer>(campaignPaths.one(id), { signal }),
  });

export const useUses = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.uses(id),
    queryFn: ({ signal }) => api.get<{ data: UseRow[] }>(campaignPaths.uses(id), { signal }),
    select: (answer) => answer.data,
    enabled,
    gcTime: 0,
  });

/** What happens between two days in these campaigns, asked page by page: one that is added asks for its own alone. */
export const useTimeline = (pages: readonly CampaignList[], from: string, to: string) =>
  useQueries({
    queries: pages
      .filter(({ data }) => data.length > 0)
      .map(({ data }) => {
        const campaigns = data.map(({ id }) => id).join(',');
        return {
          queryKey: [...keys.timeline, from, to, campaigns],
          queryFn: ({ signal }: { signal: AbortSignal }) =>
            api.get<{ data: TimelineEvent[] }>(campaignPaths.timeline, {
              query: { from, to, campaigns },
              signal,
            }),
          placeholderData: keepPreviousData,
        };
      }),
    combine: (asked) => ({
      events: asked.flatMap(({ data }) => data?.data ?? []),
      /** Of no page anything is there yet. */
      isPending: asked.every(({ isPending }) => isPending),
      isWhole: asked.every(({ isPending }) => !isPending),
      error: asked.find(({ error }) => error)?.error ?? null,
      again: () => {
        for (const one of asked) if (one.error) void one.refetch();
      },
    }),
  });

export const useCampaignsOfCase = (caseId: string) =>
  useQuery({
    queryKey: keys.ofCase(caseId),
    queryFn: ({ signal }) => api.get<{ data: CampaignOfCase[] }>(campaignPaths.ofCase(caseId), { signal }),
    select: (answer) => answer.data,
  });

/** Whatever is on the screen keeps step; what the viewer lost sight of leaves it. */
export function useLiveCampaigns(): void {
  const client = useQueryClient();
  const listsLater = useGathered(() => {
    for (const queryKey of [keys.lists, keys.timeline]) void client.invalidateQueries({ queryKey });
  });
  const again = (id: string) => {
    void client.invalidateQueries({ queryKey: keys.uses(id) });
    listsLater();
  };
  useChange('campaign.changed', ({ id, version }) => {
    const held = client.getQueryData<CampaignAnswer>(keys.one(id));
    if (held && held.data.version < version) void client.invalidateQueries({ queryKey: keys.one(id) });
    again(id);
  });
  useChange('campaign.withdrawn', ({ id }) => {
    void client.invalidateQueries({ queryKey: keys.one(id) });
    again(id);
  });
}

/** Which campaigns use the case may have changed with it. */
export function useLiveCampaignsOfCase(caseId: string): void {
  const client = useQueryClient();
  useChange('case.changed', ({ id }) => {
    if (id === caseId) void client.invalidateQueries({ queryKey: keys.ofCase(caseId) });
  });
}

export function useCreateCampaign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CampaignCreate) => api.post<CampaignAnswer>(campaignPaths.all, input),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.lists }),
  });
}

export interface CampaignWrite {
  method: 'post' | 'patch' | 'delete';
  path: string;
  body?: unknown;
}

/** Every change of one campaign answers with the whole of it, which is shown at once. */
export function useCampaignWrite(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ method, path, body }: CampaignWrite) =>
      method === 'delete' ? api.delete<CampaignAnswer>(path) : api[method]<CampaignAnswer>(path, body),
    onSuccess: ({ data, abilities }) => {
      client.setQueryData<CampaignAnswer>(keys.one(id), newerOf({ data, abilities }));
      for (const queryKey of [keys.lists, keys.timeline, keys.uses(id)])
        void client.invalidateQueries({ queryKey });
    },
    onError: (error) => {
      if (isOutdated(error)) void client.invalidateQueries({ queryKey: keys.one(id) });
    },
  });
}

export function useCalendarLink(id: string) {
  const client = useQueryClient();
  return useMutation({
    // The link is shown once.
    gcTime: 0,
    mutationFn: () => api.post<{ data: CalendarLink }>(campaignPaths.calendar(id)),
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.one(id) }),
  });
}

export function useKeepCampaign(id: string) {
  const client = useQueryClient();
  return ({ data, abilities }: CampaignAnswer) =>
    client.setQueryData<CampaignAnswer>(keys.one(id), { data, abilities });
}

export const useInstitutions = () =>
  useQuery({
    queryKey: ['institutions'],
    queryFn: ({ signal }) => api.get<{ data: Institution[] }>('/api/institutions', { signal }),
    select: (answer) => answer.data,
    staleTime: 5 * 60_000,
  });

export const useOrganisations = () =>
  useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) => api.get<{ data: Organisation[] }>('/api/organisations', { signal }),
    select: (answer) => answer.data.filter(({ active }) => active),
  });

interface IssueName {
  id: string;
  reference: string;
  title: string;
}

/** Those that are open; what is linked already keeps its name from the campaign. */
export const useOpenIssues = () =>
  useQuery({
    queryKey: ['issues', 'names'],
    queryFn: ({ signal }) =>
      api.get<{ data: IssueName[] }>(issuePaths.issues, { query: { status: 'open', limit: 100 }, signal }),
    select: (answer) => answer.data,
  });

/** Cases among which a coordinator chooses: by words, newest first. */
export const useCasesToChoose = (words: string, issue: string | undefined) =>
  useQuery({
    queryKey: ['campaigns', 'choose', words, issue ?? ''],
    queryFn: ({ signal }) =>
      api.get<Page<CaseRow>>(casePaths.cases, {
        query: { q: words.trim() || undefined, issue: words.trim() ? undefined : issue, limit: 20 },
        signal,
      }),
    select: (answer) => answer.data,
    placeholderData: keepPreviousData,
  });
