// Duty: what the home page asks the server, and which live changes make it old. No view.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { casePaths } from '../../../shared/casePaths.ts';
import type { MyWeek } from '../../../shared/caseWork.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';

const weekKey = ['my-week'] as const;

export function useMyWeek(enabled: boolean) {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Many changes at once are asked for once.
  const later = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: weekKey });
    }, 150);
  };
  useChange('case.logged', later);
  useChange('case.changed', later);
  useChange('case.withdrawn', later);
  return useQuery({
    queryKey: weekKey,
    queryFn: ({ signal }) => api.get<{ data: MyWeek }>(casePaths.myWeek, { signal }),
    select: (answer) => answer.data,
    enabled,
  });
}
