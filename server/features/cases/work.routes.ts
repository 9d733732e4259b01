// Duty: the doors to work across cases: likely repeats, bulk changes, hand-over, saved filters.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import { bulkAssignInput, bulkTriageInput, savedFilterInput, similarQuery } from '../../../shared/cases.ts';
import { handOverInput, handOverQuery } from '../../../shared/caseWork.ts';
import { invalid } from '../../errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { assignMany, handOver, triageMany } from './bulk.commands.ts';
import { forThoseWithCases } from './cases.routes.ts';
import { removeFilter, savedFiltersOf, saveFilter } from './savedFilters.commands.ts';
import { similarCases } from './similar.queries.ts';
import { openWorkOf } from './work.queries.ts';

const oneFilter = z.strictObject({ id: idSchema });

/** To be mounted before the doors to one case, whose `:id` would swallow these words. */
export const workRoutes = (): Endpoint[] =>
  forThoseWithCases([
    endpoint({
      method: 'get',
      path: casePaths.similar,
      summary: 'Cases that a new one may repeat.',
      query: similarQuery,
      handle: async ({ viewer, query }) => ({ data: await similarCases(viewer, query) }),
    }),
    endpoint({
      method: 'post',
      path: casePaths.bulkTriage,
      summary: 'Triage many cases; a result per case.',
      body: bulkTriageInput,
      handle: async ({ viewer, body }) => ({ data: await triageMany(viewer, body) }),
    }),
    endpoint({
      method: 'post',
      path: casePaths.bulkAssign,
      summary: 'Name the lead of many cases; a result per case.',
      body: bulkAssignInput,
      handle: async ({ viewer, body }) => ({ data: await assignMany(viewer, body) }),
    }),
    endpoint({
      method: 'get',
      path: casePaths.handOver,
      summary: "A colleague's open work, as far as the viewer may hand it over.",
      query: handOverQuery,
      handle: async ({ viewer, query }) => ({ data: await openWorkOf(viewer, query.from) }),
    }),
    endpoint({
      method: 'post',
      path: casePaths.handOver,
      summary: "Hand a colleague's cases to another; a result per case.",
      body: handOverInput,
      handle: async ({ viewer, body }) => ({ data: await handOver(viewer, body) }),
    }),
    endpoint({
      method: 'get',
      path: casePaths.savedFilters,
      summary: "The viewer's saved filters.",
      handle: async ({ viewer }) => ({ data: await savedFiltersOf(viewer) }),
    }),
    endpoint({
      method: 'put',
      path: casePaths.savedFilter(':id'),
      summary: 'Keep a filter of the list under a name.',
      params: oneFilter,
      body: savedFilterInput,
      async handle({ viewer, params, body }) {
        if (params.id !== body.id) throw invalid([{ path: ['id'], code: 'not_the_same_id' }]);
        return { data: await saveFilter(viewer, body) };
      },
    }),
    endpoint({
      method: 'delete',
      path: casePaths.savedFilter(':id'),
      summary: 'Forget a saved filter.',
      params: oneFilter,
      handle: ({ viewer, params }) => removeFilter(viewer, params.id),
    }),
  ]);
