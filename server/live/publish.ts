// Duty: the only door to `io.emit`. Called as the last line of a command, after the save; a failed emit never fails the request.
import type { Server } from 'socket.io';
import type { BrowserToServer, ChangeMap, ChangeName, ServerToBrowser } from '../../shared/live.ts';
import { report } from '../log.ts';
import type { Viewer } from '../policy.ts';
import type { Bus, BusMessage } from './bus.ts';
import { caseRoom, isSessionRoom, sessionRoom, userRoom } from './rooms.ts';

export interface SocketData {
  viewer: Viewer;
}
export type LiveServer = Server<BrowserToServer, ServerToBrowser, Record<string, never>, SocketData>;

type Listener = <Name extends ChangeName>(name: Name, change: ChangeMap[Name]) => void;

let io: LiveServer | null = null;
let bus: Bus | null = null;
const listeners = new Set<Listener>();
const everywhere = new Set<Listener>();
const sessionListeners = new Set<(key: string) => void>();

/** Sockets come later than features; until then, and in commands run without a server, changes reach listeners only. */
export function publishThrough(server: LiveServer | null): void {
  io = server;
}

/** What is told here is told in the other processes too. */
export function publishAlsoTo(others: Bus | null): void {
  bus = others;
}

/** Hears every change made in this process, once in all processes together, e.g. to write notices. */
export function onPublished(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hears every change, whichever process made it, e.g. to forget what is remembered of it. */
export function onHeard(listener: Listener): () => void {
  everywhere.add(listener);
  return () => everywhere.delete(listener);
}

/** Hears that a session ended, in whichever process. */
export function onSessionEnded(listener: (key: string) => void): () => void {
  sessionListeners.add(listener);
  return () => sessionListeners.delete(listener);
}

/** Tells each room once; a socket in several of them hears it once. */
export function publish<Name extends ChangeName>(name: Name, change: ChangeMap[Name], rooms: string[]): void {
  act({ op: 'change', name, change, rooms });
  for (const listener of listeners) guarded(name, () => listener(name, change));
}

/** Those in these rooms leave the case's page room: they may no longer see who else is there. */
export const evict = (caseId: string, rooms: string[]): void => act({ op: 'evict', caseId, rooms });

/** After a change of role or scope: the user's sockets leave every room they are in and join those of the new scope. */
export const moveRooms = (userId: string, rooms: string[]): void => act({ op: 'moveRooms', userId, rooms });

/** After sign-out everywhere or deactivation: the user's sockets are closed at once. */
export const closeSockets = (userId: string): void => act({ op: 'closeSockets', userId });

/** After one session ended: its sockets alone are closed. */
export const closeSessionSockets = (key: string): void => act({ op: 'closeSession', key });

/** To the other processes alone. */
export const tellOthers = (message: BusMessage): void => bus?.send(message);

/** Here first, then in every other process, in the same order. */
function act(message: BusMessage): void {
  actHere(message);
  bus?.send(message);
}

/** What one process says, done for the sockets of this one. */
export function actHere(message: BusMessage): void {
  switch (message.op) {
    case 'change': {
      const { name, change, rooms } = message;
      for (const listener of everywhere) guarded(name, () => listener(name, change));
      if (io && rooms.length > 0) guarded(name, () => io!.to(rooms).emit('change', name, change));
      return;
    }
    case 'evict':
      io?.in(message.rooms).socketsLeave(caseRoom(message.caseId));
      return;
    case 'moveRooms':
      // A copy: who leaves the room and joins it again would come round for ever.
      for (const id of [...(io?.sockets.adapter.rooms.get(userRoom(message.userId)) ?? [])]) {
        const socket = io!.sockets.sockets.get(id);
        for (const room of [...(socket?.rooms ?? [])])
          if (room !== id && !isSessionRoom(room)) void socket!.leave(room);
        void socket?.join(message.rooms);
      }
      return;
    case 'closeSockets':
      io?.in(userRoom(message.userId)).disconnectSockets(true);
      return;
    case 'closeSession':
      for (const listener of sessionListeners) listener(message.key);
      io?.in(sessionRoom(message.key)).disconnectSockets(true);
  }
}

function guarded(change: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    report(error, { change });
  }
}
