// Duty: what the vault's panel asks the server and tells it. Opened values pass through and are kept nowhere: no cache, no store.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ChangeReason,
  IdentityChanged,
  IdentityField,
  IdentityMatch,
  OpenedIdentity,
  OpenReason,
  VaultReadingRow,
} from '../../../shared/identityLists.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';
import { identityKey, identityQuestion, identityPath as pathOf } from '../../lib/vault.ts';

/** Which fields are kept; never what they say. */
export function useIdentityStatus(caseId: string) {
  const client = useQueryClient();
  useChange('identity.changed', (change) => {
    if (change.id === caseId) void client.invalidateQueries({ queryKey: identityKey(caseId) });
  });
  return useQuery(identityQuestion(caseId));
}

export const openIdentity = async (
  caseId: string,
  reason: OpenReason,
  fields: IdentityField[],
): Promise<OpenedIdentity> =>
  (await api.post<{ data: OpenedIdentity }>(pathOf(caseId, '/open'), { reason, fields })).data;

/** `gcTime` 0: what was typed is not kept after it was sent either. */
export function useChangeIdentity(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: (input: {
      version: number;
      fields: Partial<Record<IdentityField, string | null>>;
      reason?: ChangeReason;
    }) => api.put<{ data: IdentityChanged }>(pathOf(caseId), input),
    onSettled: () => client.invalidateQueries({ queryKey: identityKey(caseId) }),
  });
}

export function useEraseIdentity(caseId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<void>(pathOf(caseId)),
    onSettled: () => client.invalidateQueries({ queryKey: identityKey(caseId) }),
  });
}

export const useReadings = (caseId: string) =>
  useQuery({
    queryKey: [...identityKey(caseId), 'readings'],
    queryFn: ({ signal }) => api.get<{ data: VaultReadingRow[] }>(pathOf(caseId, '/readings'), { signal }),
    select: (answer) => answer.data,
    staleTime: 0,
  });

export const useMatches = (caseId: string, enabled: boolean) =>
  useQuery({
    queryKey: [...identityKey(caseId), 'matches'],
    queryFn: ({ signal }) => api.get<{ data: IdentityMatch[] }>(pathOf(caseId, '/matches'), { signal }),
    select: (answer) => answer.data,
    enabled,
  });
