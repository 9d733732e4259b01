// Duty: the doors to sign-in and sign-out, here and everywhere.

import { randomBytes } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';
import { z } from 'zod';
import { sessionIdSchema, signInInput } from '../../../shared/directory.ts';
import { type FactorAsked, signInCodeInput } from '../../../shared/secondFactor.ts';
import { AppError } from '../../errors.ts';
import { type Endpoint, endpoint, publicEndpoint, withStatus } from '../../http/endpoint.ts';
import { alsoAbout, noteAbout } from '../../http/served.ts';
import { deviceCookie, originOf, type SessionParts, sessionCookie } from '../../http/session.ts';
import { sessionKey } from '../../http/sessionStore.ts';
import { endSession, endSessions } from './account.commands.ts';
import { sessionEnded } from './directory.live.ts';
import { finishSignIn } from './secondFactor.commands.ts';
import { sessionsOf } from './sessions.queries.ts';
import type { Settings } from './settings.ts';
import { presentMe } from './users.present.ts';
import { ownRecord } from './users.queries.ts';

const year = 365 * 24 * 60 * 60_000;

/** Runs passport-local over the validated body; resolves to the user or refuses with 401. */
function authenticate(
  passport: SessionParts['passport'],
  request: Request,
  response: Response,
): Promise<Express.User> {
  return new Promise((resolve, reject) => {
    passport.authenticate('local', (error: unknown, user: Express.User | false) => {
      if (error) reject(error);
      else if (!user) reject(new AppError(401, 'signIn.wrong'));
      else resolve(user);
    })(request, response, (error: unknown) => reject(error ?? new AppError(401, 'signIn.wrong')));
  });
}

/** Lets this device sign in later even while strangers attack the account. It identifies a device, and signs nobody in. */
function markDevice(request: Request, response: Response): void {
  if (originOf(request).device) return;
  const value = randomBytes(24).toString('base64url');
  const options: CookieOptions = {
    httpOnly: true,
    sameSite: 'strict',
    secure: request.secure,
    path: '/api/session',
    maxAge: year,
  };
  response.cookie(deviceCookie, value, options);
  request.headers.cookie = `${request.headers.cookie ?? ''}; ${deviceCookie}=${value}`;
}

export function signInRoutes(session: SessionParts, settings: Settings): Endpoint[] {
  return [
    publicEndpoint({
      method: 'post',
      path: '/api/session',
      summary:
        'Sign in with e-mail and password; begins a new session, or answers 202 when a code is asked for, too.',
      body: signInInput,
      async handle({ body, http: { request, response } }) {
        request.body = body;
        markDevice(request, response);
        const user = await authenticate(session.passport, request, response);
        if (user.secondFactor) {
          await session.await(request, user);
          return withStatus(202, { data: { secondFactor: 'asked' } satisfies FactorAsked });
        }
        await session.begin(request, user);
        return presentMe(user, (await ownRecord(user))!);
      },
    }),
    publicEndpoint({
      method: 'post',
      path: '/api/session/second-factor',
      summary: 'The code after the password, from the phone or a recovery code; begins a new session.',
      body: signInCodeInput,
      async handle({ body, http: { request } }) {
        const waiting = session.awaited(request);
        if (!waiting) throw new AppError(401, 'secondFactor.expired');
        alsoAbout(request, [waiting.id]);
        const { user, taken } = await finishSignIn(settings, waiting, body.code, originOf(request));
        noteAbout(request, [taken]);
        await session.begin(request, user);
        return presentMe(user, (await ownRecord(user))!);
      },
    }),
    publicEndpoint({
      method: 'get',
      path: '/api/session',
      summary:
        'Whether the session of this device was ended from elsewhere, and whose it was: what it keeps is to go; and whether a code is waited for.',
      handle: async ({ http: { request } }) => ({
        data: {
          endedFor: request.session?.endedFor ?? null,
          secondFactor: request.session && session.awaited(request) ? 'asked' : null,
        },
      }),
    }),
    endpoint({
      method: 'delete',
      path: '/api/session',
      summary: 'Sign out here.',
      whileOwing: true,
      async handle({ viewer, http: { request, response } }) {
        const key = sessionKey(request.sessionID);
        await session.finish(request);
        response.clearCookie(sessionCookie, { path: '/' });
        sessionEnded(viewer.id, key);
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/sessions',
      summary: 'Sign out everywhere.',
      async handle({ viewer, http: { request, response } }) {
        await endSessions(viewer, session.store);
        await session.finish(request);
        response.clearCookie(sessionCookie, { path: '/' });
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/sessions',
      summary: 'My sessions: when they began, on what kind of device, when last used.',
      handle: async ({ viewer, http: { request } }) => ({
        data: await sessionsOf(viewer, sessionKey(request.sessionID)),
      }),
    }),
    endpoint({
      method: 'delete',
      path: '/api/sessions/:id',
      summary: 'Sign out on one of my devices.',
      params: z.object({ id: sessionIdSchema }),
      async handle({ viewer, params, http: { request, response } }) {
        await endSession(viewer, params.id, session.store);
        if (params.id !== sessionKey(request.sessionID)) return;
        await session.finish(request);
        response.clearCookie(sessionCookie, { path: '/' });
      },
    }),
  ];
}
