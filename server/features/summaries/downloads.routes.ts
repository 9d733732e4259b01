// Duty: the doors to copies of a release and to links that share one. Coordinators make links; whoever holds one sees what funders see.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import {
  downloadParams,
  downloadQuery,
  shareCreate,
  shareDownloadParams,
  shareDownloadQuery,
  shareParams,
} from '../../../shared/releaseShares.ts';
import { summaryPaths } from '../../../shared/summaryPaths.ts';
import { notFound } from '../../errors.ts';
import { sendMade } from '../../files/send.ts';
import { type Endpoint, endpoint, publicEndpoint } from '../../http/endpoint.ts';
import { reportOf } from './downloads.queries.ts';
import { publishedRelease } from './releases.queries.ts';
import {
  makeShare,
  openShare,
  presentShare,
  revokeShare,
  sharedToTake,
  sharesOf,
} from './shares.commands.ts';
import { ensureMakesFigures, readsProgress } from './summaries.policy.ts';

export const downloadRoutes = (settings: { address: string }): Endpoint[] => [
  endpoint({
    method: 'get',
    path: summaryPaths.download(':id', ':format'),
    summary: 'A release as PDF, XLSX, CSV with HXL tags, or JSON; with a watermark.',
    recordedAs: 'export',
    params: downloadParams,
    query: downloadQuery,
    async handle({ viewer, params, query, http: { response } }) {
      if (!readsProgress(viewer)) throw notFound();
      const release = await publishedRelease(params.id);
      return sendMade(response, await reportOf(release, params.format, query.language, viewer.name));
    },
  }),
  endpoint({
    method: 'get',
    path: summaryPaths.shares(':id'),
    summary: 'Links that were made to a release: for whom, until when, how often opened.',
    params: z.strictObject({ id: idSchema }),
    handle: async ({ viewer, params }) => ({ data: (await sharesOf(viewer, params.id)).map(presentShare) }),
  }),
  endpoint({
    method: 'post',
    path: summaryPaths.allShares,
    summary: 'Make a link that shows a release to a funder without an account. The answer alone tells it.',
    body: shareCreate,
    status: 201,
    async handle({ viewer, body }) {
      ensureMakesFigures(viewer);
      const { share, token } = await makeShare(viewer, body);
      return { data: presentShare(share), link: `${settings.address}/shared/${token}` };
    },
  }),
  endpoint({
    method: 'delete',
    path: summaryPaths.share(':id'),
    summary: 'Revoke a link: it opens nothing from now on.',
    params: z.strictObject({ id: idSchema }),
    handle: async ({ viewer, params }) => ({ data: presentShare(await revokeShare(viewer, params.id)) }),
  }),
  publicEndpoint({
    method: 'post',
    path: summaryPaths.openShare(':token'),
    summary: 'Open a shared release. A one-time link opens once.',
    params: shareParams,
    handle: ({ params }) => openShare(params.token),
  }),
  publicEndpoint({
    method: 'get',
    path: summaryPaths.shareDownload(':token', ':format'),
    summary: 'A shared release as a file, watermarked for whom the link was made.',
    recordedAs: 'export',
    params: shareDownloadParams,
    query: shareDownloadQuery,
    async handle({ params, query, http: { response } }) {
      const { release, recipient } = await sharedToTake(params.token, query.pass);
      return sendMade(response, await reportOf(release, params.format, query.language, recipient));
    },
  }),
];
