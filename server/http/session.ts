// Duty: who is asking: sessions in the database, passport-local, one wiring for HTTP and sockets. Rules and rate limits live elsewhere.
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { MongoClient } from 'mongodb';
import { Passport } from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import type { DeviceKind } from '../../shared/directory.ts';
import { clock } from '../clock.ts';
import type { Viewer } from '../policy.ts';
import { SessionStore } from './sessionStore.ts';

declare global {
  namespace Express {
    interface User extends Viewer {
      /** Raised to end every session of this user; a session remembers the one it began with. */
      sessionEpoch: number;
      /** An account with a published password: it signs in on its own machine alone. */
      example: boolean;
      /** A code is asked for when they sign in. */
      secondFactor: boolean;
      /** Their role needs one and they have none: nothing but setting it up is open to them. */
      owesSecondFactor: boolean;
    }
    interface Request {
      id: string;
      /** Signed in, but owing a second factor: then there is no `user`, so whatever asks for one finds nobody. */
      owing?: User | undefined;
    }
  }
}

/** What a session remembers: its user, when it began and on what kind of device. Never an address. */
interface Remembered {
  id: string;
  epoch: number;
  began: string;
  device: DeviceKind;
}

interface Awaiting {
  id: string;
  epoch: number;
  /** Milliseconds since 1970. */
  until: number;
}

/** How long a code may be looked for. */
const awaitMilliseconds = 10 * 60_000;

declare module 'express-session' {
  interface SessionData {
    passport?: { user?: Remembered };
    /** Id of the user whose session this was until it was ended from elsewhere: nobody is signed in by it. */
    endedFor?: string;
    /** Whose password was right while a code is still asked for: nobody is signed in by it. */
    awaiting?: Awaiting;
  }
}

export interface SessionOptions {
  secret: string;
  hours: number;
  secure: boolean;
  client: MongoClient;
  /** The database that mongoose uses; the driver's own default may be another. */
  databaseName: string;
  /** The user if there is one, may sign in and has this epoch; null otherwise. */
  loadViewer(id: string, epoch: number): Promise<Express.User | null>;
  /** The same from memory; null when it is not remembered, whoever it is. */
  recallViewer(id: string, epoch: number): Express.User | null;
  /** The user whose e-mail and password these are; null otherwise. May throw AppError (locked, too many). */
  verify(email: string, password: string, from: Origin): Promise<Express.User | null>;
}

/** Where an attempt to sign in comes from. */
export interface Origin {
  address: string;
  /** The device's own cookie from an earlier sign-in, if it has one. */
  device: string | null;
}

export interface SessionParts {
  passport: InstanceType<typeof Passport>;
  /** In order: session, passport, passport's session. For Express and for the socket handshake alike. */
  handlers: RequestHandler[];
  store: SessionStore;
  /** Begins a session of this user under a new id; an id that somebody planted before is worthless after. */
  begin(request: Request, user: Express.User): Promise<void>;
  /** Remembers under a new id whose password was right; only `awaited` ever looks at it. */
  await(request: Request, user: Express.User): Promise<void>;
  /** Whose code is being waited for; null when nobody's is, or too long. */
  awaited(request: Request): { id: string; epoch: number } | null;
  /** Ends the request's own session; resolves when it is gone from the database. */
  finish(request: Request): Promise<void>;
}

export const sessionCookie = 'kosint.sid';

export function makeSession(options: SessionOptions): SessionParts {
  const passport = new Passport();
  passport.use(
    new LocalStrategy(
      { usernameField: 'email', passReqToCallback: true },
      (request, email, password, done) => {
        options.verify(email, password, originOf(request)).then((user) => done(null, user ?? false), done);
      },
    ),
  );
  passport.serializeUser<Remembered, Request>((request, user, done) =>
    done(null, {
      id: user.id,
      epoch: user.sessionEpoch,
      began: new Date().toISOString(),
      device: deviceKindOf(request.headers['user-agent'] ?? ''),
    }),
  );
  passport.deserializeUser<Remembered, Request>((request, remembered, done) => {
    options.loadViewer(remembered.id, remembered.epoch).then((user) => {
      // Signed out everywhere, retired, or with another password now: the device is to forget what it keeps.
      if (!user) request.session.endedFor = remembered.id;
      done(null, user ?? false);
    }, done);
  });
  const store = new SessionStore({
    client: options.client,
    databaseName: options.databaseName,
    maxAgeSeconds: options.hours * 3600,
  });
  const sessions = session({
    name: sessionCookie,
    secret: options.secret,
    resave: false,
    saveUninitialized: false,
    rolling: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: options.secure ? 'auto' : false, path: '/' },
    store,
  });
  const wholeWay = [sessions, passport.initialize() as RequestHandler, passport.session() as RequestHandler];
  return {
    passport,
    handlers: [shortWayFor(wholeWay, store, options.recallViewer)],
    store,
    begin: (request, user) =>
      new Promise((resolve, reject) =>
        request.logIn(user, (error: unknown) => (error ? reject(error) : resolve())),
      ),
    await: (request, user) =>
      new Promise((resolve, reject) =>
        request.session.regenerate((error: unknown) => {
          if (error) return reject(error);
          request.session.awaiting = {
            id: user.id,
            epoch: user.sessionEpoch,
            until: clock.now().getTime() + awaitMilliseconds,
          };
          request.session.save((fault: unknown) => (fault ? reject(fault) : resolve()));
        }),
      ),
    awaited({ session: { awaiting } }) {
      return awaiting && awaiting.until > clock.now().getTime() ? awaiting : null;
    },
    finish: (request) =>
      new Promise((resolve, reject) =>
        request.session.destroy((error: unknown) => (error ? reject(error) : resolve())),
      ),
  };
}

const safeMethods = ['GET', 'HEAD'];
const mostCookies = 20_000;

/**
 * A reading request whose cookie was found good a moment ago needs neither the session nor passport again: only who is asking.
 * It holds for as long as the store remembers the session and the directory its viewer; either forgets at once when it ends.
 */
function shortWayFor(
  wholeWay: readonly RequestHandler[],
  store: SessionStore,
  recallViewer: SessionOptions['recallViewer'],
): RequestHandler {
  /** Cookie as sent → session id that its signature was checked for. */
  const checked = new Map<string, string>();
  return (request, response, next) => {
    const cookie = sessionCookieOf(request.headers.cookie);
    const sessionId = cookie && safeMethods.includes(request.method) ? checked.get(cookie) : undefined;
    const user = sessionId && store.recall(sessionId)?.passport?.user;
    const viewer = user ? recallViewer(user.id, user.epoch) : null;
    if (viewer && !viewer.owesSecondFactor) {
      request.sessionID = sessionId!;
      request.user = viewer;
      next();
      return;
    }
    const step = (index: number): void => {
      const handler = wholeWay[index];
      if (handler) {
        handler(request, response, (error?: unknown) => (error ? next(error) : step(index + 1)));
        return;
      }
      if (request.user?.owesSecondFactor) {
        request.owing = request.user;
        request.user = undefined;
      }
      if (cookie && request.user) {
        if (checked.size >= mostCookies) checked.clear();
        checked.set(cookie, request.sessionID);
      }
      next();
    };
    step(0);
  };
}

/** The cookie's value exactly as it was sent. */
function sessionCookieOf(header: string | undefined): string | null {
  const found = header && /(?:^|;\s*)kosint\.sid=([^;]{1,300})/.exec(header);
  return found ? found[1]! : null;
}

export const deviceCookie = 'kosint.device';

export function originOf(request: Request): Origin {
  const found = /(?:^|;\s*)kosint\.device=([\w-]{20,64})(?:;|$)/.exec(request.headers.cookie ?? '');
  return { address: request.ip ?? '', device: found?.[1] ?? null };
}

function deviceKindOf(userAgent: string): DeviceKind {
  if (/iPad|Tablet|Android(?!.*Mobile)/i.test(userAgent)) return 'tablet';
  if (/Mobi|iPhone|Android/i.test(userAgent)) return 'phone';
  return /^Mozilla\//.test(userAgent) ? 'computer' : 'program';
}
