// Duty: give the sockets what they need from sessions and scopes; used by the server and by tests alike.
import type { Server as HttpServer } from 'node:http';
import type { App } from '../app.ts';
import type { Env } from '../env.ts';
import type { LiveServer } from './publish.ts';
import { startSockets } from './sockets.ts';

export function startLive(http: HttpServer, app: App, env: Env): LiveServer {
  return startSockets(http, {
    sessionHandlers: app.session.handlers,
    publicUrl: env.PUBLIC_URL,
    maySeeCase: app.maySeeCase,
    isSessionAlive: (sessionId) => app.session.store.isAlive(sessionId),
  });
}
