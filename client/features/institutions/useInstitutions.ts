// Duty: everything the pages of institutions, reply rules and holidays ask the server and tell it; what live changes make old. No view.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Institution,
  InstitutionAnswer,
  InstitutionQuery,
  OfficeHoldersInput,
} from '../../../shared/institutions.ts';
import { institutionPaths, replyRulePaths } from '../../../shared/letterPaths.ts';
import type {
  HolidaysInput,
  HolidayYear,
  ReplyRule,
  ReplyRuleAbility,
  ReplyRuleInput,
} from '../../../shared/replyRules.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';

const keys = {
  all: ['institutions'] as const,
  list: (query: InstitutionQuery) => ['institutions', 'list', query] as const,
  one: (id: string) => ['institutions', 'one', id] as const,
  rules: ['reply-rules'] as const,
  holidays: ['holidays'] as const,
};

export const useInstitutionList = (query: InstitutionQuery) =>
  useQuery({
    queryKey: keys.list(query),
    queryFn: ({ signal }) =>
      api.get<{ data: Institution[] }>(institutionPaths.all, { query: { ...query }, signal }),
    select: (answer) => answer.data,
  });

export function useInstitution(id: string) {
  const client = useQueryClient();
  useChange('institution.changed', (change) => {
    if (change.id === id) void client.invalidateQueries({ queryKey: keys.one(id) });
  });
  // Its scorecard counts letters and promises.
  const again = () => void client.invalidateQueries({ queryKey: keys.one(id) });
  useChange('letter.changed', again);
  useChange('commitment.changed', again);
  return useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<InstitutionAnswer>(institutionPaths.one(id), { signal }),
  });
}

export function useSetPeople(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: OfficeHoldersInput) => api.put<InstitutionAnswer>(institutionPaths.people(id), input),
    onSuccess: (answer) => client.setQueryData(keys.one(id), answer),
  });
}

interface Listed<Row> {
  data: Row[];
  abilities: Record<ReplyRuleAbility, boolean>;
}

export function useReplyRules() {
  const client = useQueryClient();
  useChange('replyRule.changed', () => {
    void client.invalidateQueries({ queryKey: keys.rules });
    void client.invalidateQueries({ queryKey: keys.holidays });
  });
  return useQuery({
    queryKey: keys.rules,
    queryFn: ({ signal }) => api.get<Listed<ReplyRule>>(replyRulePaths.all, { signal }),
  });
}

export const useHolidays = () =>
  useQuery({
    queryKey: keys.holidays,
    queryFn: ({ signal }) => api.get<Listed<HolidayYear>>(replyRulePaths.holidays, { signal }),
  });

export function useSetRule(kind: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ReplyRuleInput) => api.put(replyRulePaths.one(kind), input),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.rules }),
  });
}

export function useSetHolidays(year: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: HolidaysInput) => api.put(replyRulePaths.year(year), input),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.holidays }),
  });
}
