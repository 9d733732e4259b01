// Duty: everything the pages of commitments ask the server and tell it: query keys, reads, writes, what live changes make old. No view.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { CommitmentFlag } from '../../../shared/commitmentLists.ts';
import type { CommitmentMoveInput } from '../../../shared/commitmentMoves.ts';
import { commitmentPaths } from '../../../shared/commitmentPaths.ts';
import type {
  CommitmentAnswer,
  CommitmentCreate,
  CommitmentList,
  CommitmentRevise,
  Source,
  SourceCreate,
} from '../../../shared/commitments.ts';
import type { Institution } from '../../../shared/institutions.ts';
import { ApiError, api, isOutdated } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';
import { newerOf, useGathered } from '../../lib/newest.ts';

/** What the list is narrowed to; empty for everything. */
export interface CommitmentFilter {
  municipality?: string;
  theme?: string;
  institution?: string;
  status?: string;
  flag?: CommitmentFlag;
  /** 'true': what the map counts. */
  slipping?: string;
  issue?: string;
  campaign?: string;
}

const keys = {
  lists: ['commitments', 'list'] as const,
  one: (id: string) => ['commitments', 'one', id] as const,
  sources: ['commitments', 'sources'] as const,
};

export const useCommitmentList = (filter: CommitmentFilter, limit = 30) =>
  useInfiniteQuery({
    queryKey: [...keys.lists, filter, limit],
    queryFn: ({ pageParam, signal }) =>
      api.get<CommitmentList>(commitmentPaths.all, {
        query: { ...filter, limit, cursor: pageParam },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const useCommitment = (id: string) =>
  useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<CommitmentAnswer>(commitmentPaths.one(id), { signal }),
  });

export const useSources = () =>
  useQuery({
    queryKey: keys.sources,
    queryFn: ({ signal }) => api.get<{ data: Source[] }>(commitmentPaths.sources, { signal }),
    select: (answer) => answer.data,
  });

export const useInstitutions = () =>
  useQuery({
    queryKey: ['institutions'],
    queryFn: ({ signal }) => api.get<{ data: Institution[] }>('/api/institutions', { signal }),
    select: (answer) => answer.data,
    staleTime: 10 * 60_000,
  });

/** Whatever is on the screen keeps step. */
export function useLiveCommitments(): void {
  const client = useQueryClient();
  const listsLater = useGathered(() => void client.invalidateQueries({ queryKey: keys.lists }));
  useChange('commitment.changed', (change) => {
    const held = client.getQueryData<CommitmentAnswer>(keys.one(change.id));
    if (held && held.data.version < change.version)
      void client.invalidateQueries({ queryKey: keys.one(change.id) });
    listsLater();
  });
}

/** The newest answer is shown at once; lists ask again. */
function useKeep() {
  const client = useQueryClient();
  return (answer: CommitmentAnswer) => {
    client.setQueryData<CommitmentAnswer>(keys.one(answer.data.id), newerOf(answer));
    void client.invalidateQueries({ queryKey: keys.lists });
  };
}

function useWrite<Input>(id: string, send: (input: Input) => Promise<CommitmentAnswer>) {
  const client = useQueryClient();
  const keep = useKeep();
  return useMutation({
    mutationFn: send,
    onSuccess: keep,
    onError: (error) => {
      if (isOutdated(error)) void client.invalidateQueries({ queryKey: keys.one(id) });
    },
  });
}

export const useMoveCommitment = (id: string) =>
  useWrite(id, (input: CommitmentMoveInput) => api.post<CommitmentAnswer>(commitmentPaths.moves(id), input));

export const useReviseCommitment = (id: string) =>
  useWrite(id, (input: CommitmentRevise) => api.patch<CommitmentAnswer>(commitmentPaths.one(id), input));

export const useRemoveEvidence = (id: string) =>
  useWrite(id, (evidence: string) =>
    api.delete<CommitmentAnswer>(commitmentPaths.evidenceFile(id, evidence)),
  );

export const useAddEvidence = (id: string) =>
  useWrite(id, ({ evidence, file }: { evidence: string; file: File }) =>
    api.upload<CommitmentAnswer>(`${commitmentPaths.evidence(id)}?id=${evidence}`, file, file.name),
  );

export interface Recording {
  /** To be made first, with its file. */
  source: SourceCreate | null;
  file: { id: string; content: File } | null;
  commitment: CommitmentCreate;
}

/** What is wrong with the document is said beside the document's fields. */
function atSource(error: unknown): never {
  if (!(error instanceof ApiError)) throw error;
  const { status, code, extra, requestId } = error;
  const faults = error.faults.map((fault) => ({ ...fault, path: ['source', ...fault.path] }));
  throw new ApiError(status, code, { faults, extra, requestId });
}

/** The document, its file, then the promise: each with an id of its own, so that all of it may be sent again. */
export function useRecord() {
  const keep = useKeep();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ source, file, commitment }: Recording) => {
      if (source) await api.post(commitmentPaths.sources, source).catch(atSource);
      if (source && file)
        await api.upload(
          `${commitmentPaths.fileOfSource(source.id)}?id=${file.id}`,
          file.content,
          file.content.name,
        );
      return api.post<CommitmentAnswer>(commitmentPaths.all, commitment);
    },
    onSuccess: (answer) => {
      keep(answer);
      void client.invalidateQueries({ queryKey: keys.sources });
    },
  });
}
