// Duty: the doors to evidence: add, open, thumbnail, remove. Every byte passes the scope of the case; nothing has a public address.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import { notFound } from '../../errors.ts';
import { sendKept, sendThumbnail } from '../../files/send.ts';
import { type UploadLimits, withCleanFile } from '../../files/upload.ts';
import { type Endpoint, endpoint, withStatus } from '../../http/endpoint.ts';
import type { Viewer } from '../../policy.ts';
import { presentPage } from './cases.present.ts';
import { caseFor } from './cases.queries.ts';
import { forThoseWithCases } from './cases.routes.ts';
import { addEvidence, isKeptAlready, removeEvidence } from './evidence.commands.ts';

const oneCase = z.strictObject({ id: idSchema });
const oneFile = oneCase.extend({ evidence: idSchema });

export const evidenceRoutes = (limits: UploadLimits): Endpoint[] =>
  forThoseWithCases([
    endpoint({
      method: 'post',
      path: casePaths.evidence(':id'),
      summary: 'Add a photo or PDF: multipart with one `file`; `id` is made by the sender.',
      status: 201,
      params: oneCase,
      query: oneCase,
      async handle({ viewer, params, query, http: { request } }) {
        if (await isKeptAlready(viewer, params.id, query.id))
          return withStatus(200, await presentPage(viewer, await caseFor(viewer, params.id)));
        return withCleanFile(request, limits, async (clean) =>
          withStatus(201, await presentPage(viewer, await addEvidence(viewer, params.id, query.id, clean))),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: casePaths.evidenceFile(':id', ':evidence'),
      summary: 'The file itself.',
      params: oneFile,
      async handle({ viewer, params, http: { response } }) {
        return sendKept(response, await evidenceFor(viewer, params.id, params.evidence));
      },
    }),
    endpoint({
      method: 'get',
      path: casePaths.thumbnail(':id', ':evidence'),
      summary: 'A small picture of a photo.',
      params: oneFile,
      async handle({ viewer, params, http: { response } }) {
        return sendThumbnail(response, await evidenceFor(viewer, params.id, params.evidence));
      },
    }),
    endpoint({
      method: 'delete',
      path: casePaths.evidenceFile(':id', ':evidence'),
      summary: 'Take the file off the case and delete it.',
      params: oneFile,
      handle: async ({ viewer, params }) =>
        presentPage(viewer, await removeEvidence(viewer, params.id, params.evidence)),
    }),
  ]);

async function evidenceFor(viewer: Viewer, caseId: string, id: string) {
  const found = (await caseFor(viewer, caseId)).evidence.find((item) => item.id === id);
  if (!found) throw notFound();
  return found;
}
