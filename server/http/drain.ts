// Duty: let the last requests end: no new connection, an answer to everything that has begun, then the end of what is left.
import type { Server } from 'node:http';

const lookEveryMilliseconds = 25;

/** Resolves when every connection is gone; those still busy at the deadline are cut. Answers whether all ended by themselves. */
export function drain(server: Server, deadlineMilliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const began = Date.now();
    // Whoever closed it before does no harm: what counts is that no connection is left.
    server.close(() => undefined);
    const look = setInterval(() => {
      server.closeIdleConnections();
      server.getConnections((_error, count) => {
        const late = Date.now() - began > deadlineMilliseconds;
        if (count > 0 && !late) return;
        clearInterval(look);
        server.closeAllConnections();
        resolve(count === 0);
      });
    }, lookEveryMilliseconds);
  });
}
