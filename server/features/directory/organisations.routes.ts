// Duty: the doors to organisations.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { organisationCreate, organisationRevise } from '../../../shared/directory.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { organisationRules } from './directory.policy.ts';
import { addOrganisation, reviseOrganisation } from './organisations.commands.ts';
import type { OrganisationEntry } from './organisations.model.ts';
import { presentOrganisation } from './organisations.present.ts';
import { organisationsFor } from './organisations.queries.ts';

const pageOf = (viewer: Viewer, entry: OrganisationEntry) => ({
  data: presentOrganisation(entry),
  abilities: abilitiesOf(organisationRules, viewer, null),
});

export function organisationRoutes(): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/organisations',
      summary: 'Organisations, by name; retired ones for administrators alone.',
      async handle({ viewer }) {
        const data = await organisationsFor(viewer);
        return { data, next: null, total: data.length };
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/organisations',
      summary: 'Add an organisation. For administrators.',
      status: 201,
      body: organisationCreate,
      handle: async ({ viewer, body }) => pageOf(viewer, await addOrganisation(viewer, body)),
    }),
    endpoint({
      method: 'patch',
      path: '/api/organisations/:id',
      summary: 'Change an organisation. For administrators.',
      params: z.object({ id: idSchema }),
      body: organisationRevise,
      handle: async ({ viewer, params, body }) =>
        pageOf(viewer, await reviseOrganisation(viewer, params.id, body)),
    }),
  ];
}
