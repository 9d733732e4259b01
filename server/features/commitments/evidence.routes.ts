// Duty: the doors to files of commitments and of their sources. Every byte passes the scope of the commitment; nothing has a public address.
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { commitmentPaths } from '../../../shared/commitmentPaths.ts';
import { notFound } from '../../errors.ts';
import { sendKept, sendThumbnail } from '../../files/send.ts';
import { type UploadLimits, withCleanFile } from '../../files/upload.ts';
import { type Endpoint, endpoint, withStatus } from '../../http/endpoint.ts';
import type { Viewer } from '../../policy.ts';
import { presentCommitment } from './commitments.present.ts';
import { commitmentFor } from './commitments.queries.ts';
import { forThoseWithCommitments } from './commitments.routes.ts';
import { addCommitmentEvidence, isEvidenceKept, removeCommitmentEvidence } from './evidence.commands.ts';
import { keepSourceFile, sourceToFile } from './sources.commands.ts';
import { presentSource, sourceById } from './sources.queries.ts';

const one = z.strictObject({ id: idSchema });
const oneFile = one.extend({ evidence: idSchema });

export const commitmentFileRoutes = (limits: UploadLimits): Endpoint[] =>
  forThoseWithCommitments([
    endpoint({
      method: 'post',
      path: commitmentPaths.evidence(':id'),
      summary: 'Add a photo or PDF: multipart with one `file`; `id` is made by the sender.',
      status: 201,
      params: one,
      query: one,
      async handle({ viewer, params, query, http: { request } }) {
        if (await isEvidenceKept(viewer, params.id, query.id))
          return withStatus(200, await presentCommitment(viewer, await commitmentFor(viewer, params.id)));
        return withCleanFile(request, limits, async (clean) =>
          withStatus(
            201,
            await presentCommitment(viewer, await addCommitmentEvidence(viewer, params.id, query.id, clean)),
          ),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: commitmentPaths.evidenceFile(':id', ':evidence'),
      summary: 'The file itself.',
      params: oneFile,
      handle: async ({ viewer, params, http: { response } }) =>
        sendKept(response, await evidenceFor(viewer, params.id, params.evidence)),
    }),
    endpoint({
      method: 'get',
      path: commitmentPaths.thumbnail(':id', ':evidence'),
      summary: 'A small picture of a photo.',
      params: oneFile,
      handle: async ({ viewer, params, http: { response } }) =>
        sendThumbnail(response, await evidenceFor(viewer, params.id, params.evidence)),
    }),
    endpoint({
      method: 'delete',
      path: commitmentPaths.evidenceFile(':id', ':evidence'),
      summary: 'Take the file off the commitment and delete it, unless a check rests on it.',
      params: oneFile,
      handle: async ({ viewer, params }) =>
        presentCommitment(viewer, await removeCommitmentEvidence(viewer, params.id, params.evidence)),
    }),
    endpoint({
      method: 'get',
      path: commitmentPaths.sourceFile(':id'),
      summary: 'The file of the document that the promise stands in.',
      params: one,
      async handle({ viewer, params, http: { response } }) {
        const { sourceId } = await commitmentFor(viewer, params.id);
        const source = sourceId ? await sourceById(sourceId) : null;
        if (!source?.file) throw notFound();
        return sendKept(response, source.file);
      },
    }),
    endpoint({
      method: 'post',
      path: commitmentPaths.fileOfSource(':id'),
      summary:
        'Put the document itself into the library: multipart with one `file`; `id` is made by the sender.',
      status: 201,
      params: one,
      query: one,
      async handle({ viewer, params, query, http: { request } }) {
        const { source, kept } = await sourceToFile(viewer, params.id, query.id);
        if (kept) return withStatus(200, { data: presentSource(source) });
        return withCleanFile(request, limits, async (clean) =>
          withStatus(201, { data: presentSource(await keepSourceFile(viewer, params.id, query.id, clean)) }),
        );
      },
    }),
  ]);

async function evidenceFor(viewer: Viewer, id: string, evidence: string) {
  const found = (await commitmentFor(viewer, id)).evidence.find((item) => item.id === evidence);
  if (!found) throw notFound();
  return found;
}
