// Duty: the door to counts over the viewer's cases, for dashboards and filter chips.
import { casePaths } from '../../../shared/casePaths.ts';
import { caseFilter } from '../../../shared/cases.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { countsFor } from './caseCounts.queries.ts';
import { forThoseWithCases } from './cases.routes.ts';

export const caseCountRoutes = (): Endpoint[] =>
  forThoseWithCases([
    endpoint({
      method: 'get',
      path: casePaths.counts,
      summary:
        'How many of the viewer’s cases there are: in all, open, late, by status, theme, urgency, municipality.',
      query: caseFilter,
      handle: async ({ viewer, query }) => ({ data: await countsFor(viewer, query) }),
    }),
  ]);
