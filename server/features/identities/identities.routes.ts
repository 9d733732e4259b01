// Duty: the doors to the vault. Each finds the case through the scope it is handed; values travel in bodies only, never in an address.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { identityChange, identityOpen } from '../../../shared/identities.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { changeIdentity, eraseIdentity, openIdentity } from './identities.commands.ts';
import type { SubjectFor } from './identities.policy.ts';
import { identityStatusFor, matchesFor, readingsFor } from './identities.queries.ts';

const ofCase = z.strictObject({ id: idSchema });

export function identityRoutes(subjectFor: SubjectFor): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/cases/:id/identity',
      summary: 'Which fields the vault holds for a case, without opening it.',
      params: ofCase,
      handle: async ({ viewer, params }) => identityStatusFor(viewer, await subjectFor(viewer, params.id)),
    }),
    endpoint({
      method: 'put',
      path: '/api/cases/:id/identity',
      summary: 'Seal values into the vault, or take them out; says whether a number is known elsewhere.',
      params: ofCase,
      body: identityChange,
      handle: async ({ viewer, params, body }) => ({
        data: await changeIdentity(viewer, await subjectFor(viewer, params.id), body),
        abilities: {},
      }),
    }),
    endpoint({
      method: 'delete',
      path: '/api/cases/:id/identity',
      summary: 'Erase everything the vault holds for a case.',
      params: ofCase,
      handle: async ({ viewer, params }) => eraseIdentity(viewer, await subjectFor(viewer, params.id)),
    }),
    endpoint({
      method: 'post',
      path: '/api/cases/:id/identity/open',
      summary: 'Open one vault record with a reason; logged.',
      recordedAs: 'open',
      params: ofCase,
      body: identityOpen,
      handle: async ({ viewer, params, body }) => ({
        data: await openIdentity(viewer, await subjectFor(viewer, params.id), body),
        abilities: {},
      }),
    }),
    endpoint({
      method: 'get',
      path: '/api/cases/:id/identity/readings',
      summary: 'Who opened the record, when and why: the list the person may ask for.',
      params: ofCase,
      handle: async ({ viewer, params }) => ({
        data: await readingsFor(viewer, await subjectFor(viewer, params.id)),
      }),
    }),
    endpoint({
      method: 'get',
      path: '/api/cases/:id/identity/matches',
      summary: 'Other cases that hold the same telephone or ID number; for coordinators.',
      params: ofCase,
      handle: async ({ viewer, params }) => ({
        data: await matchesFor(viewer, await subjectFor(viewer, params.id), subjectFor),
      }),
    }),
  ];
}
