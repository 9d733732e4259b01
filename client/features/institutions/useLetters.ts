// Duty: everything the pages of letters ask the server and tell it: query keys, reads, writes, what live changes make old. No view.
import {
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { LetterGroup } from '../../../shared/letterLists.ts';
import type { LetterMoveInput } from '../../../shared/letterMoves.ts';
import { letterPaths } from '../../../shared/letterPaths.ts';
import type {
  LetterAnswer,
  LetterCreate,
  LetterEdit,
  LetterLanguage,
  LetterList,
  LetterTemplate,
} from '../../../shared/letters.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';

export interface LetterFilter {
  group?: LetterGroup;
  campaign?: string;
  case?: string;
  institution?: string;
  municipality?: string;
  /** 'true': what the map counts. */
  unanswered?: string;
}

const keys = {
  lists: ['letters', 'list'] as const,
  list: (filter: LetterFilter) => ['letters', 'list', filter] as const,
  one: (id: string) => ['letters', 'one', id] as const,
};

export const useLetters = (filter: LetterFilter, limit = 20) =>
  useInfiniteQuery({
    queryKey: [...keys.list(filter), limit],
    queryFn: ({ pageParam, signal }) =>
      api.get<LetterList>(letterPaths.all, { query: { ...filter, limit, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const useLetter = (id: string) =>
  useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<LetterAnswer>(letterPaths.one(id), { signal }),
    gcTime: 0,
  });

/** Whatever changes about letters is asked for again; policy applies anew. */
export function useLiveLetters(): void {
  const client = useQueryClient();
  useChange('letter.changed', (change) => {
    void client.invalidateQueries({ queryKey: keys.lists });
    void client.invalidateQueries({ queryKey: keys.one(change.id) });
  });
}

function keepAnswer(client: QueryClient, answer: LetterAnswer): void {
  client.setQueryData(keys.one(answer.data.id), answer);
  void client.invalidateQueries({ queryKey: keys.lists });
}

export function useWriteLetter() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: LetterCreate) => api.post<LetterAnswer>(letterPaths.all, input),
    onSuccess: (answer) => keepAnswer(client, answer),
  });
}

export function useEditLetter(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: LetterEdit) => api.patch<LetterAnswer>(letterPaths.one(id), input),
    onSuccess: (answer) => keepAnswer(client, answer),
  });
}

export const useTemplate = (id: string) =>
  useMutation({
    mutationFn: (language: LetterLanguage) =>
      api.get<{ data: LetterTemplate }>(letterPaths.template(id), { query: { language } }),
  });

export function useMoveLetter(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: LetterMoveInput) => api.post<LetterAnswer>(letterPaths.moves(id), input),
    onSuccess: (answer) => {
      keepAnswer(client, answer);
      if (answer.data.id !== id) void client.invalidateQueries({ queryKey: keys.one(id) });
    },
  });
}

export interface FileToAdd {
  /** The same id for the same file, however often it is sent. */
  id: string;
  file: File;
  onProgress?: (share: number) => void;
}

export function useAddFile(letterId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, file, onProgress }: FileToAdd) =>
      api.upload<LetterAnswer>(`${letterPaths.files(letterId)}?id=${id}`, file, 'file', { onProgress }),
    onSuccess: (answer) => keepAnswer(client, answer),
  });
}

export function useRemoveFile(letterId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: string) => api.delete<LetterAnswer>(letterPaths.file(letterId, file)),
    onSuccess: (answer) => keepAnswer(client, answer),
  });
}
