// Duty: who has a case page open and which field they edit, in this process's memory. Whether they may see it is decided before.
import type { Socket } from 'socket.io';
import type { Presence } from '../../shared/live.ts';
import type { LiveServer } from './publish.ts';
import { caseRoom } from './rooms.ts';

type LiveSocket = Parameters<Parameters<LiveServer['on']>[1]>[0] & Pick<Socket, 'id'>;

/** Case pages that one browser connection may have open at once. */
const mostOpen = 20;

export function makePresence(io: LiveServer) {
  /** Case id → socket id → field being edited. */
  const open = new Map<string, Map<string, string | null>>();
  /** Socket id → case ids. */
  const openedBy = new Map<string, Set<string>>();

  function tell(caseId: string): void {
    const sockets = open.get(caseId) ?? new Map<string, string | null>();
    const viewers = new Map<string, Presence['viewers'][number]>();
    const members = io.sockets.adapter.rooms.get(caseRoom(caseId));
    for (const [socketId, editing] of sockets) {
      const viewer = io.sockets.sockets.get(socketId)?.data.viewer;
      // Who lost sight of the case was put out of its room, and is no longer there for others either.
      if (!viewer || !members?.has(socketId)) continue;
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
    const own = openedBy.get(socket.id);
    if (own?.delete(caseId) && own.size === 0) openedBy.delete(socket.id);
    if (sockets.size === 0) open.delete(caseId);
    void socket.leave(caseRoom(caseId));
    tell(caseId);
  }

  return {
    /** False when the browser has gone while it was asked whether it may, or has more pages open than anybody reads. */
    open(socket: LiveSocket, caseId: string): boolean {
      const own = openedBy.get(socket.id) ?? new Set<string>();
      if (!socket.connected || (own.size >= mostOpen && !own.has(caseId))) return false;
      openedBy.set(socket.id, own.add(caseId));
      const sockets = open.get(caseId) ?? new Map<string, string | null>();
      open.set(caseId, sockets.set(socket.id, null));
      void socket.join(caseRoom(caseId));
      tell(caseId);
      return true;
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
      for (const caseId of [...(openedBy.get(socket.id) ?? [])]) close(socket, caseId);
    },
  };
}
