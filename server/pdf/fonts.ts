// Duty: the two weights of Noto Sans that every PDF embeds, found where the package lies, from source and from dist alike.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const find = createRequire(import.meta.url).resolve;

export const fontNames = { regular: 'NotoSans', bold: 'NotoSans-SemiBold' } as const;

export interface Fonts {
  regular: Buffer;
  bold: Buffer;
}

let loaded: Promise<Fonts> | null = null;

/** Read at the first PDF, then kept: a server that makes none holds none. */
export function loadFonts(): Promise<Fonts> {
  loaded ??= Promise.all([
    readFile(find('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')),
    readFile(find('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf')),
  ]).then(([regular, bold]) => ({ regular, bold }));
  return loaded;
}
