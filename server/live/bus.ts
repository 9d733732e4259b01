// Duty: what the processes of one installation tell each other, and the shape of whatever carries it. Who hears what on a screen is publish.ts.
import type { ChangeMap, ChangeName, Presence } from '../../shared/live.ts';

export type BusMessage =
  | { op: 'change'; name: ChangeName; change: ChangeMap[ChangeName]; rooms: string[] }
  | { op: 'evict'; caseId: string; rooms: string[] }
  | { op: 'moveRooms'; userId: string; rooms: string[] }
  | { op: 'closeSockets'; userId: string }
  | { op: 'closeSession'; key: string }
  | { op: 'presence'; caseId: string; viewers: Presence['viewers'] };

export interface Bus {
  /** To every other process, in this order; what cannot be carried is lost, and whoever missed it is told by `gap`. Never throws. */
  send(message: BusMessage): void;
  close(): Promise<void>;
}

/** What a process does about the others. */
export interface BusListener {
  heard(from: string, message: BusMessage): void;
  /** Another process is there: it knows nothing yet of what is here. */
  joined(peer: string): void;
  left(peer: string): void;
  /** Something may have been told that did not arrive here, or that a process meant to tell when it died. */
  gap(why: string): void;
}

/** What travels: a process says who it is with everything it says, and when it ends of its own will. */
export interface Envelope {
  from: string;
  say: BusMessage | 'here' | 'bye';
}
