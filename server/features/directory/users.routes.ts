// Duty: the doors to colleagues, and to users for the administrator.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { userInvite, userRevise } from '../../../shared/directory.ts';
import { resetFactorInput } from '../../../shared/secondFactor.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { noteAbout } from '../../http/served.ts';
import type { Viewer } from '../../policy.ts';
import { renewInvitation } from './invitations.commands.ts';
import { resetFactor } from './secondFactor.commands.ts';
import type { Settings } from './settings.ts';
import { lockedAccounts } from './signInLimits.ts';
import { inviteUser, reviseUser, unlockUser } from './users.commands.ts';
import type { User } from './users.model.ts';
import { presentUserPage } from './users.present.ts';
import { colleaguesOf, usersFor } from './users.queries.ts';

const userParams = z.object({ id: idSchema });

async function pageOf(viewer: Viewer, user: User) {
  const locked = await lockedAccounts();
  return presentUserPage(viewer, user, locked(user.email));
}

export function userRoutes(settings: Settings): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/colleagues',
      summary: 'Everybody I may name as lead or collaborator.',
      handle: async ({ viewer }) => ({ data: await colleaguesOf(viewer) }),
    }),
    endpoint({
      method: 'get',
      path: '/api/users',
      summary: 'Every user, by name. For administrators.',
      async handle({ viewer }) {
        const data = await usersFor(viewer);
        return { data, next: null, total: data.length };
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/users',
      summary: 'Invite a user by a one-time link. For administrators.',
      status: 201,
      body: userInvite,
      async handle({ viewer, body }) {
        const { user, link } = await inviteUser(viewer, settings, body);
        return { ...(await pageOf(viewer, user)), link };
      },
    }),
    endpoint({
      method: 'patch',
      path: '/api/users/:id',
      summary: 'Change name, role, scope, language, or whether they may sign in. For administrators.',
      params: userParams,
      body: userRevise,
      handle: async ({ viewer, params, body }) => pageOf(viewer, await reviseUser(viewer, params.id, body)),
    }),
    endpoint({
      method: 'post',
      path: '/api/users/:id/invitation',
      summary: 'Send a new invitation; the old link ends. For administrators.',
      params: userParams,
      async handle({ viewer, params }) {
        const { user, link } = await renewInvitation(viewer, settings, params.id);
        return { ...(await pageOf(viewer, user)), link };
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/users/:id/unlock',
      summary: 'Forget failed sign-ins of this account. For administrators.',
      params: userParams,
      handle: async ({ viewer, params }) => pageOf(viewer, await unlockUser(viewer, params.id)),
    }),
    endpoint({
      method: 'post',
      path: '/api/users/:id/second-factor-reset',
      summary:
        'Take away the second factor of somebody who lost it; ends their sessions. For administrators.',
      params: userParams,
      body: resetFactorInput,
      async handle({ viewer, params, body, http: { request } }) {
        noteAbout(request, [body.reason]);
        return pageOf(viewer, await resetFactor(viewer, settings, params.id, body.reason));
      },
    }),
  ];
}
