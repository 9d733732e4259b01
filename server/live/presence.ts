// Duty: who has a case page open and which field they edit, in this process's memory. Whether they may see it is decided before.
import type { Socket } from 'socket.io';
import type { Presence } from '../../shared/live.ts';
import type { LiveServer } from './publish.ts';
import { caseRoom } from './rooms.ts';

type LiveSocket = Parameters<Parameters<LiveServer['on']>[1]>[0] & Pick<Socket, 'id'>;

export function makePresence(io: LiveServer) {
  /** Case id → socket id → field being edited. */
  const open = new Map<string, Map<string, string | null>>();

  function tell(caseId: string): void {
    const sockets = open.get(caseId) ?? new Map<string, string | null>();
    const viewers = new Map<string, Presence['viewers'][number]>();
    for (const [socketId, editing] of sockets) {
      const viewer = io.sockets.sockets.get(socketId)?.data.viewer;
      if (!viewer) continue;
      const before = viewers.get(viewer.id);
      viewers.set(viewer.id, {
        userId: viewer.id,
        name: viewer.name,
        editing: editing ?? before?.editing ?? null,
      });
    }
    io.to(caseRoom(caseId)).emit('presence', { caseId, viewers: [...viewers.values()] });
  }

  function close(socket: LiveSocket, caseId: string): void {
    const sockets = open.get(caseId);
    if (!sockets?.delete(socket.id)) return;
    if (sockets.size === 0) open.delete(caseId);
    void socket.leave(caseRoom(caseId));
    tell(caseId);
  }

  return {
    open(socket: LiveSocket, caseId: string): void {
      const sockets = open.get(caseId) ?? new Map<string, string | null>();
      open.set(caseId, sockets.set(socket.id, null));
      void socket.join(caseRoom(caseId));
      tell(caseId);
    },
    /** Says nothing unless this socket has opened the case. */
    edit(socket: LiveSocket, caseId: string, field: string | null): void {
      const sockets = open.get(caseId);
      if (!sockets?.has(socket.id)) return;
      sockets.set(socket.id, field);
      tell(caseId);
    },
    close,
    closeAll(socket: LiveSocket): void {
      for (const [caseId, sockets] of open) if (sockets.has(socket.id)) close(socket, caseId);
    },
  };
}
