// Duty: a table on a printed page: its head again on every page it runs over, rows that are never torn. Part of pdf.ts.
import type PDFDocument from 'pdfkit';
import { fontNames } from './fonts.ts';
import { ink, sizes } from './look.ts';

export interface PdfTable {
  columns: readonly {
    title: string /** A share of the width; equal when left out. */;
    share?: number;
    align?: 'left' | 'right';
  }[];
  rows: readonly (readonly string[])[];
}

type Doc = typeof PDFDocument.prototype;
type Structure = ReturnType<Doc['struct']>;

/** Where and with what a part of a page is drawn. */
export interface Ground {
  doc: Doc;
  root: Structure;
  left: number;
  width: number;
  bottom(): number;
  printable(text: string): string;
  artifact(draw: () => void): void;
}

const padding = { x: 5, y: 3.5 };

function widthsOf({ width }: Ground, columns: PdfTable['columns']): number[] {
  const shares = columns.map(({ share }) => share ?? 1);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => (width * share) / whole);
}

function rowHeight(
  { doc, printable }: Ground,
  widths: readonly number[],
  cells: readonly string[],
  bold: boolean,
): number {
  doc.font(bold ? fontNames.bold : fontNames.regular).fontSize(sizes.table);
  const heights = cells.map((cell, at) =>
    doc.heightOfString(printable(cell), { width: widths[at]! - 2 * padding.x }),
  );
  return Math.max(sizes.table * 1.4, ...heights) + 2 * padding.y;
}

/** Points that the head and each row would take. */
export function heightsOf(ground: Ground, { columns, rows }: PdfTable): { head: number; rows: number[] } {
  const widths = widthsOf(ground, columns);
  const titles = columns.map(({ title }) => title);
  return {
    head: rowHeight(ground, widths, titles, true),
    rows: rows.map((cells) => rowHeight(ground, widths, cells, false)),
  };
}

export function writeTable(ground: Ground, { columns, rows }: PdfTable): void {
  const { doc, root, left, width, printable } = ground;
  const widths = widthsOf(ground, columns);
  const table = doc.struct('Table');
  root.add(table);

  const heightOf = (cells: readonly string[], bold: boolean) => rowHeight(ground, widths, cells, bold);
  const line = (cells: readonly string[], { head, counts }: { head: boolean; counts: boolean }) => {
    const height = heightOf(cells, head);
    const top = doc.y;
    ground.artifact(() => {
      if (head) doc.rect(left, top, width, height).fill(ink.band);
      doc
        .moveTo(left, top + height)
        .lineTo(left + width, top + height)
        .lineWidth(0.5)
        .strokeColor(ink.line)
        .stroke();
    });
    // A cell is drawn when its row has a place in the document; a row without one would keep the file from ending.
    const row = counts ? doc.struct('TR') : null;
    if (row) table.add(row);
    let x = left;
    cells.forEach((cell, at) => {
      const from = x + padding.x;
      const draw = () => {
        doc
          .font(head ? fontNames.bold : fontNames.regular)
          .fontSize(sizes.table)
          .fillColor(ink.text)
          .text(printable(cell), from, top + padding.y, {
            width: widths[at]! - 2 * padding.x,
            align: columns[at]?.align ?? 'left',
          });
      };
      if (row) row.add(doc.struct(head ? 'TH' : 'TD', {}, draw));
      else ground.artifact(draw);
      x += widths[at]!;
    });
    doc.y = top + height;
  };
  const titles = columns.map(({ title }) => title);
  const headHeight = heightOf(titles, true);
  const firstHeight = rows[0] ? heightOf(rows[0], false) : 0;
  if (doc.y + headHeight + firstHeight > ground.bottom()) doc.addPage();
  line(titles, { head: true, counts: true });
  for (const cells of rows) {
    if (doc.y + heightOf(cells, false) > ground.bottom()) {
      doc.addPage();
      // Repeated for the eye alone; a screen reader has heard it.
      line(titles, { head: true, counts: false });
    }
    line(cells, { head: false, counts: true });
  }
  table.end();
  doc.x = left;
  doc.y += 12;
}
