// Duty: who has a case page open and which field they edit: of this process from its sockets, of the others as they tell. Whether they may see it is decided before.
import type { Socket } from 'socket.io';
import type { Presence } from '../../shared/live.ts';
import type { BusMessage } from './bus.ts';
import type { LiveServer } from './publish.ts';
import { caseRoom } from './rooms.ts';

type LiveSocket = Parameters<Parameters<LiveServer['on']>[1]>[0] & Pick<Socket, 'id'>;
type Viewers = Presence['viewers'];

/** Case pages that one browser connection may have open at once. */
const mostOpen = 20;

/** `tellOthers` reaches the other processes. */
export function makePresence(io: LiveServer, tellOthers: (message: BusMessage) => void) {
  /** Case id → socket id → field being edited. */
  const open = new Map<string, Map<string, string | null>>();
  /** Socket id → case ids. */
  const openedBy = new Map<string, Set<string>>();
  /** Case id → process → who is there. */
  const elsewhere = new Map<string, Map<string, Viewers>>();

  function viewersHere(caseId: string): Viewers {
    const viewers: Viewers = [];
    const members = io.sockets.adapter.rooms.get(caseRoom(caseId));
    for (const [socketId, editing] of open.get(caseId) ?? []) {
      const viewer = io.sockets.sockets.get(socketId)?.data.viewer;
      // Who lost sight of the case was put out of its room, and is no longer there for others either.
      if (viewer && members?.has(socketId)) viewers.push({ userId: viewer.id, name: viewer.name, editing });
    }
    return viewers;
  }

  function tellHere(caseId: string): void {
    const room = caseRoom(caseId);
    if (!io.sockets.adapter.rooms.has(room)) return;
    const viewers = new Map<string, Viewers[number]>();
    const all = [viewersHere(caseId), ...(elsewhere.get(caseId)?.values() ?? [])].flat();
    for (const viewer of all) {
      const before = viewers.get(viewer.userId);
      viewers.set(viewer.userId, { ...viewer, editing: viewer.editing ?? before?.editing ?? null });
    }
    io.to(room).emit('presence', { caseId, viewers: [...viewers.values()] });
  }

  function tell(caseId: string): void {
    tellHere(caseId);
    tellOthers({ op: 'presence', caseId, viewers: viewersHere(caseId) });
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
    /** Another process says who is there with it now. */
    heard(process: string, caseId: string, viewers: Viewers): void {
      const others = elsewhere.get(caseId) ?? new Map<string, Viewers>();
      if (viewers.length > 0) elsewhere.set(caseId, others.set(process, viewers));
      else if (others.delete(process) && others.size === 0) elsewhere.delete(caseId);
      tellHere(caseId);
    },
    /** A process that has just come knows nobody. */
    tellAll(): void {
      for (const caseId of open.keys()) tellOthers({ op: 'presence', caseId, viewers: viewersHere(caseId) });
    },
    /** Nobody is with that process any more. */
    gone(process: string): void {
      for (const [caseId, others] of elsewhere) {
        if (!others.delete(process)) continue;
        if (others.size === 0) elsewhere.delete(caseId);
        tellHere(caseId);
      }
    },
  };
}
