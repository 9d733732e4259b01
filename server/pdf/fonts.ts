// Duty: the two weights of Noto Sans that every PDF embeds, found beside this file's source, from source and from dist alike.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../root.ts';

const folder = join(projectRoot, 'server', 'pdf', 'fonts');

export const fontNames = { regular: 'NotoSans', bold: 'NotoSans-SemiBold' } as const;

export interface Fonts {
  regular: Buffer;
  bold: Buffer;
}

let loaded: Promise<Fonts> | null = null;

/** Read at the first PDF, then kept: a server that makes none holds none. */
export function loadFonts(): Promise<Fonts> {
  loaded ??= Promise.all([
    readFile(join(folder, 'NotoSans-Regular.ttf')),
    readFile(join(folder, 'NotoSans-SemiBold.ttf')),
  ]).then(([regular, bold]) => ({ regular, bold }));
  return loaded;
}
