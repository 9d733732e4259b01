// Duty: what the consent panel and the review page ask the server and tell it, kept in step with live changes.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer } from '../../../shared/api.ts';
import type {
  CaseConsents,
  ConsentAbility,
  ConsentWithdrawn,
  OverrideRow,
  Verdict,
} from '../../../shared/consentLists.ts';
import type { ConsentGive, ConsentOverrideInput } from '../../../shared/consents.ts';
import type { Organisation } from '../../../shared/directory.ts';
import type { ConsentChange } from '../../../shared/live.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';

export type ConsentsAnswer = Answer<CaseConsents, ConsentAbility>;
const consentsKey = (caseId: string) => ['consents', caseId] as const;
const overridesKey = ['consent-overrides'] as const;
const pathOf = (caseId: string, more = '') => `/api/cases/${caseId}/consents${more}`;

function useConsentChanges(handler: (change: ConsentChange) => void): void {
  useChange('consent.given', handler);
  useChange('consent.withdrawn', handler);
  useChange('consent.overridden', handler);
  useChange('consent.expired', handler);
}

export function useConsents(caseId: string) {
  const client = useQueryClient();
  useConsentChanges((change) => {
    if (change.caseId === caseId) void client.invalidateQueries({ queryKey: consentsKey(caseId) });
  });
  return useQuery({
    queryKey: consentsKey(caseId),
    queryFn: ({ signal }) => api.get<ConsentsAnswer>(pathOf(caseId), { signal }),
  });
}

export function useGiveConsent(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ConsentGive) => api.post<ConsentsAnswer>(pathOf(caseId), input),
    onSuccess: (answer) => client.setQueryData(consentsKey(caseId), answer),
  });
}

/** Without an id: everything. The receipt in the answer is the person's, so it is not kept. */
export function useWithdrawConsent(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: async (consent?: string) =>
      (await api.post<{ data: ConsentWithdrawn }>(pathOf(caseId, '/withdraw'), consent ? { consent } : {}))
        .data,
    onSettled: () => client.invalidateQueries({ queryKey: consentsKey(caseId) }),
  });
}

export function useOverrideConsent(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (input: ConsentOverrideInput) =>
      api.post<ConsentsAnswer>(`/api/cases/${caseId}/consent-overrides`, input),
    onSuccess: (answer) => client.setQueryData(consentsKey(caseId), answer),
  });
}

export function useOverrides(show: 'open' | 'all') {
  const client = useQueryClient();
  useConsentChanges(() => void client.invalidateQueries({ queryKey: overridesKey }));
  return useQuery({
    queryKey: [...overridesKey, show],
    queryFn: ({ signal }) =>
      api.get<{ data: OverrideRow[] }>('/api/consent-overrides', { signal, query: { show } }),
    select: (answer) => answer.data,
  });
}

export function useReviewOverride() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...review }: { id: string; verdict: Verdict; note: string }) =>
      api.post<void>(`/api/consent-overrides/${id}/review`, review),
    onSettled: () => client.invalidateQueries({ queryKey: overridesKey }),
  });
}

/** Organisations a person may be referred to. */
export const useRecipients = () =>
  useQuery({
    queryKey: ['organisations'],
    queryFn: ({ signal }) => api.get<{ data: Organisation[] }>('/api/organisations', { signal }),
    select: (answer) => answer.data.filter(({ active }) => active),
  });
