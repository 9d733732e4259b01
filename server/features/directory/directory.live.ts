// Duty: the slice's live changes, each with the rooms that hear it. Commands call these last, after the save.

import { closeSessionSockets, closeSockets, moveRooms, publish } from '../../live/publish.ts';
import { administratorsRoom, roomsOf, sessionRoom, userRoom } from '../../live/rooms.ts';

export function userChanged(user: { id: string; version: number }): void {
  publish('user.changed', { id: user.id, version: user.version }, [administratorsRoom()]);
}

export function organisationChanged(organisation: { id: string; version: number }): void {
  publish('organisation.changed', { id: organisation.id, version: organisation.version }, [
    administratorsRoom(),
  ]);
}

/** Their role, scope or name is another now: their sockets move, their screens ask again. */
export function viewerChanged(viewer: Express.User): void {
  publish('viewer.changed', { id: viewer.id }, [userRoom(viewer.id)]);
  // Whoever owes a second factor now is let in nowhere until it is there.
  if (viewer.owesSecondFactor) closeSockets(viewer.id);
  else moveRooms(viewer.id, roomsOf(viewer));
}

/** Every session of theirs ended. */
export function viewerSignedOut(id: string): void {
  publish('viewer.signedOut', { id }, [userRoom(id)]);
  closeSockets(id);
}

/** One session ended, by its own hand or from another device. */
export function sessionEnded(viewerId: string, sessionKey: string): void {
  publish('viewer.signedOut', { id: viewerId }, [sessionRoom(sessionKey)]);
  closeSessionSockets(sessionKey);
}

/** So long the one session that goes on has to get its new cookie, before its sockets, too, have to come again. */
const cookieMilliseconds = 500;

/** Every session but the one that goes on: their sockets have to come again, and only that one may. */
export function otherSessionsEnded(id: string): void {
  publish('viewer.changed', { id }, []);
  setTimeout(() => closeSockets(id), cookieMilliseconds).unref();
}
