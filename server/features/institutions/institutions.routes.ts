// Duty: the door to duty bearers.
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { institutionsFor } from './institutions.queries.ts';

export function institutionRoutes(): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/institutions',
      summary: 'Duty bearers: who is responsible for what.',
      handle: async ({ viewer }) => ({ data: await institutionsFor(viewer) }),
    }),
  ];
}
