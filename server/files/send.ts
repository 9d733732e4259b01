// Duty: answer with a file, one that was kept or one that was just made. Whoever calls has proved that the asker may have it.
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { notFound } from '../errors.ts';
import { streamed } from '../http/endpoint.ts';
import { type KeptFile, readFileStream } from './kept.ts';

export function sendKept(response: Response, kept: KeptFile): Promise<typeof streamed> {
  const { file, name, mediaType, kind } = kept;
  const disposition = `${kind === 'photo' ? 'inline' : 'attachment'}; filename="${name}"`;
  return sendFile(response, file, { mediaType, disposition });
}

/** The small picture of a photo; 404 where there is none. */
export async function sendThumbnail(response: Response, { thumbnail }: KeptFile): Promise<typeof streamed> {
  if (!thumbnail) throw notFound();
  return sendFile(response, thumbnail, { mediaType: 'image/webp', disposition: 'inline' });
}

export interface MadeFile {
  content: Buffer;
  mediaType: string;
  /** Says what it is, never who took it. */
  name: string;
}

/** A file of our own making, to be taken along. Its endpoint is recorded as an export. */
export function sendMade(response: Response, { content, mediaType, name }: MadeFile): typeof streamed {
  response
    .set({
      'Content-Type': mediaType,
      'Content-Disposition': `attachment; filename="${name}"`,
      'X-Content-Type-Options': 'nosniff',
    })
    .end(content);
  return streamed;
}

/** A file that somebody sent stays a file: no type guessing, no script, nothing loaded from it. */
async function sendFile(
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
