// Duty: give the sockets what they need from sessions and scopes, and join this process to the others of its installation.
import type { Server as HttpServer } from 'node:http';
import type { App } from '../app.ts';
import type { Env } from '../env.ts';
import { log } from '../log.ts';
import type { Bus, BusListener } from './bus.ts';
import { joinMesh } from './mesh.ts';
import { actHere, type LiveServer, onSessionEnded, publishAlsoTo } from './publish.ts';
import { joinRedis } from './redisBus.ts';
import { type LivePresence, startSockets } from './sockets.ts';

export interface Live {
  io: LiveServer;
  presence: LivePresence;
  /** Changes may have gone untold: every browser of this process comes again, and asks for everything that it shows. */
  comeAgain(why: string): void;
}

export function startLive(http: HttpServer, app: App, env: Env): Live {
  onSessionEnded((key) => app.session.store.forgetKey(key));
  const sockets = startSockets(http, {
    sessionHandlers: app.session.handlers,
    publicUrl: env.PUBLIC_URL,
    maySeeCase: app.maySeeCase,
    isSessionAlive: (sessionId) => app.session.store.isAlive(sessionId),
  });
  return { ...sockets, comeAgain: (why) => comeAgain(sockets.io, why) };
}

/** Browsers come again spread over so long: the way of every reconnection. */
const comeAgainMilliseconds = 1_500;

function comeAgain(io: LiveServer, why: string): void {
  const sockets = [...io.sockets.sockets.values()];
  log.warn({ why, browsers: sockets.length }, 'live changes may have been missed: browsers come again');
  for (const socket of sockets)
    setTimeout(() => socket.conn.close(), Math.random() * comeAgainMilliseconds).unref();
}

/** Resolves when every other process hears this one; call it before the first browser may come. */
export async function joinOthers({ presence, comeAgain }: Live, env: Env): Promise<Bus> {
  const listener: BusListener = {
    heard(from, message) {
      if (message.op === 'presence') presence.heard(from, message.caseId, message.viewers);
      else actHere(message);
    },
    joined: () => presence.tellAll(),
    left: (peer) => presence.gone(peer),
    gap: comeAgain,
  };
  const bus = env.REDIS_URL
    ? await joinRedis({ url: env.REDIS_URL, secret: env.SESSION_SECRET }, listener)
    : await joinMesh(env.DATA_DIR, listener);
  publishAlsoTo(bus);
  return bus;
}
