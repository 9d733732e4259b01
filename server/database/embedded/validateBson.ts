// Duty: is a run of bytes one well-formed BSON document? Everything stored passes here once, so that readers may trust it.
import { CommandError } from './errors.ts';

const deepest = 200;
const fixed: Record<number, number> = {
  1: 8,
  6: 0,
  7: 12,
  8: 1,
  9: 8,
  10: 0,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
  127: 0,
  255: 0,
};

export function validateBson(bytes: Uint8Array): void {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 5 || documentEnd(view, 0, view.length, 0) !== view.length) throw invalid('length');
}

const invalid = (what: string) => new CommandError(22, `Invalid BSON: ${what}`);

function documentEnd(view: Buffer, start: number, limit: number, depth: number): number {
  if (depth > deepest)
    throw new CommandError(15, `Document exceeds maximum nested object depth of ${deepest}`);
  const end = start + sized(view, start, limit, 5);
  if (view[end - 1] !== 0) throw invalid('unterminated document');
  let at = start + 4;
  while (at < end - 1) {
    const type = view[at]!;
    at = valueEnd(view, type, cstringEnd(view, at + 1, end), end - 1, depth);
  }
  if (at !== end - 1) throw invalid('field crosses the end of its document');
  return end;
}

function sized(view: Buffer, at: number, limit: number, least: number): number {
  if (at + 4 > limit) throw invalid('cut off');
  const size = view.readInt32LE(at);
  if (size < least || at + size > limit) throw invalid('size');
  return size;
}

function cstringEnd(view: Buffer, at: number, limit: number): number {
  const end = view.indexOf(0, at);
  if (end < 0 || end >= limit) throw invalid('unterminated name');
  return end + 1;
}

function valueEnd(view: Buffer, type: number, at: number, limit: number, depth: number): number {
  const size = fixed[type];
  let end: number;
  if (size !== undefined) end = at + size;
  else if (type === 2 || type === 13 || type === 14) end = stringEnd(view, at, limit);
  else if (type === 3 || type === 4) end = documentEnd(view, at, limit, depth + 1);
  else if (type === 5) {
    if (at + 5 > limit || view.readInt32LE(at) < 0) throw invalid('binary');
    end = at + 5 + view.readInt32LE(at);
  } else if (type === 11) end = cstringEnd(view, cstringEnd(view, at, limit), limit);
  else if (type === 12) end = stringEnd(view, at, limit) + 12;
  else if (type === 15) {
    end = at + sized(view, at, limit, 14);
    if (documentEnd(view, stringEnd(view, at + 4, end), end, depth + 1) !== end) throw invalid('code');
  } else throw invalid(`type ${type}`);
  if (end > limit) throw invalid('value cut off');
  return end;
}

function stringEnd(view: Buffer, at: number, limit: number): number {
  if (at + 5 > limit) throw invalid('string cut off');
  const size = view.readInt32LE(at);
  const end = at + 4 + size;
  if (size < 1 || end > limit || view[end - 1] !== 0) throw invalid('string');
  return end;
}

export function firstFieldIsId(bytes: Uint8Array): boolean {
  return bytes[5] === 0x5f && bytes[6] === 0x69 && bytes[7] === 0x64 && bytes[8] === 0;
}
