// Duty: the doors to evidence: add, open, thumbnail, remove. Every byte passes the scope of the case; nothing has a public address.
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { z } from 'zod';
import { idSchema } from '../../../shared/api.ts';
import { casePaths } from '../../../shared/casePaths.ts';
import { notFound } from '../../errors.ts';
import { type Endpoint, endpoint, streamed, withStatus } from '../../http/endpoint.ts';
import type { Viewer } from '../../policy.ts';
import { presentPage } from './cases.present.ts';
import { caseFor } from './cases.queries.ts';
import { forThoseWithCases } from './cases.routes.ts';
import { cleanFile, type LookAtFile } from './evidence.clean.ts';
import { addEvidence, isKeptAlready, removeEvidence } from './evidence.commands.ts';
import { readFileStream } from './evidence.files.ts';
import { receiveFile, type UploadLimits } from './evidence.upload.ts';

const oneCase = z.strictObject({ id: idSchema });
const oneFile = oneCase.extend({ evidence: idSchema });

export const evidenceRoutes = (limits: UploadLimits, lookFirst?: LookAtFile): Endpoint[] =>
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
        const received = await receiveFile(request, limits);
        try {
          const clean = await cleanFile(received.path, lookFirst);
          return withStatus(
            201,
            await presentPage(viewer, await addEvidence(viewer, params.id, query.id, clean)),
          );
        } finally {
          await received.remove();
        }
      },
    }),
    endpoint({
      method: 'get',
      path: casePaths.evidenceFile(':id', ':evidence'),
      summary: 'The file itself.',
      params: oneFile,
      async handle({ viewer, params, http: { response } }) {
        const { file, name, mediaType, kind } = await evidenceFor(viewer, params.id, params.evidence);
        return send(response, file, {
          mediaType,
          disposition: `${kind === 'photo' ? 'inline' : 'attachment'}; filename="${name}"`,
        });
      },
    }),
    endpoint({
      method: 'get',
      path: casePaths.thumbnail(':id', ':evidence'),
      summary: 'A small picture of a photo.',
      params: oneFile,
      async handle({ viewer, params, http: { response } }) {
        const { thumbnail } = await evidenceFor(viewer, params.id, params.evidence);
        if (!thumbnail) throw notFound();
        return send(response, thumbnail, { mediaType: 'image/webp', disposition: 'inline' });
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

/** A file that somebody sent stays a file: no type guessing, no script, nothing loaded from it. */
async function send(
  response: Response,
  file: string,
  { mediaType, disposition }: { mediaType: string; disposition: string },
): Promise<typeof streamed> {
  response.set({
    'Content-Type': mediaType,
    'Content-Disposition': disposition,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'no-store',
  });
  try {
    await pipeline(readFileStream(file), response);
  } catch (error) {
    // A viewer who left is no fault; a file that cannot be read is, and headers may still be free to say so.
    if (!response.destroyed && !response.headersSent) throw error;
  }
  return streamed;
}
