// Duty: the doors to one's own account, and to the links that lead into it: invitation and password reset.
import {
  acceptInvitationInput,
  changePasswordInput,
  linkParams,
  requestResetInput,
  resetPasswordInput,
  reviseMeInput,
} from '../../../shared/directory.ts';
import { notSignedIn } from '../../errors.ts';
import { type Endpoint, endpoint, publicEndpoint } from '../../http/endpoint.ts';
import { originOf, type SessionParts } from '../../http/session.ts';
import { changePassword, reviseMe } from './account.commands.ts';
import { passwordChangedMail } from './directory.mails.ts';
import { acceptInvitation, readInvitation } from './invitations.commands.ts';
import { checkPasswordReset, finishPasswordReset, requestPasswordReset } from './passwordResets.commands.ts';
import type { Settings } from './settings.ts';
import { presentMe } from './users.present.ts';
import { ownRecord, viewerOf } from './users.queries.ts';

export function accountRoutes(session: SessionParts, settings: Settings): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/me',
      summary: 'Who I am and what I may do.',
      whileOwing: true,
      async handle({ viewer }) {
        const own = await ownRecord(viewer);
        if (!own) throw notSignedIn();
        return presentMe(viewer, own);
      },
    }),
    endpoint({
      method: 'patch',
      path: '/api/me',
      summary: 'Change my name or language.',
      whileOwing: true,
      body: reviseMeInput,
      async handle({ viewer, body }) {
        const own = await reviseMe(viewer, body);
        return presentMe(viewerOf(own), own);
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/me/password',
      summary: 'Change my password; ends my other sessions.',
      body: changePasswordInput,
      async handle({ viewer, body, http: { request } }) {
        const user = await changePassword(viewer, body, originOf(request));
        await session.begin(request, user);
        const own = (await ownRecord(user))!;
        await settings.mailer.send(passwordChangedMail(own));
        return presentMe(user, own);
      },
    }),
    publicEndpoint({
      method: 'get',
      path: '/api/invitations/:token',
      summary: 'Whom an invitation is for; 404 when unknown, 410 when used or too old.',
      params: linkParams,
      handle: async ({ params }) => ({ data: await readInvitation(params.token) }),
    }),
    publicEndpoint({
      method: 'post',
      path: '/api/invitations/accept',
      summary: 'Set my password with an invitation; signs in.',
      body: acceptInvitationInput,
      async handle({ body, http: { request } }) {
        const user = await acceptInvitation(body);
        await session.begin(request, user);
        return presentMe(user, (await ownRecord(user))!);
      },
    }),
    publicEndpoint({
      method: 'post',
      path: '/api/password-resets',
      summary: 'Ask for a link to set a new password. Always 202, whoever asks for whom.',
      status: 202,
      body: requestResetInput,
      async handle({ body, http: { request } }) {
        requestPasswordReset(settings, body.email, originOf(request).address);
      },
    }),
    publicEndpoint({
      method: 'get',
      path: '/api/password-resets/:token',
      summary: 'Whether a reset link can still be used; 404 when unknown, 410 when used or too old.',
      params: linkParams,
      handle: async ({ params }) => ({ data: await checkPasswordReset(params.token) }),
    }),
    publicEndpoint({
      method: 'post',
      path: '/api/password-resets/use',
      summary: 'Set a new password with a reset link; ends every session.',
      body: resetPasswordInput,
      async handle({ body }) {
        await finishPasswordReset(settings, body);
      },
    }),
  ];
}
