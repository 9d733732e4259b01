// Duty: the doors to duty bearers, to the rules of the reply clock and to holidays. Each names schema and command, nothing else.
import { z } from 'zod';
import {
  type InstitutionAnswer,
  institutionIdSchema,
  institutionQuery,
  officeHoldersInput,
} from '../../../shared/institutions.ts';
import { letterKinds } from '../../../shared/letterLists.ts';
import { institutionPaths, replyRulePaths } from '../../../shared/letterPaths.ts';
import { holidaysInput, holidayYearSchema, replyRuleInput } from '../../../shared/replyRules.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { setOfficeHolders } from './institutions.commands.ts';
import type { InstitutionEntry } from './institutions.model.ts';
import { institutionRules, replyRuleRules } from './institutions.policy.ts';
import { institutionFor, institutionsFor, presentInstitution } from './institutions.queries.ts';
import { setHolidays, setReplyRule } from './replyRules.commands.ts';
import { holidaysFor, replyRulesFor } from './replyRules.queries.ts';
import { scorecardOf } from './scorecards.queries.ts';

const one = z.strictObject({ id: institutionIdSchema });

async function presentPage(viewer: Viewer, entry: InstitutionEntry): Promise<InstitutionAnswer> {
  return {
    data: {
      ...presentInstitution(entry),
      version: entry.version ?? 0,
      people: entry.people ?? [],
      scorecard: await scorecardOf(entry),
    },
    abilities: abilitiesOf(institutionRules, viewer, entry),
  };
}

export function institutionRoutes(): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: institutionPaths.all,
      summary: 'Duty bearers: who is responsible for what, and the municipal offices of each.',
      query: institutionQuery,
      handle: async ({ viewer, query }) => ({ data: await institutionsFor(viewer, query) }),
    }),
    endpoint({
      method: 'get',
      path: institutionPaths.one(':id'),
      summary: 'One duty bearer: who holds office, how it answers and keeps its word.',
      params: one,
      handle: async ({ viewer, params }) => presentPage(viewer, await institutionFor(viewer, params.id)),
    }),
    endpoint({
      method: 'put',
      path: institutionPaths.people(':id'),
      summary: 'Who holds or held office there, as one list.',
      params: one,
      body: officeHoldersInput,
      handle: async ({ viewer, params, body }) =>
        presentPage(viewer, await setOfficeHolders(viewer, params.id, body)),
    }),
    endpoint({
      method: 'get',
      path: replyRulePaths.all,
      summary: 'Reply rules: the days an institution has, by kind of letter.',
      handle: async ({ viewer }) => ({
        data: await replyRulesFor(viewer),
        abilities: abilitiesOf(replyRuleRules, viewer, null),
      }),
    }),
    endpoint({
      method: 'put',
      path: replyRulePaths.one(':kind'),
      summary: 'Set the reply rule of a kind of letter; it holds for letters sent from then on.',
      params: z.strictObject({ kind: z.enum(letterKinds) }),
      body: replyRuleInput,
      handle: async ({ viewer, params, body }) => ({ data: await setReplyRule(viewer, params.kind, body) }),
    }),
    endpoint({
      method: 'get',
      path: replyRulePaths.holidays,
      summary: 'Public holidays by year.',
      handle: async ({ viewer }) => ({
        data: await holidaysFor(viewer),
        abilities: abilitiesOf(replyRuleRules, viewer, null),
      }),
    }),
    endpoint({
      method: 'put',
      path: replyRulePaths.year(':year'),
      summary: 'Set the public holidays of a year; clocks that run move with them.',
      params: z.strictObject({ year: holidayYearSchema }),
      body: holidaysInput,
      handle: async ({ viewer, params, body }) => ({ data: await setHolidays(viewer, params.year, body) }),
    }),
  ];
}
