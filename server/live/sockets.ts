// Duty: the handshake (session-checked, same origin), joining rooms, presence on a case page. What changed is said by publish.ts only.
import type { Server as HttpServer } from 'node:http';
import type { RequestHandler } from 'express';
import { Server } from 'socket.io';
import { idSchema } from '../../shared/api.ts';
import type { BrowserToServer, ServerToBrowser } from '../../shared/live.ts';
import { isOwnHost } from '../http/hostGuard.ts';
import { isOwnOrigin } from '../http/originGuard.ts';
import { tellServed } from '../http/served.ts';
import { sessionKey } from '../http/sessionStore.ts';
import { log, report, saidLately } from '../log.ts';
import type { Viewer } from '../policy.ts';
import { makeMessageLimits } from './messageLimits.ts';
import { makePresence } from './presence.ts';
import { type LiveServer, publishThrough, type SocketData, tellOthers } from './publish.ts';
import { roomsOf, sessionRoom } from './rooms.ts';

export interface LiveOptions {
  sessionHandlers: RequestHandler[];
  publicUrl: string | undefined;
  /** Whether this viewer, as they are now, may see the case: the same scope as HTTP. */
  maySeeCase(viewerId: string, caseId: string): Promise<boolean>;
  /** Whether the session still lives: one that merely ran out ends without anybody saying so. */
  isSessionAlive(sessionId: string): Promise<boolean>;
}

export type LivePresence = ReturnType<typeof makePresence>;

/** How long a connection may outlive its session. */
const sessionLookMilliseconds = 60_000;

/** What is edited is told to colleagues as the name of a field; words of one's own are not passed on. */
const fieldName = /^[a-zA-Z]{1,40}$/;

/** What a live connection asks is on record as a request is. It is answered with ids alone, so the answer waits for nothing. */
function account(viewer: Viewer | null, path: string, ids: string[], status: number): void {
  tellServed({
    requestId: crypto.randomUUID(),
    method: 'SOCKET',
    path,
    recordedAs: null,
    viewer,
    ids,
    filters: [],
    rows: null,
    about: [],
    status,
    code: null,
  })?.catch((error: unknown) => report(error, { where: 'audit' }));
}

export function startSockets(
  http: HttpServer,
  options: LiveOptions,
): { io: LiveServer; presence: LivePresence } {
  const io: LiveServer = new Server<BrowserToServer, ServerToBrowser, Record<string, never>, SocketData>(
    http,
    {
      serveClient: false,
      // Polling would have to come back to the process that it began with; every browser we serve has WebSockets.
      transports: ['websocket'],
      maxHttpBufferSize: 10_000,
      allowRequest: (request, answer) => {
        const { origin, host } = request.headers;
        answer(
          null,
          isOwnHost(host, options.publicUrl) && (!origin || isOwnOrigin(origin, host, options.publicUrl)),
        );
      },
    },
  );
  for (const handler of options.sessionHandlers) io.engine.use(handler);
  io.use((socket, next) => {
    const viewer = (socket.request as { user?: Viewer }).user;
    if (!viewer) {
      account(null, 'connect', [], 401);
      return next(new Error('signIn.needed'));
    }
    socket.data.viewer = viewer;
    next();
  });
  const presence = makePresence(io, tellOthers);
  const limits = makeMessageLimits();
  io.on('connection', (socket) => {
    const { viewer } = socket.data;
    const { sessionID } = socket.request as { sessionID?: string };
    const session = sessionID ? sessionKey(sessionID) : socket.id;
    void socket.join([...roomsOf(viewer), ...(sessionID ? [sessionRoom(session)] : [])]);
    // Before any event, known or not, is looked at: what is too much costs nothing but this.
    socket.use((event, next) => {
      const heed = limits.heed(session);
      if (heed === 'heard') return next();
      const answer: unknown = event.at(-1);
      if (typeof answer === 'function') answer(false, 'tooMany');
      if (heed === 'tooMany') return;
      tellStubborn(viewer);
      socket.disconnect(true);
    });
    socket.on('openCase', (caseId, answer) => {
      if (typeof answer !== 'function') return;
      if (!idSchema.safeParse(caseId).success) return answer(false);
      options.maySeeCase(viewer.id, caseId).then(
        (may) => {
          account(viewer, 'openCase', [caseId], may ? 200 : 404);
          answer(may && presence.open(socket, caseId));
        },
        (error: unknown) => {
          report(error, { event: 'openCase' });
          answer(false);
        },
      );
    });
    socket.on('closeCase', (caseId) => presence.close(socket, caseId));
    socket.on('editCase', (caseId, field) =>
      presence.edit(socket, caseId, typeof field === 'string' && fieldName.test(field) ? field : null),
    );
    socket.on('disconnecting', () => presence.closeAll(socket));
  });
  const looking = setInterval(() => {
    limits.tidy();
    void closeOutlived(io, options.isSessionAlive).catch((error: unknown) =>
      report(error, { event: 'sessionLook' }),
    );
  }, sessionLookMilliseconds).unref();
  http.once('close', () => clearInterval(looking));
  publishThrough(io);
  return { io, presence };
}

function tellStubborn({ id: user }: Viewer): void {
  const line = 'a live connection did not stop sending and was closed';
  if (!saidLately(`stubborn ${user}`, (times) => log.warn({ user, times }, line))) log.warn({ user }, line);
}

/** Closes the connections here whose session has ended; exported for tests, which do not wait for the clock. */
export async function closeOutlived(
  io: LiveServer,
  isSessionAlive: LiveOptions['isSessionAlive'],
): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    const { sessionID } = socket.request as { sessionID?: string };
    if (sessionID && !(await isSessionAlive(sessionID))) socket.disconnect(true);
  }
}
