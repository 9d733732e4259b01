// Duty: hold opened vault values for a short time and let go of them: when time is up, the tab is hidden, or the panel leaves.
import { useCallback, useEffect, useState } from 'react';
import { type OpenedIdentity, openForSeconds } from '../../../shared/identityLists.ts';

/** The device's own clock counts: the server's may differ by minutes. */
export function useShortlyOpen(onClosed: () => void) {
  const [opened, setOpened] = useState<OpenedIdentity | null>(null);
  const [until, setUntil] = useState(0);
  const [left, setLeft] = useState(0);
  const close = useCallback(() => {
    setOpened(null);
    onClosed();
  }, [onClosed]);
  const show = useCallback((values: OpenedIdentity) => {
    setOpened(values);
    setUntil(Date.now() + openForSeconds * 1000);
    setLeft(openForSeconds);
  }, []);
  useEffect(() => {
    if (!opened) return;
    const tick = setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      setLeft(seconds);
      if (seconds <= 0) close();
    }, 250);
    const hidden = () => {
      if (document.visibilityState === 'hidden') close();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      clearInterval(tick);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [opened, until, close]);
  return { opened, secondsLeft: Math.max(0, left), show, close };
}
