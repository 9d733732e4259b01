// Duty: the doors for an organisation without accounts: whoever holds the one-time link reads and answers that one referral.
import type { Request } from 'express';
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { linkParams } from '../../../shared/directory.ts';
import { linkMoveInput } from '../../../shared/referralMoves.ts';
import { referralPaths } from '../../../shared/referralPaths.ts';
import { sendKept, sendThumbnail } from '../../files/send.ts';
import { type Endpoint, publicEndpoint } from '../../http/endpoint.ts';
import { alsoAbout, askedByLink } from '../../http/served.ts';
import { answerThroughLink, openIdentityThroughLink, referralBehind } from './links.commands.ts';
import type { ReferralFile } from './referrals.model.ts';
import { presentBehindLink } from './referrals.present.ts';
import { sharedEvidence } from './uses.commands.ts';

/** For the audit log: which organisation holds the link, and what it leads to. */
function noted(request: Request, referral: ReferralFile): ReferralFile {
  const { _id, caseId, recipient } = referral;
  askedByLink(request, recipient);
  alsoAbout(request, [_id, caseId]);
  return referral;
}

export const answerRoutes = (): Endpoint[] => [
  publicEndpoint({
    method: 'get',
    path: referralPaths.answer(':token'),
    summary: 'The referral behind a one-time link: the referred fields only.',
    params: linkParams,
    handle: async ({ params, http: { request } }) =>
      presentBehindLink(noted(request, await referralBehind(params.token))),
  }),
  publicEndpoint({
    method: 'post',
    path: referralPaths.answerMoves(':token'),
    summary: 'Answer a referral through its one-time link: the same states as with an account.',
    params: linkParams,
    body: linkMoveInput,
    handle: async ({ params, body, http: { request } }) =>
      presentBehindLink(noted(request, await answerThroughLink(params.token, body))),
  }),
  publicEndpoint({
    method: 'get',
    path: referralPaths.answerEvidence(':token', ':evidence'),
    summary: 'A file of the case, while evidence is shared and open.',
    params: linkParams.extend({ evidence: idSchema }),
    async handle({ params, http: { request, response } }) {
      const referral = noted(request, await referralBehind(params.token));
      return sendKept(response, await sharedEvidence(referral, params.evidence));
    },
  }),
  publicEndpoint({
    method: 'get',
    path: referralPaths.answerThumbnail(':token', ':evidence'),
    summary: 'A small picture of a shared photo.',
    params: linkParams.extend({ evidence: idSchema }),
    async handle({ params, http: { request, response } }) {
      const referral = noted(request, await referralBehind(params.token));
      return sendThumbnail(response, await sharedEvidence(referral, params.evidence));
    },
  }),
  publicEndpoint({
    method: 'post',
    path: referralPaths.answerIdentity(':token'),
    summary: 'Open the shared fields of the vault; logged under the organisation.',
    recordedAs: 'open',
    params: linkParams,
    body: z.strictObject({}),
    async handle({ params, http: { request } }) {
      noted(request, await referralBehind(params.token));
      return { data: await openIdentityThroughLink(params.token), abilities: {} };
    },
  }),
];
