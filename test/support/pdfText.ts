// Duty: read a PDF as its reader's machine does: the words of every page, and what the file says about itself.
import { getDocumentProxy } from 'unpdf';

export interface ReadPdf {
  /** The text layer of each page, lines apart. */
  pages: string[];
  text: string;
  info: Record<string, unknown>;
}

export async function readPdf(content: Uint8Array): Promise<ReadPdf> {
  const file = await getDocumentProxy(new Uint8Array(content), { useSystemFonts: false, verbosity: 0 });
  const pages: string[] = [];
  for (let at = 1; at <= file.numPages; at += 1) {
    const { items } = await (await file.getPage(at)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''));
  }
  const { info } = await file.getMetadata();
  await file.loadingTask.destroy();
  return { pages, text: pages.join('\n'), info: info as Record<string, unknown> };
}
