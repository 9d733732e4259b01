// Duty: the doors to the audit log: the administrator's pages and summary, and who has opened one case. There is none to change it.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { auditQuery } from '../../../shared/audit.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import type { SubjectFor } from '../identities/identities.policy.ts';
import { auditSummaryFor, caseReadersFor, readLogFor } from './readLog.queries.ts';

export const auditRoutes = (subjectFor: SubjectFor): Endpoint[] => [
  endpoint({
    method: 'get',
    path: '/api/read-log',
    summary:
      'Who asked for what, newest first, by person, record, verb, refusal and day; for administrators.',
    query: auditQuery,
    handle: ({ viewer, query }) => readLogFor(viewer, query),
  }),
  endpoint({
    method: 'get',
    path: '/api/read-log/summary',
    summary:
      'Entries and refusals a day, who was refused most, and whether the chain held when it was last walked.',
    handle: async ({ viewer }) => ({ data: await auditSummaryFor(viewer) }),
  }),
  endpoint({
    method: 'get',
    path: '/api/cases/:id/readers',
    summary: 'Who has opened this case, by name and role; for those who answer for it.',
    params: z.strictObject({ id: idSchema }),
    handle: ({ viewer, params }) => caseReadersFor(viewer, params.id, subjectFor),
  }),
];
