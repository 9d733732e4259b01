// Duty: the two doors to equity answers: give one, read the one sum. Neither takes a case, a person or a filter.
import { z } from 'zod';
import { equityAnswer } from '../../../shared/equity.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { answerEquity } from './equity.commands.ts';
import { equitySummaryFor } from './equity.queries.ts';

export const equityRoutes: Endpoint[] = [
  endpoint({
    method: 'post',
    path: '/api/equity-answers',
    summary: 'One self-declared, unlinked answer; nothing says whose.',
    body: equityAnswer,
    handle: async ({ viewer, body }) => answerEquity(viewer, body),
  }),
  endpoint({
    method: 'get',
    path: '/api/equity-answers/summary',
    summary: 'Sums over all Kosovo and all complete months, small numbers withheld; coordinators only.',
    query: z.strictObject({}),
    handle: async ({ viewer }) => ({ data: await equitySummaryFor(viewer), abilities: {} }),
  }),
];
