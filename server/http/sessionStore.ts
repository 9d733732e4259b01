// Duty: sessions in the database with a short memory in front, so that a request costs no look-up. What a session means is session.ts.
import { createHash } from 'node:crypto';
import MongoStore from 'connect-mongo';
import session, { type SessionData } from 'express-session';
import { type MongoClient, MongoError } from 'mongodb';
import { model, Schema } from 'mongoose';
import { log } from '../log.ts';

/** A write at most this often keeps a used session alive. */
const touchSeconds = 300;
/** How long another process may still honour a session that was ended here. */
const memoryMilliseconds = 5_000;
const memoryEntries = 20_000;

/** The database holds hashes of session ids, so that a copy of it signs nobody in. */
export const sessionKey = (sessionId: string): string =>
  createHash('sha256').update(sessionId).digest('base64url');

export interface KeptSession {
  _id: string;
  session: SessionData;
  expires: Date;
  lastModified?: Date;
}
/** Written by the store; the model is there for its indexes and for lists of one's own sessions. */
export const SessionModel = model<KeptSession>(
  'Session',
  new Schema<KeptSession>(
    { _id: String, session: Schema.Types.Mixed, expires: Date, lastModified: Date },
    { versionKey: false, collection: 'sessions' },
  )
    .index({ expires: 1 }, { expireAfterSeconds: 0 })
    .index({ 'session.passport.user.id': 1 }),
);

interface Remembered {
  data: SessionData | null;
  until: number;
}
type Callback = (error?: unknown) => void;

/** As long as a device keeps what somebody wrote on it. */
const markedDays = 30;

const markOf = (userId: string) => ({
  $set: {
    session: { cookie: { originalMaxAge: null, path: '/' }, endedFor: userId } as unknown as SessionData,
    expires: new Date(Date.now() + markedDays * 86_400_000),
  },
});

export class SessionStore extends session.Store {
  private readonly kept: MongoStore;
  private readonly remembered = new Map<string, Remembered>();
  private readonly touchedAt = new Map<string, number>();
  /** Raised by every change, so that a read begun before it is not remembered after it. */
  private generation = 0;

  constructor(options: { client: MongoClient; databaseName: string; maxAgeSeconds: number }) {
    super();
    this.kept = MongoStore.create({
      client: options.client,
      dbName: options.databaseName,
      collectionName: 'sessions',
      stringify: false,
      ttl: options.maxAgeSeconds,
      touchAfter: touchSeconds,
      transformId: sessionKey,
      autoRemove: 'disabled',
    });
  }

  override get(sessionId: string, done: (error: unknown, data?: SessionData | null) => void): void {
    const remembered = this.remembered.get(sessionId);
    if (remembered && remembered.until > Date.now()) {
      done(null, copyOf(remembered.data));
      return;
    }
    const { generation } = this;
    this.kept.get(sessionId, (fault: unknown, found?: SessionData | null) => {
      const error = fault instanceof MongoError ? fault : null;
      const data = readable(found, fault, sessionId);
      if (!error && generation === this.generation) this.remember(sessionId, data);
      done(error, copyOf(data));
    });
  }

  /** What is remembered of it; nothing when it must be read. Not to be written into. */
  recall(sessionId: string): Readonly<SessionData> | null {
    const remembered = this.remembered.get(sessionId);
    return remembered && remembered.until > Date.now() ? remembered.data : null;
  }

  /** Whether the database still holds it, and it has not run out. */
  async isAlive(sessionId: string): Promise<boolean> {
    const alive = {
      _id: sessionKey(sessionId),
      expires: { $gt: new Date() },
      'session.endedFor': { $exists: false },
    };
    return (await SessionModel.exists(alive)) !== null;
  }

  override set(sessionId: string, data: SessionData, done?: Callback): void {
    this.forget(sessionId);
    this.kept.set(sessionId, data, (error: unknown) => {
      this.forget(sessionId);
      done?.(error ?? undefined);
    });
  }

  override touch(sessionId: string, data: SessionData, done?: Callback): void {
    // Nothing keeps the mark of an ended session alive but its own time.
    if (data.endedFor) {
      done?.();
      return;
    }
    const now = Date.now();
    if (now - (this.touchedAt.get(sessionId) ?? 0) < touchSeconds * 1000) {
      done?.();
      return;
    }
    if (this.touchedAt.size >= memoryEntries) this.touchedAt.clear();
    this.touchedAt.set(sessionId, now);
    // A session that ended meanwhile has nothing to keep alive; that is no fault of this request.
    this.kept.touch(sessionId, data as SessionData & { lastModified?: Date }, () => {
      this.remembered.delete(sessionId);
      done?.();
    });
  }

  override destroy(sessionId: string, done?: Callback): void {
    this.forget(sessionId);
    this.kept.destroy(sessionId, (error: unknown) => {
      this.forget(sessionId);
      done?.(error ?? undefined);
    });
  }

  /** Ends the session of that key, here at once, elsewhere within seconds. Its device is told when it asks, even days later. */
  async end(key: string, userId: string): Promise<void> {
    await SessionModel.updateOne({ _id: key }, markOf(userId));
    this.forgetKey(key);
  }

  /** Another process ended the session of that key. */
  forgetKey(key: string): void {
    this.generation += 1;
    for (const sessionId of this.remembered.keys())
      if (sessionKey(sessionId) === key) this.remembered.delete(sessionId);
  }

  /** The same for every session of that user. */
  async endAll(userId: string): Promise<void> {
    await SessionModel.updateMany({ 'session.passport.user.id': userId }, markOf(userId));
    this.generation += 1;
    this.remembered.clear();
  }

  private remember(sessionId: string, data: SessionData | null): void {
    if (this.remembered.size >= memoryEntries) this.remembered.clear();
    this.remembered.set(sessionId, { data, until: Date.now() + memoryMilliseconds });
  }

  private forget(sessionId: string): void {
    this.generation += 1;
    this.remembered.delete(sessionId);
    this.touchedAt.delete(sessionId);
  }
}

/** A record that cannot be a session is none: whoever holds it signs in again. */
function readable(found: unknown, fault: unknown, sessionId: string): SessionData | null {
  if (fault instanceof MongoError || (!found && !fault)) return null;
  const cookie = typeof found === 'object' && found !== null && (found as SessionData).cookie;
  if (!fault && typeof cookie === 'object' && cookie !== null) return found as SessionData;
  log.warn({ session: sessionKey(sessionId) }, 'a session in the database cannot be read');
  return null;
}

/** Each request gets its own, because the session library and passport write into what they are given. */
function copyOf(data: SessionData | null): SessionData | null {
  if (!data) return null;
  const passport = data.passport && { user: data.passport.user && { ...data.passport.user } };
  return { ...data, cookie: { ...data.cookie } as SessionData['cookie'], ...(passport ? { passport } : {}) };
}
