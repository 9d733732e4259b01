// Duty: the doors to retention: the page and its rules, and one case's clock and hold. Each names schema and command, nothing else.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { holdInput, retentionPaths, retentionRuleInput } from '../../../shared/retention.ts';
import { themes } from '../../../shared/themes.ts';
import { notFound } from '../../errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { seesCases } from '../cases/cases.policy.ts';
import { caseFor } from '../cases/cases.queries.ts';
import { holdCase, liftHold } from '../cases/holds.commands.ts';
import { retentionFor, retentionOf } from './retention.queries.ts';
import { setRetentionRule } from './rules.commands.ts';

const oneCase = z.strictObject({ id: idSchema });

/** For roles without cases there is nothing at these doors, whatever they send. */
const ofCases = (endpoints: Endpoint[]): Endpoint[] =>
  endpoints.map((item) => ({
    ...item,
    run: (viewer, parts) => {
      if (viewer && !seesCases(viewer)) throw notFound();
      return item.run(viewer, parts);
    },
  }));

export const retentionRoutes = (): Endpoint[] => [
  endpoint({
    method: 'get',
    path: retentionPaths.overview,
    summary:
      'How long closed cases stay whole by theme, what each run anonymised, what is held and what is due; for administrators and coordinators.',
    handle: ({ viewer }) => retentionFor(viewer),
  }),
  endpoint({
    method: 'put',
    path: retentionPaths.rule(':theme'),
    summary: 'Set for how many months a theme’s closed cases stay whole; for administrators.',
    params: z.strictObject({ theme: z.enum(themes) }),
    body: retentionRuleInput,
    handle: async ({ viewer, params, body }) => ({
      data: await setRetentionRule(viewer, params.theme, body),
    }),
  }),
  ...ofCases([
    endpoint({
      method: 'get',
      path: retentionPaths.ofCase(':id'),
      summary: 'Until when this case is kept, whether it is held, when it was anonymised.',
      params: oneCase,
      handle: async ({ viewer, params }) => retentionOf(viewer, await caseFor(viewer, params.id)),
    }),
    endpoint({
      method: 'put',
      path: retentionPaths.hold(':id'),
      summary: 'Hold the case back from being anonymised until a day.',
      params: oneCase,
      body: holdInput,
      handle: async ({ viewer, params, body }) =>
        retentionOf(viewer, await holdCase(viewer, params.id, body)),
    }),
    endpoint({
      method: 'delete',
      path: retentionPaths.hold(':id'),
      summary: 'Lift the hold.',
      params: oneCase,
      handle: async ({ viewer, params }) => retentionOf(viewer, await liftHold(viewer, params.id)),
    }),
  ]),
];
