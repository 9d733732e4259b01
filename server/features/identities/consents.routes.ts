// Duty: the doors to consents, overrides and the proof of a withdrawal. Cases are found through the scope handed in.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import {
  consentGive,
  consentOverride,
  consentWithdraw,
  overrideListQuery,
  overrideReview,
  withdrawalReceiptCheck,
} from '../../../shared/consents.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { giveConsent, withdrawConsents } from './consents.commands.ts';
import { consentsFor, withdrawalFor } from './consents.queries.ts';
import type { SubjectFor } from './identities.policy.ts';
import { overrideConsent, reviewOverride } from './overrides.commands.ts';
import { overridesFor } from './overrides.queries.ts';

const ofCase = z.strictObject({ id: idSchema });

export function consentRoutes(subjectFor: SubjectFor): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/api/cases/:id/consents',
      summary: 'What the person agreed to, took back, and what was overridden.',
      params: ofCase,
      handle: async ({ viewer, params }) => consentsFor(viewer, await subjectFor(viewer, params.id)),
    }),
    endpoint({
      method: 'post',
      path: '/api/cases/:id/consents',
      summary: 'Record one consent: one purpose, one recipient.',
      params: ofCase,
      body: consentGive,
      status: 201,
      async handle({ viewer, params, body }) {
        const subject = await subjectFor(viewer, params.id);
        await giveConsent(viewer, subject, body);
        return consentsFor(viewer, subject);
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/cases/:id/consents/withdraw',
      summary:
        'Withdraw one consent, or all; no reason asked. Repeating it shows its receipt to the same colleague again.',
      params: ofCase,
      body: consentWithdraw,
      handle: async ({ viewer, params, body }) => ({
        data: await withdrawConsents(viewer, await subjectFor(viewer, params.id), body.consent),
        abilities: {},
      }),
    }),
    endpoint({
      method: 'post',
      path: '/api/cases/:id/consent-overrides',
      summary: 'Act without consent for vital interest; coordinators only, listed for review.',
      params: ofCase,
      body: consentOverride,
      status: 201,
      async handle({ viewer, params, body }) {
        const subject = await subjectFor(viewer, params.id);
        await overrideConsent(viewer, subject, body);
        return consentsFor(viewer, subject);
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/consent-overrides',
      summary: 'Overrides, newest first; those nobody has reviewed unless all are asked for.',
      query: overrideListQuery,
      handle: async ({ viewer, query }) => ({ data: await overridesFor(viewer, query.show, subjectFor) }),
    }),
    endpoint({
      method: 'post',
      path: '/api/consent-overrides/:id/review',
      summary: 'Say whether an override was justified.',
      params: ofCase,
      body: overrideReview,
      handle: async ({ viewer, params, body }) => reviewOverride(viewer, params.id, body),
    }),
    endpoint({
      method: 'post',
      path: '/api/withdrawal-receipts/check',
      summary: 'What the code on a withdrawal paper proves, to who may see the case.',
      body: withdrawalReceiptCheck,
      handle: async ({ viewer, body }) => ({
        data: await withdrawalFor(viewer, body.code, subjectFor),
        abilities: {},
      }),
    }),
  ];
}
