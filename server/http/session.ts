// Duty: who is asking: sessions in the database, passport-local, one wiring for HTTP and sockets. Rules and rate limits live elsewhere.
import MongoStore from 'connect-mongo';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { MongoClient } from 'mongodb';
import { Passport } from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import type { Viewer } from '../policy.ts';

declare global {
  namespace Express {
    interface User extends Viewer {
      /** Raised to end every session of this user; a session remembers the one it began with. */
      sessionEpoch: number;
    }
    interface Request {
      id: string;
    }
  }
}

/** What a session remembers of its user. */
interface Remembered {
  id: string;
  epoch: number;
}

declare module 'express-session' {
  interface SessionData {
    passport?: { user?: Remembered };
    /** Shown in "my sessions": when it began and from what kind of device. Never an address. */
    began?: { at: string; device: string };
  }
}

export interface SessionOptions {
  secret: string;
  hours: number;
  secure: boolean;
  client: MongoClient;
  /** The user if there is one, may sign in and has this epoch; null otherwise. */
  loadViewer(id: string, epoch: number): Promise<Express.User | null>;
  /** The user whose e-mail and password these are; null otherwise. May throw AppError (locked, too many). */
  verify(email: string, password: string, address: string): Promise<Express.User | null>;
}

export interface SessionParts {
  passport: InstanceType<typeof Passport>;
  /** In order: session, passport, passport's session. For Express and for the socket handshake alike. */
  handlers: RequestHandler[];
}

export const sessionCookie = 'kosint.sid';

export function makeSession(options: SessionOptions): SessionParts {
  const passport = new Passport();
  passport.use(
    new LocalStrategy(
      { usernameField: 'email', passReqToCallback: true },
      (request, email, password, done) => {
        options.verify(email, password, request.ip ?? '').then((user) => done(null, user ?? false), done);
      },
    ),
  );
  passport.serializeUser<Remembered>((user, done) => done(null, { id: user.id, epoch: user.sessionEpoch }));
  passport.deserializeUser<Remembered>((remembered, done) => {
    options.loadViewer(remembered.id, remembered.epoch).then((user) => done(null, user ?? false), done);
  });
  const maxAgeSeconds = options.hours * 3600;
  const sessions = session({
    name: sessionCookie,
    secret: options.secret,
    resave: false,
    saveUninitialized: false,
    rolling: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: options.secure ? 'auto' : false, path: '/' },
    store: MongoStore.create({
      client: options.client,
      collectionName: 'sessions',
      stringify: false,
      ttl: maxAgeSeconds,
      touchAfter: 300,
    }),
  });
  return {
    passport,
    handlers: [sessions, passport.initialize() as RequestHandler, passport.session() as RequestHandler],
  };
}
