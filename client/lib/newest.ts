// Duty: how a screen keeps step with the server: many changes asked for once, no older answer over a newer one. What is asked is the features'.
import { useCallback, useEffect, useRef } from 'react';

const gatherMilliseconds = 120;

/** Many calls at once (an import, a hand-over) are one: the newest `act` runs a moment after the first. */
export function useGathered(act: () => void): () => void {
  const newest = useRef(act);
  newest.current = act;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      newest.current();
    }, gatherMilliseconds);
  }, []);
}

/** For `setQueryData`: the answer, unless what is held is newer already. */
export const newerOf =
  <Answer extends { data: { version: number } }>(answer: Answer) =>
  (held: Answer | undefined): Answer =>
    held && held.data.version > answer.data.version ? held : answer;
