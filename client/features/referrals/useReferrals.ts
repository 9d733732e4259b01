// Duty: everything the pages of referrals ask the server and tell it: query keys, reads, writes, what live changes make old. No view.
import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Answer } from '../../../shared/api.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import type { BulkResult } from '../../../shared/cases.ts';
import type { CasePage } from '../../../shared/caseViews.ts';
import type { Organisation } from '../../../shared/directory.ts';
import type { IdentityField, OpenedIdentity, OpenReason } from '../../../shared/identityLists.ts';
import type { CaseChange } from '../../../shared/live.ts';
import type { ReferralGroup, Service } from '../../../shared/referralLists.ts';
import type { ReferralBulkInput, ReferralMoveInput } from '../../../shared/referralMoves.ts';
import { referralPaths } from '../../../shared/referralPaths.ts';
import type {
  CaseOutcomeInput,
  Provider,
  ReferralAbility,
  ReferralAnswer,
  ReferralChain,
  ReferralCreate,
  ReferralInbox,
  ReferralPage,
  ReferralRevise,
} from '../../../shared/referrals.ts';
import { api, isOutdated } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';
import { newerOf, useGathered } from '../../lib/newest.ts';

export type OneAnswer = Answer<ReferralPage, ReferralAbility>;

const keys = {
  all: ['referrals'] as const,
  lists: ['referrals', 'list'] as const,
  list: (group: ReferralGroup) => ['referrals', 'list', group] as const,
  one: (id: string) => ['referrals', 'one', id] as const,
  chains: ['referrals', 'chain'] as const,
  chain: (caseId: string) => ['referrals', 'chain', caseId] as const,
  providers: (caseId: string) => ['referrals', 'providers', caseId] as const,
};

export const useInbox = (group: ReferralGroup, { enabled = true, limit = 20 } = {}) =>
  useInfiniteQuery({
    queryKey: [...keys.list(group), limit],
    queryFn: ({ pageParam, signal }) =>
      api.get<ReferralInbox>(referralPaths.inbox, { query: { group, limit, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled,
  });

/** Held only while it is on the screen: what is withdrawn meanwhile must not come back from a cache. */
export const useReferral = (id: string, enabled = true) =>
  useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<OneAnswer>(referralPaths.one(id), { signal }),
    enabled,
    gcTime: 0,
  });

export const useChain = (caseId: string) =>
  useQuery({
    queryKey: keys.chain(caseId),
    queryFn: ({ signal }) => api.get<ReferralChain>(referralPaths.ofCase(caseId), { signal }),
  });

export function useProviders(caseId: string, service: Service | null) {
  const client = useQueryClient();
  // What the person agrees to decides what may be ticked.
  const again = (change: { caseId: string }) => {
    if (change.caseId === caseId) void client.invalidateQueries({ queryKey: keys.providers(caseId) });
  };
  useChange('consent.given', again);
  useChange('consent.withdrawn', again);
  useChange('consent.overridden', again);
  useChange('consent.expired', again);
  return useQuery({
    queryKey: [...keys.providers(caseId), service],
    queryFn: ({ signal }) =>
      api.get<{ data: Provider[] }>(referralPaths.providers, { query: { caseId, service }, signal }),
    select: (answer) => answer.data,
    placeholderData: keepPreviousData,
    enabled: service !== null,
  });
}

/** The case that is to be referred, as its own page shows it. */
export const useReferredCase = (caseId: string) =>
  useQuery({
    queryKey: ['referrals', 'case', caseId],
    queryFn: ({ signal }) => api.get<Answer<CasePage>>(casePaths.one(caseId), { signal }),
    select: (answer) => answer.data,
  });

/** Those that could be asked in place of somebody. */
export const useOrganisations = (enabled = true) =>
  useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) => api.get<{ data: Organisation[] }>('/api/organisations', { signal }),
    select: (answer) => answer.data.filter(({ active }) => active),
    enabled,
  });

function dropFromLists(client: QueryClient, id: string): void {
  client.setQueriesData<{ pages: ReferralInbox[]; pageParams: unknown[] }>(
    { queryKey: keys.lists },
    (list) =>
      list
        ? {
            ...list,
            pages: list.pages.map((page) => ({ ...page, data: page.data.filter((row) => row.id !== id) })),
          }
        : list,
  );
}

/** Whatever is on the screen keeps step; what was taken back leaves the lists before anything is asked. */
export function useLiveReferrals(onWithdrawn?: (change: CaseChange) => void): void {
  const client = useQueryClient();
  const listsLater = useGathered(() => void client.invalidateQueries({ queryKey: keys.lists }));
  useChange('referral.changed', (change) => {
    const held = client.getQueryData<OneAnswer>(keys.one(change.id));
    if (held && held.data.version < change.version)
      void client.invalidateQueries({ queryKey: keys.one(change.id) });
    void client.invalidateQueries({ queryKey: keys.chains });
    listsLater();
  });
  // Its version stands, but less of the case may be open, or more.
  useChange('referral.fieldsChanged', ({ id }) => void client.invalidateQueries({ queryKey: keys.one(id) }));
  useChange('referral.withdrawn', (change) => {
    dropFromLists(client, change.id);
    listsLater();
    onWithdrawn?.(change);
  });
}

/** The newest answer is shown at once; lists and the chain ask again. */
function useKeep() {
  const client = useQueryClient();
  return (answer: ReferralAnswer) => {
    const { link: _once, warnings: _said, ...kept } = answer;
    client.setQueryData<OneAnswer>(keys.one(answer.data.id), newerOf(kept));
    void client.invalidateQueries({ queryKey: keys.lists });
    void client.invalidateQueries({ queryKey: keys.chains });
  };
}

function useReferralWrite<Input>(id: string, send: (input: Input) => Promise<ReferralAnswer>) {
  const client = useQueryClient();
  const keep = useKeep();
  return useMutation({
    // The answer may carry a link that is shown once.
    gcTime: 0,
    mutationFn: send,
    onSuccess: (answer) => {
      keep(answer);
      // A resend answers with the new referral: the old one moved too.
      if (answer.data.id !== id) void client.invalidateQueries({ queryKey: keys.one(id) });
    },
    onError: (error) => {
      if (isOutdated(error)) void client.invalidateQueries({ queryKey: keys.one(id) });
    },
  });
}

export function useRefer(caseId: string) {
  const keep = useKeep();
  return useMutation({
    gcTime: 0,
    mutationFn: (input: ReferralCreate) => api.post<ReferralAnswer>(referralPaths.ofCase(caseId), input),
    onSuccess: keep,
  });
}

/** A draft as it is written now; sent with it where that is asked. */
export const useReviseDraft = (id: string, onSaved: (version: number) => void) =>
  useReferralWrite(id, async ({ send, ...changes }: ReferralRevise & { send: boolean }) => {
    const saved = await api.patch<ReferralAnswer>(referralPaths.one(id), changes);
    // Sending may be refused after this: the next attempt goes on from here.
    onSaved(saved.data.version);
    if (!send) return saved;
    return api.post<ReferralAnswer>(referralPaths.moves(id), { move: 'send', version: saved.data.version });
  });

export const useMoveReferral = (id: string) =>
  useReferralWrite(id, (input: ReferralMoveInput) =>
    api.post<ReferralAnswer>(referralPaths.moves(id), input),
  );

export const useRenewLink = (id: string) =>
  useReferralWrite(id, () => api.post<ReferralAnswer>(referralPaths.link(id)));

export const useSayOutcome = (id: string) =>
  useReferralWrite(id, (input: CaseOutcomeInput) =>
    api.post<ReferralAnswer>(referralPaths.caseOutcome(id), input),
  );

export function useBulkMove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ReferralBulkInput) => api.post<{ data: BulkResult[] }>(referralPaths.bulk, input),
    onSettled: () => void client.invalidateQueries({ queryKey: keys.all }),
  });
}

/** Passes through and is kept nowhere: no cache, no store. */
export const openShared = async (
  id: string,
  reason: OpenReason,
  fields: IdentityField[],
): Promise<OpenedIdentity> =>
  (await api.post<{ data: OpenedIdentity }>(referralPaths.openIdentity(id), { reason, fields })).data;
