// Duty: the thin line on top: offline, sending, all sent, live changes interrupted. Silent when all is well.

import { type ReactNode, useEffect, useState } from 'react';
import { useSay } from '../lib/i18n.tsx';
import { useLiveStatus } from '../lib/live.tsx';
import { useOnline, useOutboxState } from '../lib/offline.tsx';
import { CheckCheck, CloudUpload, RefreshCw, TriangleAlert, WifiOff } from '../ui/icons.ts';
import classes from './shell.module.css';

export function StatusLine() {
  return (
    <div role="status" className={`${classes.lineArea} no-print`}>
      <Line />
    </div>
  );
}

function Line() {
  const say = useSay();
  const online = useOnline();
  const { status, count, refused } = useOutboxState();
  const live = useLiveStatus();
  const sent = useForAWhile(status === 'sent', 4000);
  const lostLong = useAfterAWhile(live === 'lost', 3000);
  if (refused.length > 0)
    return (
      <Words icon={<TriangleAlert size={18} />} text={say('line.refused', { count: refused.length })} alarm />
    );
  if (!online) return <Words icon={<WifiOff size={18} />} text={say('line.offline')} />;
  if (status === 'sending' && count > 0)
    return <Words icon={<CloudUpload size={18} />} text={say('line.sending', { count })} />;
  if (status === 'waiting')
    return <Words icon={<CloudUpload size={18} />} text={say('line.waiting', { count })} />;
  if (lostLong) return <Words icon={<RefreshCw size={18} />} text={say('line.reconnecting')} />;
  if (sent) return <Words icon={<CheckCheck size={18} />} text={say('line.sent')} />;
  return null;
}

function Words({ icon, text, alarm }: { icon: ReactNode; text: string; alarm?: boolean }) {
  return (
    <div className={classes.line} data-alarm={alarm || undefined}>
      <span aria-hidden>{icon}</span>
      {text}
    </div>
  );
}

/** True for so long after `cause` became true. */
function useForAWhile(cause: boolean, milliseconds: number): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    setShown(cause);
    if (!cause) return;
    const timer = setTimeout(() => setShown(false), milliseconds);
    return () => clearTimeout(timer);
  }, [cause, milliseconds]);
  return shown;
}

/** True once `cause` has been true for so long: a blink of the network is not worth a word. */
function useAfterAWhile(cause: boolean, milliseconds: number): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!cause) return;
    const timer = setTimeout(() => setLong(true), milliseconds);
    return () => clearTimeout(timer);
  }, [cause, milliseconds]);
  return cause && long;
}
