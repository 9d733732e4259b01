// Duty: the doors to one's own second factor. What is told here once, the key and the recovery codes, no other answer holds.
import { beginFactorInput, confirmFactorInput, proveFactorInput } from '../../../shared/secondFactor.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { originOf, type SessionParts } from '../../http/session.ts';
import { beginFactor, confirmFactor, renewRecoveryCodes, turnOffFactor } from './secondFactor.commands.ts';
import type { Settings } from './settings.ts';

export function secondFactorRoutes(session: SessionParts, settings: Settings): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/api/me/second-factor',
      summary: 'Begin to set up my second factor: a new key for my phone, told once.',
      body: beginFactorInput,
      whileOwing: true,
      handle: async ({ viewer, body, http: { request } }) => ({
        data: await beginFactor(viewer, settings, body.password, originOf(request)),
      }),
    }),
    endpoint({
      method: 'post',
      path: '/api/me/second-factor/confirm',
      summary:
        'Turn my second factor on with a code of the new key; tells ten recovery codes once, ends my other sessions.',
      body: confirmFactorInput,
      whileOwing: true,
      async handle({ viewer, body, http: { request } }) {
        const { user, told } = await confirmFactor(viewer, settings, body.code);
        await session.begin(request, user);
        return { data: told };
      },
    }),
    endpoint({
      method: 'delete',
      path: '/api/me/second-factor',
      summary: 'Turn my second factor off, with my password and a code.',
      body: proveFactorInput,
      async handle({ viewer, body, http: { request } }) {
        await turnOffFactor(viewer, settings, body, originOf(request));
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/me/second-factor/recovery-codes',
      summary: 'Ten new recovery codes, told once; the old ones end. With my password and a code.',
      body: proveFactorInput,
      handle: async ({ viewer, body, http: { request } }) => ({
        data: await renewRecoveryCodes(viewer, settings, body, originOf(request)),
      }),
    }),
  ];
}
