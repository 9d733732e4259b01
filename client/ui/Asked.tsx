// Duty: the page of one record while it is waited for, cannot be had, or is gone; then the record. The words are the caller's.
import type { ReactNode } from 'react';
import { isGone } from '../lib/api.ts';
import { DoorClosed } from './icons.ts';
import { EmptyState, ErrorState, LoadingState } from './states.tsx';

interface Props<Answer> {
  /** As a query gives it. */
  asked: { data: Answer | undefined; error: unknown; refetch(): Promise<unknown> };
  gone: { title: string; text: string };
  /** Offered where the record cannot be shown. */
  wayOut: ReactNode;
  children: (answer: Answer) => ReactNode;
}

export function Asked<Answer>({ asked, gone, wayOut, children }: Props<Answer>) {
  // What may no longer be seen leaves the screen, even though a copy is still held here.
  if (asked.error && isGone(asked.error))
    return <EmptyState whole icon={DoorClosed} {...gone} action={wayOut} />;
  if (asked.data) return children(asked.data);
  return asked.error ? (
    <ErrorState whole error={asked.error} onRetry={() => void asked.refetch()} action={wayOut} />
  ) : (
    <LoadingState />
  );
}
