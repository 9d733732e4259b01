// Duty: how answers of the server are kept and asked again. No query is defined here.
import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api.ts';

/** What another try cannot change is not tried again. */
export function worthRetrying(failures: number, error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return (
    failures < 2 &&
    (error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504)
  );
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Live changes say when something is old; a minute is the net below them.
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        retry: worthRetrying,
        refetchOnWindowFocus: true,
      },
      // What a person sends is never repeated behind their back; the outbox does that, with ids made here.
      mutations: { retry: false },
    },
  });
}
