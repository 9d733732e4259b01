// Duty: take one file out of a multipart request into a temporary file, never more than the limit, and hand it over cleaned. How is clean.ts's.
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished, pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Request } from 'express';
import { AppError, invalid, tooLarge, unsupported } from '../errors.ts';
import { type CleanFile, cleanFile, type LookAtFile } from './clean.ts';

export interface UploadLimits {
  megabytes: number;
  /** Where files wait until they are cleaned. */
  folder: string;
  lookFirst?: LookAtFile;
}

/** Receives the one `file`, cleans it, and gives it to the handler; what was received is removed in any case. Throws as `receiveFile` and `cleanFile`. */
export async function withCleanFile<Result>(
  request: Request,
  limits: UploadLimits,
  handle: (clean: CleanFile) => Promise<Result>,
): Promise<Result> {
  const received = await receiveFile(request, limits);
  try {
    return await handle(await cleanFile(received.path, limits.lookFirst));
  } finally {
    await received.remove();
  }
}

/** A file nobody has looked into yet. Whoever receives it removes it. */
interface Received {
  path: string;
  remove(): Promise<void>;
}

const bytesPerMegabyte = 1_048_576;
/** Boundaries and part headers around the file. */
const envelopeBytes = 16_384;

/** Throws 413 for too much, 415 for what is no multipart form, 422 for no file, 400 when the sender went away. Leaves nothing behind then. */
async function receiveFile(request: Request, limits: UploadLimits): Promise<Received> {
  const maximum = limits.megabytes * bytesPerMegabyte;
  if (Number(request.headers['content-length']) > maximum + envelopeBytes) throw tooBig(limits);
  await mkdir(limits.folder, { recursive: true, mode: 0o700 });
  const path = join(limits.folder, crypto.randomUUID());
  const remove = () => rm(path, { force: true });
  try {
    const found = await writeFirstFile(request, path, maximum);
    if (found === 'none') throw invalid([{ path: ['file'], code: 'required' }]);
    if (found === 'cut') throw tooBig(limits);
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

const tooBig = ({ megabytes }: UploadLimits) => tooLarge('upload.tooLarge', { megabytes });

async function writeFirstFile(
  request: Request,
  path: string,
  maximum: number,
): Promise<'whole' | 'cut' | 'none'> {
  const form = openForm(request, maximum);
  let written: Promise<boolean> | null = null;
  form.on('file', (field, file) => {
    if (field !== 'file' || written) {
      file.resume();
      return;
    }
    written = pipeline(file, createWriteStream(path, { mode: 0o600, flags: 'wx' })).then(
      () => file.truncated === true,
    );
    // Awaited below; without this a broken upload would count as an unhandled rejection before that.
    written.catch(() => {});
  });
  const goneAway = () => form.destroy(new AppError(400, 'upload.aborted'));
  request.once('aborted', goneAway);
  try {
    request.pipe(form);
    await finished(form);
    if (!written) return 'none';
    return (await written) ? 'cut' : 'whole';
  } catch (error) {
    request.unpipe(form);
    request.resume();
    if (error instanceof AppError) throw error;
    throw new AppError(400, request.readableAborted ? 'upload.aborted' : 'body.broken');
  } finally {
    request.off('aborted', goneAway);
    if (written) await (written as Promise<boolean>).catch(() => {});
  }
}

function openForm(request: Request, maximum: number) {
  if (!request.headers['content-type']?.startsWith('multipart/form-data')) throw unsupported();
  try {
    return busboy({
      headers: request.headers,
      limits: { files: 1, fields: 5, fieldSize: 200, parts: 6, fileSize: maximum, headerPairs: 20 },
    });
  } catch {
    throw new AppError(400, 'body.broken');
  }
}
