// Duty: the way from a text about a case into the case's identity record, and back: field by field, with its reason. Opening it is the vault panel's.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer } from '../../shared/api.ts';
import type { IdentityAbility, IdentityStatus } from '../../shared/identityLists.ts';
import type { MovableField } from '../../shared/takingOut.ts';
import { ApiError, api } from './api.ts';

export const identityPath = (caseId: string, more = '') => `/api/cases/${caseId}/identity${more}`;
export const identityKey = (caseId: string) => ['identity', caseId] as const;
export type IdentityAnswer = Answer<IdentityStatus, IdentityAbility>;
export type IdentityValues = Partial<Record<MovableField, string>>;

/** Which fields are kept; never what they say. */
export const identityQuestion = (caseId: string) => ({
  queryKey: identityKey(caseId),
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<IdentityAnswer>(identityPath(caseId), { signal }),
});

/** `sealed`: it holds it from now on; `there`: it held the same before, or was told to replace; `other`: it holds something else, and keeps it. */
export type PutAway = 'sealed' | 'there' | 'other';

export interface VaultDoor {
  put(field: MovableField, value: string, replace: boolean): Promise<PutAway>;
  /** Takes out what `put` has `sealed`. */
  takeBack(field: MovableField): Promise<void>;
}

/** Under which this device keeps what waits to be sealed for a case that was just logged. */
export const unsealedName = (caseId: string) => `vault.${caseId}`;

/** What is sent when values go from a text into a record that holds none of them yet. */
export const movedFromText = (fields: IdentityValues, version = 0) => ({
  version,
  fields,
  reason: 'moved_from_text' as const,
});

/** Null without a case, while nothing is wanted of it, and for whoever may not change its record. */
export function useVaultDoor(caseId: string | null, wanted: boolean): VaultDoor | null {
  const client = useQueryClient();
  const asked = useQuery({
    ...identityQuestion(caseId ?? ''),
    enabled: wanted && caseId !== null,
    retry: false,
  });
  if (!caseId || !asked.data?.abilities.change) return null;
  const newest = async () => (await client.fetchQuery({ ...identityQuestion(caseId), staleTime: 0 })).data;
  const change = async (body: unknown) => {
    try {
      await api.put(identityPath(caseId), body);
    } finally {
      void client.invalidateQueries({ queryKey: identityKey(caseId) });
    }
  };
  return {
    async put(field, value, replace) {
      const { version, held } = await newest();
      try {
        await change({ ...movedFromText({ [field]: value }, version), ...(replace && { replace }) });
      } catch (error) {
        if (error instanceof ApiError && error.code === 'identity.held') return 'other';
        throw error;
      }
      return held.includes(field) ? 'there' : 'sealed';
    },
    async takeBack(field) {
      const { version } = await newest();
      await change({ version, fields: { [field]: null } });
    },
  };
}
