// Duty: the doors to referrals: refer, the inbox, open, move, use, export. Each names schema and command, nothing else.
import type { Request } from 'express';
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { exportSensitivity } from '../../../shared/exportLists.ts';
import { type ExportPreview, exportOrder } from '../../../shared/exports.ts';
import { identityOpen } from '../../../shared/identities.ts';
import { warningsAbout } from '../../../shared/personalData.ts';
import { referralBulkInput, referralMoveInput } from '../../../shared/referralMoves.ts';
import { referralPaths } from '../../../shared/referralPaths.ts';
import {
  caseOutcomeInput,
  providerQuery,
  type ReferralChain,
  type ReferralInbox,
  referralCreate,
  referralListQuery,
  referralRevise,
} from '../../../shared/referrals.ts';
import { notFound } from '../../errors.ts';
import { codesOf, ensureExpires, sendTable } from '../../exports/tables.ts';
import { sendKept, sendThumbnail } from '../../files/send.ts';
import { type Endpoint, endpoint, streamed, withStatus } from '../../http/endpoint.ts';
import { alsoAbout, countsRows } from '../../http/served.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { caseFor } from '../cases/cases.queries.ts';
import { reviseDraft } from './drafts.commands.ts';
import { referralsTable } from './export.queries.ts';
import { giveLink, type LinkSettings, renewLink } from './links.commands.ts';
import { providersFor, recipientWarnings } from './providers.queries.ts';
import { moveReferral } from './referralMoves.commands.ts';
import { createReferral } from './referrals.commands.ts';
import type { ReferralFile } from './referrals.model.ts';
import { chainRules, seesReferrals } from './referrals.policy.ts';
import { presentReferral, presentRows } from './referrals.present.ts';
import { countExportedFor, inboxFor, referralFor, referralsOfCase } from './referrals.queries.ts';
import { moveMany, openSharedIdentity, sayCaseOutcome, sharedEvidence } from './uses.commands.ts';

const one = z.strictObject({ id: idSchema });
const oneFile = one.extend({ evidence: idSchema });
const freeText = ['message', 'reason', 'given', 'note'] as const;

/** What a referral opens is the case's: for the audit log the case was opened, though its id is not the recipient's to know. */
async function opened(viewer: Viewer, id: string, request: Request): Promise<ReferralFile> {
  const referral = await referralFor(viewer, id);
  alsoAbout(request, [referral.caseId]);
  return referral;
}

/** For roles without referrals there is nothing here, whatever they send. */
const forThoseWithReferrals = (endpoints: Endpoint[]): Endpoint[] =>
  endpoints.map((item) => ({
    ...item,
    run: (viewer, parts) => {
      if (viewer && !seesReferrals(viewer)) throw notFound();
      return item.run(viewer, parts);
    },
  }));

export const referralRoutes = (settings: LinkSettings): Endpoint[] =>
  forThoseWithReferrals([
    endpoint({
      method: 'post',
      path: referralPaths.ofCase(':id'),
      summary:
        'Refer or transfer a case to an organisation; repeating the request with the same id does it once.',
      status: 201,
      params: one,
      body: referralCreate,
      async handle({ viewer, params, body }) {
        const { referral, made } = await createReferral(viewer, params.id, body);
        const given = made ? await giveLink(viewer, settings, referral) : { referral, link: null };
        const warnings = [...(await recipientWarnings(viewer, referral)), ...warningsAbout(body, freeText)];
        return withStatus(
          made ? 201 : 200,
          await presentReferral(viewer, given.referral, { warnings, link: given.link }),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: referralPaths.ofCase(':id'),
      summary: 'The chain of referrals of a case, oldest first.',
      params: one,
      async handle({ viewer, params }): Promise<ReferralChain> {
        const caseFile = await caseFor(viewer, params.id);
        const data = await presentRows(viewer, await referralsOfCase(viewer, caseFile._id));
        return { data, abilities: abilitiesOf(chainRules, viewer, caseFile) };
      },
    }),
    endpoint({
      method: 'get',
      path: referralPaths.providers,
      summary: 'Organisations that could be asked: fit, load, consent.',
      query: providerQuery,
      handle: async ({ viewer, query }) => ({
        data: await providersFor(viewer, query.caseId, query.service),
      }),
    }),
    endpoint({
      method: 'get',
      path: referralPaths.inbox,
      summary: 'Referrals of the viewer’s side, by group, what is late first, in pages.',
      query: referralListQuery,
      async handle({ viewer, query }): Promise<ReferralInbox> {
        const { referrals, ...rest } = await inboxFor(viewer, query);
        return { data: await presentRows(viewer, referrals), ...rest };
      },
    }),
    endpoint({
      method: 'get',
      path: referralPaths.exportPreview,
      summary: 'How many rows the viewer’s own referrals would be as a table.',
      handle: async ({ viewer }): Promise<{ data: ExportPreview }> => ({
        data: { rows: await countExportedFor(viewer), sensitivity: exportSensitivity },
      }),
    }),
    endpoint({
      method: 'post',
      path: referralPaths.exports,
      summary:
        'The viewer’s own referrals as CSV, without identities and free words, for a purpose, a recipient and a time.',
      body: exportOrder,
      recordedAbout: codesOf,
      async handle({ viewer, body, http: { request, response } }) {
        ensureExpires(body);
        const table = await referralsTable(viewer);
        countsRows(request, table.rows.length);
        sendTable(response, viewer, body, table, request.id);
        return streamed;
      },
    }),
    endpoint({
      method: 'post',
      path: referralPaths.bulk,
      summary: 'One move for many referrals, with a result for each.',
      body: referralBulkInput,
      handle: async ({ viewer, body }) => ({ data: await moveMany(viewer, body) }),
    }),
    endpoint({
      method: 'get',
      path: referralPaths.one(':id'),
      summary: 'One referral with what it opens of the case at this moment.',
      params: one,
      handle: async ({ viewer, params, http: { request } }) =>
        presentReferral(viewer, await opened(viewer, params.id, request)),
    }),
    endpoint({
      method: 'patch',
      path: referralPaths.one(':id'),
      summary: 'Change a draft; once it was sent it stands as it is.',
      params: one,
      body: referralRevise,
      async handle({ viewer, params, body }) {
        const referral = await reviseDraft(viewer, params.id, body);
        const warnings = [...(await recipientWarnings(viewer, referral)), ...warningsAbout(body, freeText)];
        return presentReferral(viewer, referral, { warnings });
      },
    }),
    endpoint({
      method: 'post',
      path: referralPaths.moves(':id'),
      summary: 'Move a referral along its lifecycle; a resend answers with the new one.',
      params: one,
      body: referralMoveInput,
      async handle({ viewer, params, body }) {
        const moved = await moveReferral(viewer, params.id, body);
        const sent = body.move === 'resend' ? await referralFor(viewer, body.id) : moved;
        const isSent = (body.move === 'resend' || body.move === 'send') && sent.status === 'pending';
        const given = isSent ? await giveLink(viewer, settings, sent) : { referral: sent, link: null };
        const warnings = [
          ...(isSent ? await recipientWarnings(viewer, sent) : []),
          ...warningsAbout(body, freeText),
        ];
        return presentReferral(viewer, given.referral, { warnings, link: given.link });
      },
    }),
    endpoint({
      method: 'post',
      path: referralPaths.link(':id'),
      summary: 'A new one-time link for a recipient without accounts; the old one is worthless from then on.',
      params: one,
      async handle({ viewer, params }) {
        const { referral, link } = await renewLink(viewer, settings, params.id);
        return presentReferral(viewer, referral, { link });
      },
    }),
    endpoint({
      method: 'get',
      path: referralPaths.evidence(':id', ':evidence'),
      summary: 'A file of the case, while evidence is shared and open.',
      params: oneFile,
      handle: async ({ viewer, params, http: { request, response } }) =>
        sendKept(response, await sharedEvidence(await opened(viewer, params.id, request), params.evidence)),
    }),
    endpoint({
      method: 'get',
      path: referralPaths.thumbnail(':id', ':evidence'),
      summary: 'A small picture of a shared photo.',
      params: oneFile,
      handle: async ({ viewer, params, http: { request, response } }) =>
        sendThumbnail(
          response,
          await sharedEvidence(await opened(viewer, params.id, request), params.evidence),
        ),
    }),
    endpoint({
      method: 'post',
      path: referralPaths.openIdentity(':id'),
      summary: 'Open the shared fields of the vault with a reason; logged.',
      recordedAs: 'open',
      params: one,
      body: identityOpen,
      handle: async ({ viewer, params, body }) => ({
        data: await openSharedIdentity(viewer, params.id, body),
        abilities: {},
      }),
    }),
    endpoint({
      method: 'post',
      path: referralPaths.caseOutcome(':id'),
      summary: 'Whoever took the work on says what became of the case: it is resolved.',
      params: one,
      body: caseOutcomeInput,
      handle: async ({ viewer, params, body }) =>
        presentReferral(viewer, await sayCaseOutcome(viewer, params.id, body)),
    }),
  ]);
