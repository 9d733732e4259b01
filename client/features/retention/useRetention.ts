// Duty: everything the page and the panel of retention ask the server and tell it; what live changes make old. No view.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CaseRetentionAnswer,
  HoldInput,
  RetentionAnswer,
  RetentionRuleInput,
} from '../../../shared/retention.ts';
import { retentionPaths } from '../../../shared/retentionLists.ts';
import type { Theme } from '../../../shared/themeLists.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';

const overview = ['retention'] as const;
const ofCase = (id: string) => ['retention', 'case', id] as const;

export function useRetention() {
  const client = useQueryClient();
  const again = () => void client.invalidateQueries({ queryKey: overview, exact: true });
  useChange('retention.changed', again);
  // A hold, a closing, a reopening: each may change what is due.
  useChange('case.changed', again);
  return useQuery({
    queryKey: overview,
    queryFn: ({ signal }) => api.get<RetentionAnswer>(retentionPaths.overview, { signal }),
  });
}

export function useSetMonths(theme: Theme) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: RetentionRuleInput) => api.put(retentionPaths.rule(theme), input),
    onSettled: () => client.invalidateQueries({ queryKey: overview }),
  });
}

export function useCaseRetention(id: string) {
  const client = useQueryClient();
  useChange('case.changed', (change) => {
    if (change.id === id) void client.invalidateQueries({ queryKey: ofCase(id) });
  });
  return useQuery({
    queryKey: ofCase(id),
    queryFn: ({ signal }) => api.get<CaseRetentionAnswer>(retentionPaths.ofCase(id), { signal }),
  });
}

/** Null lifts the hold. */
export function useHold(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: HoldInput | null) =>
      input
        ? api.put<CaseRetentionAnswer>(retentionPaths.hold(id), input)
        : api.delete<CaseRetentionAnswer>(retentionPaths.hold(id)),
    onSuccess: (answer) => client.setQueryData(ofCase(id), answer),
  });
}
