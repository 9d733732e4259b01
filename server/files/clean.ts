// Duty: make a received file safe to keep: its true type, pictures made anew without what they carry, PDFs refused if they can act.
import { readFile } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import sharp from 'sharp';
import { type FieldFault, invalid, unsupported } from '../errors.ts';
import { dangerInPdf } from './pdfDanger.ts';

export interface CleanFile {
  kind: 'photo' | 'document';
  mediaType: string;
  extension: string;
  content: Buffer;
  /** WebP; null for documents. */
  thumbnail: Buffer | null;
}

const pictures = ['image/jpeg', 'image/png', 'image/webp'];
const mostPixels = 50_000_000;
const longestSide = 2560;
const thumbnailSide = 320;

// One picture at a time uses the cores it has; what it used is given back.
sharp.cache(false);
sharp.concurrency(1);

/** Pictures and PDFs are heavy: few at once, the rest wait their turn. */
const mostAtOnce = 2;
let atWork = 0;
const queue: (() => void)[] = [];
export const filesWaiting = (): number => queue.length;

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (atWork >= mostAtOnce) await new Promise<void>((resolve) => queue.push(resolve));
  else atWork += 1;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else atWork -= 1;
  }
}

const refused = (code: string, params?: FieldFault['params']) =>
  invalid([{ path: ['file'], code, ...(params ? { params } : {}) }]);

/** Another hand that may look at a file first, e.g. a malware scanner; throws to refuse. */
export type LookAtFile = (path: string) => Promise<void>;

/** Throws 415 for other types, 422 for what is broken, too large to draw, or can act. */
export async function cleanFile(path: string, lookFirst?: LookAtFile): Promise<CleanFile> {
  const type = await fileTypeFromFile(path);
  const mediaType = type?.mime ?? 'unknown';
  if (mediaType !== 'application/pdf' && !pictures.includes(mediaType)) throw unsupported('evidence.type');
  await lookFirst?.(path);
  return inTurn(() => (mediaType === 'application/pdf' ? cleanPdf(path) : cleanPicture(path)));
}

/** Drawn anew: no EXIF, no place, no colour profile, no thumbnail of what was cut off, nothing behind the last byte. */
async function cleanPicture(path: string): Promise<CleanFile> {
  try {
    const { width, height, pages } = await sharp(path, { limitInputPixels: false }).metadata();
    if (width * height * (pages ?? 1) > mostPixels)
      throw refused('too_many_pixels', { maximum: mostPixels / 1e6 });
    const upright = sharp(path, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
      .rotate()
      .flatten({ background: '#ffffff' });
    const fit = { fit: 'inside', withoutEnlargement: true } as const;
    const content = await upright
      .resize(longestSide, longestSide, fit)
      .jpeg({ quality: 84, chromaSubsampling: '4:4:4' })
      .toBuffer();
    const thumbnail = await sharp(content)
      .resize(thumbnailSide, thumbnailSide, fit)
      .webp({ quality: 72 })
      .toBuffer();
    return { kind: 'photo', mediaType: 'image/jpeg', extension: 'jpg', content, thumbnail };
  } catch (error) {
    if (error instanceof Error && error.name === 'AppError') throw error;
    throw refused('broken_image');
  }
}

async function cleanPdf(path: string): Promise<CleanFile> {
  const content = await readFile(path);
  const danger = await dangerInPdf(content);
  if (danger) throw refused(danger);
  return {
    kind: 'document',
    mediaType: 'application/pdf',
    extension: 'pdf',
    content,
    thumbnail: null,
  };
}
