// Duty: the door to a person's own week. It is everybody's: what it holds is the scopes' to say.
import { weekPath } from '../../../shared/week.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { myWeek } from './week.queries.ts';

export const homeRoutes = (): Endpoint[] => [
  endpoint({
    method: 'get',
    path: weekPath,
    summary: 'What waits for me, for whom I wait, what is new since my last visit; from everything I see.',
    handle: async ({ viewer }) => ({ data: await myWeek(viewer) }),
  }),
];
