// Duty: answer with a kept file of a case. Whoever calls has proved that the asker may open it.
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { streamed } from '../../http/endpoint.ts';
import type { StoredEvidence } from './cases.model.ts';
import { readFileStream } from './evidence.files.ts';

export function sendEvidence(response: Response, evidence: StoredEvidence): Promise<typeof streamed> {
  const { file, name, mediaType, kind } = evidence;
  const disposition = `${kind === 'photo' ? 'inline' : 'attachment'}; filename="${name}"`;
  return sendFile(response, file, { mediaType, disposition });
}

/** A file that somebody sent stays a file: no type guessing, no script, nothing loaded from it. */
export async function sendFile(
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
