// Duty: make a PDF of words, tables and figures on A4: embedded font, letterhead, page numbers, reading order for screen readers. Knows no slice.
import type PDFDocument from 'pdfkit';
import { type PdfBars, type PdfLine, type PdfShapes, writeBars, writeLine, writeShapes } from './drawing.ts';
import { fontNames, loadFonts } from './fonts.ts';
import { footerAbove, ink, lineGapShare, paper, sizes } from './look.ts';
import { type Ground, heightsOf, type PdfTable, writeTable } from './table.ts';

export type { PdfBars, PdfLine, PdfShapes } from './drawing.ts';
export type { PdfTable } from './table.ts';

export interface PdfSettings {
  /** Shown by readers in place of the file's name, and kept in the file: never a person's name. */
  title: string;
  language: 'sq' | 'sr' | 'en' | 'rom';
  /** Kept as the day of making. The same words with the same day make the same bytes. */
  madeAt: Date;
  /** Under every page. */
  footer(page: number, pages: number): string;
}

/** What a page is written with, from top to bottom; it breaks by itself. */
export interface PdfWriter {
  /** The sender, on top of the first page. */
  letterhead(name: string, lines: readonly string[]): void;
  heading(text: string, level?: 1 | 2): void;
  /** Line ends in the text are kept; an empty line begins a new paragraph. */
  text(text: string, look?: TextLook): void;
  /** One under the other without space between, as an address is written. */
  lines(lines: readonly string[], look?: TextLook): void;
  /** Label and value side by side. */
  facts(facts: readonly (readonly [label: string, value: string])[]): void;
  list(items: readonly string[]): void;
  table(table: PdfTable): void;
  bars(bars: PdfBars): void;
  line(line: PdfLine): void;
  shapes(shapes: PdfShapes): void;
  /** Large numbers side by side, each with a word under it; at most four. */
  figures(figures: readonly { value: string; label: string }[]): void;
  space(points?: number): void;
  rule(): void;
  /** Points left on this page. */
  left(): number;
  /** Points that a table's head and each of its rows would take. */
  heightsOf(table: PdfTable): { head: number; rows: number[] };
  /** Begins a new page unless this many points are left. */
  room(points: number): void;
  newPage(): void;
}

export interface TextLook {
  quiet?: boolean;
  bold?: boolean;
  small?: boolean;
  align?: 'left' | 'right';
}

/** Everything is written at once and kept in memory: these are pages to print, not archives. */
export async function makePdf(
  settings: PdfSettings,
  write: (writer: PdfWriter) => void,
): Promise<Buffer<ArrayBuffer>> {
  const [{ default: Document }, fonts] = await Promise.all([import('pdfkit'), loadFonts()]);
  const doc = new Document({
    size: paper.size,
    margins: paper.margins,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: settings.language === 'sr' ? 'sr-Latn' : settings.language,
    info: {
      Title: settings.title.normalize('NFC'),
      Creator: 'KOSINT Tracker',
      Producer: 'KOSINT Tracker',
      CreationDate: settings.madeAt,
    },
    autoFirstPage: false,
  });
  doc.registerFont(fontNames.regular, fonts.regular);
  doc.registerFont(fontNames.bold, fonts.bold);
  const parts: Buffer[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.addPage();
  const root = doc.struct('Document');
  doc.addStructure(root);
  write(writerOn(doc, root));
  root.end();
  writeFooters(doc, settings);
  doc.end();
  await finished;
  return Buffer.concat(parts);
}

type Doc = typeof PDFDocument.prototype;
export type Structure = ReturnType<Doc['struct']>;

/** Letters as the font has them: a letter and its accent as one. Controls that no font has are left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const printable = (text: string) => text.normalize('NFC').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ');

function writerOn(doc: Doc, root: Structure): PdfWriter {
  const left = paper.margins.left;
  const width = doc.page.width - left - paper.margins.right;
  const bottom = () => doc.page.height - paper.margins.bottom;
  const element = (kind: string, draw: () => void) => root.add(doc.struct(kind, {}, draw));
  const artifact = (draw: () => void) => {
    doc.markContent('Artifact', { type: 'Layout' });
    draw();
    doc.endMarkedContent();
  };
  const put = (text: string, look: TextLook & { size?: number; top?: number; after?: number }) => {
    const size = look.size ?? (look.small ? sizes.small : sizes.text);
    doc
      .font(look.bold ? fontNames.bold : fontNames.regular)
      .fontSize(size)
      .fillColor(look.quiet ? ink.quiet : ink.text)
      .text(printable(text), left, undefined, {
        width,
        align: look.align ?? 'left',
        lineGap: size * lineGapShare,
      });
    doc.y += look.after ?? 0;
  };
  const ground: Ground = { doc, root, left, width, bottom, printable, artifact };
  const writer: PdfWriter = {
    letterhead(name, lines) {
      element('P', () => put(name, { bold: true, size: sizes.section }));
      for (const line of lines) element('P', () => put(line, { quiet: true, small: true }));
      doc.y += 4;
      writer.rule();
      doc.y += 14;
    },
    heading(text, level = 2) {
      const size = level === 1 ? sizes.title : sizes.section;
      writer.room(size * 5);
      if (doc.y > paper.margins.top) doc.y += level === 1 ? 0 : 8;
      element(level === 1 ? 'H1' : 'H2', () => put(text, { bold: true, size, after: size * 0.4 }));
    },
    text(text, look = {}) {
      for (const paragraph of text.replaceAll('\r\n', '\n').split(/\n{2,}/))
        if (paragraph.trim()) element('P', () => put(paragraph.trimEnd(), { ...look, after: 7 }));
    },
    lines(lines, look = {}) {
      for (const line of lines) element('P', () => put(line, look));
      doc.y += 7;
    },
    facts(facts) {
      for (const [label, value] of facts) {
        writer.room(sizes.text * 2);
        const top = doc.y;
        const labelWidth = width * 0.3;
        element('P', () => {
          const lineGap = sizes.text * lineGapShare;
          doc.font(fontNames.regular).fontSize(sizes.text).fillColor(ink.quiet);
          const labelHeight = doc.heightOfString(printable(label), { width: labelWidth - 8, lineGap });
          doc.text(printable(label), left, top, { width: labelWidth - 8, lineGap });
          doc.fillColor(ink.text).text(printable(value), left + labelWidth, top, {
            width: width - labelWidth,
            lineGap,
          });
          doc.y = Math.max(doc.y, top + labelHeight);
        });
      }
      doc.y += 7;
    },
    list(items) {
      for (const item of items) element('P', () => put(`•  ${item}`, { after: 2 }));
      doc.y += 6;
    },
    table: (table) => writeTable(ground, table),
    bars: (bars) => writeBars(ground, bars),
    line: (line) => writeLine(ground, line),
    shapes: (shapes) => writeShapes(ground, shapes),
    figures(figures) {
      writer.room(sizes.figure * 3.5);
      const top = doc.y;
      const column = width / Math.max(figures.length, 1);
      let lowest = top;
      figures.forEach(({ value, label }, at) => {
        element('P', () => {
          const room = { width: column - 10 };
          doc.font(fontNames.bold).fontSize(sizes.figure).fillColor(ink.text);
          doc.text(printable(value), left + at * column, top, room);
          doc.font(fontNames.regular).fontSize(sizes.small).fillColor(ink.quiet);
          doc.text(printable(label), left + at * column, doc.y, room);
        });
        lowest = Math.max(lowest, doc.y);
      });
      doc.y = lowest + 12;
    },
    space(points = 10) {
      doc.y += points;
    },
    rule() {
      artifact(() => {
        doc
          .moveTo(left, doc.y)
          .lineTo(left + width, doc.y)
          .lineWidth(0.7)
          .strokeColor(ink.line)
          .stroke();
      });
      doc.y += 6;
    },
    left: () => bottom() - doc.y,
    heightsOf: (table) => heightsOf(ground, table),
    room(points) {
      if (doc.y + points > bottom()) doc.addPage();
    },
    newPage() {
      doc.addPage();
    },
  };
  return writer;
}

function writeFooters(doc: Doc, settings: PdfSettings): void {
  const { start, count } = doc.bufferedPageRange();
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(start + at);
    // Text below the margin would begin a page of its own.
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination' });
    doc
      .font(fontNames.regular)
      .fontSize(sizes.small)
      .fillColor(ink.quiet)
      .text(printable(settings.footer(at + 1, count)), paper.margins.left, doc.page.height - footerAbove, {
        width: doc.page.width - paper.margins.left - paper.margins.right,
        lineBreak: false,
      });
    doc.endMarkedContent();
  }
}
