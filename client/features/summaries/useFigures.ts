// Duty: everything the coordinators' pages of figures ask the server and tell it: query keys, reads, writes, what live changes make old. No view.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CorrectionCreate,
  FiguresNow,
  IndicatorEntry,
  IndicatorRevise,
  ReleaseAnswer,
  ReleaseCreate,
  ReleaseMoveInput,
  ReleaseSummary,
  StoryInput,
  TargetCreate,
  TargetRevise,
} from '../../../shared/releases.ts';
import type { IndicatorKey } from '../../../shared/summaryLists.ts';
import { summaryPaths } from '../../../shared/summaryPaths.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';

interface Data<Value> {
  data: Value;
}
const keys = {
  all: ['figures'] as const,
  now: ['figures', 'now'] as const,
  releases: ['figures', 'releases'] as const,
  release: (id: string) => ['figures', 'release', id] as const,
  indicators: ['figures', 'indicators'] as const,
};

export const useFiguresNow = () =>
  useQuery({
    queryKey: keys.now,
    queryFn: ({ signal }) => api.get<Data<FiguresNow>>(summaryPaths.figures, { signal }),
    select: (answer) => answer.data,
  });

export const useReleases = () =>
  useQuery({
    queryKey: keys.releases,
    queryFn: ({ signal }) => api.get<Data<ReleaseSummary[]>>(summaryPaths.releases, { signal }),
    select: (answer) => answer.data,
  });

export const useRelease = (id: string) =>
  useQuery({
    queryKey: keys.release(id),
    queryFn: ({ signal }) => api.get<ReleaseAnswer>(summaryPaths.release(id), { signal }),
  });

export const useIndicators = () =>
  useQuery({
    queryKey: keys.indicators,
    queryFn: ({ signal }) => api.get<Data<IndicatorEntry[]>>(summaryPaths.indicators, { signal }),
    select: (answer) => answer.data,
  });

/** Counting goes on behind: each step is told, and whoever looks sees how far it is. */
export function useLiveFigures(): void {
  const client = useQueryClient();
  const again = (queryKey: readonly unknown[]) => void client.invalidateQueries({ queryKey });
  useChange('release.changed', ({ id }) => {
    again(keys.release(id));
    again(keys.releases);
  });
  useChange('indicator.changed', () => {
    again(keys.indicators);
    again(keys.now);
  });
  useChange('case.changed', () => {
    // Counting reads every case of the period: once in a while is enough.
    const state = client.getQueryState(keys.now);
    if (state && Date.now() - state.dataUpdatedAt > 30_000) again(keys.now);
  });
}

function useReleaseWrite<Input>(id: string, send: (input: Input) => Promise<ReleaseAnswer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (answer) => {
      client.setQueryData(keys.release(answer.data.id), answer);
      void client.invalidateQueries({ queryKey: keys.releases });
    },
    onError: () => void client.invalidateQueries({ queryKey: keys.release(id) }),
  });
}

export const useFreeze = () =>
  useReleaseWrite('', (input: ReleaseCreate) => api.post<ReleaseAnswer>(summaryPaths.releases, input));
export const useMoveRelease = (id: string) =>
  useReleaseWrite(id, (input: ReleaseMoveInput) =>
    api.post<ReleaseAnswer>(summaryPaths.releaseMoves(id), input, { timeoutMilliseconds: 120_000 }),
  );
export const useTellStory = (id: string) =>
  useReleaseWrite(id, (input: StoryInput) => api.put<ReleaseAnswer>(summaryPaths.releaseStory(id), input));
export const useCorrect = (id: string) =>
  useReleaseWrite(id, (input: CorrectionCreate) =>
    api.post<ReleaseAnswer>(summaryPaths.releaseCorrections(id), input),
  );

function useIndicatorWrite<Input>(send: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => void client.invalidateQueries({ queryKey: keys.all }),
  });
}

export const useReviseIndicator = (key: IndicatorKey) =>
  useIndicatorWrite((input: IndicatorRevise) => api.patch(summaryPaths.indicator(key), input));
export const useAddTarget = (key: IndicatorKey) =>
  useIndicatorWrite((input: TargetCreate) => api.post(summaryPaths.targets(key), input));
export const useReviseTarget = (key: IndicatorKey, id: string) =>
  useIndicatorWrite((input: TargetRevise) => api.patch(summaryPaths.target(key, id), input));
export const useRemoveTarget = (key: IndicatorKey, id: string) =>
  useIndicatorWrite((input: { version: number }) => api.delete(summaryPaths.target(key, id), input));
