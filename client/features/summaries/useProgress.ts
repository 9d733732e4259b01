// Duty: what the page of progress asks the server and when it asks again: a new release is told live and never slipped under a reader. No view.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FrozenRelease, Progress } from '../../../shared/summaries.ts';
import { summaryPaths } from '../../../shared/summaryPaths.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';

const frozen = { staleTime: Number.POSITIVE_INFINITY };

export const useProgress = () =>
  useQuery({
    queryKey: ['progress'],
    queryFn: ({ signal }) => api.get<Progress>(summaryPaths.progress, { signal }),
    select: (answer) => answer.data,
    ...frozen,
  });

/** What was published is for ever the same; it is asked for once. */
export const useRelease = (id: string | null) =>
  useQuery({
    queryKey: ['progress', id],
    queryFn: ({ signal }) => api.get<{ data: FrozenRelease }>(summaryPaths.progressOf(id!), { signal }),
    select: (answer) => answer.data,
    enabled: id !== null,
    ...frozen,
  });

/** True once a release came out after the page was opened, until it is shown. */
export function useNews(): { isNew: boolean; show(): Promise<void> } {
  const client = useQueryClient();
  const [isNew, setNew] = useState(false);
  useChange('release.published', () => setNew(true));
  return {
    isNew,
    async show() {
      await client.refetchQueries({ queryKey: ['progress'], exact: true });
      setNew(false);
    },
  };
}
