// Duty: mend one fault of the database driver: a command that is written to a socket in the moment of its closing waits for ever, and with it everything behind it.
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** What is touched of the driver's own connection; a test holds it to this. */
export interface DriverConnection {
  readonly closed: boolean;
  readonly socket: Socket;
  cleanup(error: Error): void;
}

const mended = Symbol('mended');

/**
 * The driver waits for `drain` when a write is not taken at once, and a socket that was destroyed never drains: closing ends the
 * reading of an answer, not the writing of a command. Here closing ends both. To be called once before connecting; again changes nothing.
 */
export function mendBrokenConnections(): void {
  const { Connection } = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
    Connection: { prototype: DriverConnection & { [mended]?: true } };
  };
  const driver = Connection.prototype;
  if (driver[mended]) return;
  driver[mended] = true;
  const cleanup = driver.cleanup;
  driver.cleanup = function (error) {
    const wasOpen = !this.closed;
    cleanup.call(this, error);
    if (wasOpen && this.socket.listenerCount('drain') > 0) this.socket.emit('error', error);
  };
}
