// Duty: the only door to `io.emit`. Called as the last line of a command, after the save; a failed emit never fails the request.
import type { Server } from 'socket.io';
import type { BrowserToServer, ChangeMap, ChangeName, ServerToBrowser } from '../../shared/live.ts';
import { report } from '../log.ts';
import type { Viewer } from '../policy.ts';
import { caseRoom, isSessionRoom, sessionRoom, userRoom } from './rooms.ts';

export interface SocketData {
  viewer: Viewer;
}
export type LiveServer = Server<BrowserToServer, ServerToBrowser, Record<string, never>, SocketData>;

/** Hears every change inside this process, e.g. to keep an index in step. */
type Listener = <Name extends ChangeName>(name: Name, change: ChangeMap[Name]) => void;

let io: LiveServer | null = null;
const listeners = new Set<Listener>();

/** Sockets come later than features; until then, and in commands run without a server, changes reach listeners only. */
export function publishThrough(server: LiveServer | null): void {
  io = server;
}

export function onPublished(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells each room once; a socket in several of them hears it once. */
export function publish<Name extends ChangeName>(name: Name, change: ChangeMap[Name], rooms: string[]): void {
  for (const listener of listeners) {
    try {
      listener(name, change);
    } catch (error) {
      report(error, { change: name });
    }
  }
  if (!io || rooms.length === 0) return;
  try {
    io.to(rooms).emit('change', name, change);
  } catch (error) {
    report(error, { change: name });
  }
}

/** Those in these rooms leave the case's page room: they may no longer see who else is there. */
export function evict(caseId: string, rooms: string[]): void {
  io?.in(rooms).socketsLeave(caseRoom(caseId));
}

/** After a change of role or scope: the user's sockets leave every room they are in and join those of the new scope. */
export async function moveRooms(userId: string, roomsNow: string[]): Promise<void> {
  if (!io) return;
  for (const socket of await io.in(userRoom(userId)).fetchSockets()) {
    for (const room of socket.rooms) if (room !== socket.id && !isSessionRoom(room)) socket.leave(room);
    socket.join(roomsNow);
  }
}

/** After sign-out everywhere or deactivation: the user's sockets are closed at once. */
export function closeSockets(userId: string): void {
  io?.in(userRoom(userId)).disconnectSockets(true);
}

/** After one session ended: its sockets alone are closed. */
export function closeSessionSockets(key: string): void {
  io?.in(sessionRoom(key)).disconnectSockets(true);
}
