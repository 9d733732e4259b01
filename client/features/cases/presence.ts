// Duty: who else has this case open and what they edit, over the one socket; tells them what we edit. Nothing is kept.
import { useCallback, useEffect, useState } from 'react';
import type { Presence } from '../../../shared/live.ts';
import { useLiveSocket, useLiveStatus } from '../../lib/live.tsx';
import { useMe } from '../../lib/session.tsx';

export function usePresence(caseId: string) {
  const socket = useLiveSocket();
  const status = useLiveStatus();
  const me = useMe();
  const [viewers, setViewers] = useState<Presence['viewers']>([]);
  useEffect(() => {
    // Opened again after every reconnect: the server forgets a lost socket.
    if (!socket || status !== 'on') return;
    const hear = (presence: Presence) => {
      if (presence.caseId === caseId) setViewers(presence.viewers);
    };
    socket.on('presence', hear);
    socket.emit('openCase', caseId, () => {});
    return () => {
      socket.off('presence', hear);
      socket.emit('closeCase', caseId);
      setViewers([]);
    };
  }, [socket, status, caseId]);
  const edit = useCallback(
    (field: string | null) => void socket?.emit('editCase', caseId, field),
    [socket, caseId],
  );
  return { others: viewers.filter((viewer) => viewer.userId !== me.id), edit };
}
