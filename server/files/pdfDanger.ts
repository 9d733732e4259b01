// Duty: say why a PDF cannot be kept: broken, locked against looking, or able to act by itself. It changes nothing.
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';

export type PdfDanger = 'broken_pdf' | 'locked_pdf' | 'active_pdf';

const inflateAsync = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);
const mostInflated = 64 * 1_048_576;
/** Object streams hold a hundred objects each; a document with more of them was made to be looked at for ever. */
const mostStreams = 2_000;

/** A PDF name, each letter plain or as `#4A`. */
function named(name: string): string {
  const letters = Array.from(name, (letter) => `(?:${letter}|#${letter.charCodeAt(0).toString(16)})`);
  return `/${letters.join('')}(?![A-Za-z0-9])`;
}

const acting = [
  'JavaScript',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'RichMedia',
  'SubmitForm',
  'ImportData',
];
/** Hexadecimal digits of escapes may be of either case; the letters themselves may not, but refusing both is harmless. */
const canAct = new RegExp(acting.map(named).join('|'), 'i');
/** Opening at a page is a plain destination in brackets; anything else is an action. */
const opensWithAction = new RegExp(`${named('OpenAction')}(?!\\s*\\[)`, 'i');
const locked = new RegExp(named('Encrypt'), 'i');
const objectStream = new RegExp(named('ObjStm'), 'gi');
const streamBegin = /stream\r?\n/g;

/** Null when the PDF may be kept. Looks into object streams too, where actions could hide. */
export async function dangerInPdf(content: Buffer): Promise<PdfDanger | null> {
  const text = content.toString('latin1');
  if (!text.startsWith('%PDF-') || !/startxref\s+\d+\s+%%EOF\s*$/.test(text.slice(-2_048)))
    return 'broken_pdf';
  if (locked.test(text)) return 'locked_pdf';
  if (isActive(text)) return 'active_pdf';
  let inflated = 0;
  let lookedInto = 0;
  let streams = 0;
  for (const found of text.matchAll(objectStream)) {
    // Mentions before a stream that was looked into mean that stream again: each byte is searched once.
    if (found.index < lookedInto) continue;
    streams += 1;
    const hidden = await inflatedStream(content, text, found.index, mostInflated - inflated);
    if (hidden === null || streams > mostStreams) return 'locked_pdf';
    lookedInto = hidden.from;
    inflated += hidden.inside.length;
    if (isActive(hidden.inside.toString('latin1'))) return 'active_pdf';
  }
  return null;
}

const isActive = (text: string) => canAct.test(text) || opensWithAction.test(text);

/** What the object stream beside this place holds; null when it cannot be read, or would never end. */
async function inflatedStream(
  content: Buffer,
  text: string,
  at: number,
  maxOutputLength: number,
): Promise<{ from: number; inside: Buffer } | null> {
  streamBegin.lastIndex = at;
  const begin = streamBegin.exec(text);
  if (!begin || maxOutputLength <= 0) return null;
  const from = begin.index + begin[0].length;
  const to = text.indexOf('endstream', from);
  if (to < 0) return null;
  try {
    return { from, inside: await inflateAsync(content.subarray(from, to), { maxOutputLength }) };
  } catch {
    return null;
  }
}
