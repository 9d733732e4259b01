// Duty: the doors to sign-in, sign-out and the viewer's own record.
import type { Request, Response } from 'express';
import type { Answer } from '../../../shared/api.ts';
import { type Me, type MeAbility, signInInput } from '../../../shared/directory.ts';
import { AppError } from '../../errors.ts';
import { type Endpoint, endpoint, publicEndpoint } from '../../http/endpoint.ts';
import type { SessionParts } from '../../http/session.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { meRules } from './directory.policy.ts';

function presentMe(viewer: Viewer): Answer<Me> {
  const abilities = abilitiesOf<MeAbility, null>(meRules, viewer, null);
  const { id, name, role, municipality, organisation, language } = viewer;
  return {
    data: { id, name, email: '', role, municipality, organisation, language, example: false, abilities },
    abilities: {} as Record<never, boolean>,
  };
}

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

export function signInRoutes(passport: SessionParts['passport']): Endpoint[] {
  return [
    publicEndpoint({
      method: 'post',
      path: '/api/session',
      summary: 'Sign in with e-mail and password; begins a new session.',
      body: signInInput,
      async handle({ http: { request, response } }) {
        const user = await authenticate(passport, request, response);
        await new Promise<void>((resolve, reject) =>
          request.logIn(user, (error) => (error ? reject(error) : resolve())),
        );
        return presentMe(user);
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/session',
      summary: 'Sign out here.',
      async handle({ http: { request } }) {
        await new Promise<void>((resolve, reject) =>
          request.session.destroy((error) => (error ? reject(error) : resolve())),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/me',
      summary: 'Who I am and what I may do.',
      handle: async ({ viewer }) => presentMe(viewer),
    }),
  ];
}
