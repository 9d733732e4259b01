// Duty: bars, lines and filled shapes on a printed page, each with its sense in words for screen readers. Part of pdf.ts; knows no slice.
import { fontNames } from './fonts.ts';
import { ink, sizes } from './look.ts';
import type { Ground } from './table.ts';

export interface PdfBars {
  /** What the drawing says, in a sentence. */
  alt: string;
  /** No bar where the value is null; `text` stands at the end in any case. */
  rows: readonly { label: string; value: number | null; text: string }[];
}
export interface PdfLine {
  alt: string;
  /** Null breaks the line. */
  points: readonly { label: string; value: number | null; text: string }[];
}
export interface PdfShapes {
  alt: string;
  width: number;
  height: number;
  /** SVG paths; `shade` 0 to 1 is how dark, null is hatched, undefined is the ground. */
  shapes: readonly { path: string; shade: number | null | undefined }[];
  names: readonly { text: string; x: number; y: number; side: 'start' | 'middle' | 'end' }[];
}

const accent = '#a4471f';
const barHeight = 9;
const rowHeight = 16;

function figure(ground: Ground, alt: string, height: number, draw: (top: number) => void): void {
  const { doc, root } = ground;
  if (doc.y + height > ground.bottom()) doc.addPage();
  const top = doc.y;
  root.add(doc.struct('Figure', { alt: ground.printable(alt) }, () => draw(top)));
  doc.x = ground.left;
  doc.y = top + height + 8;
}

export function writeBars(ground: Ground, { alt, rows }: PdfBars): void {
  const { doc, left, width, printable } = ground;
  const labelWidth = width * 0.34;
  const textWidth = width * 0.2;
  const room = width - labelWidth - textWidth;
  const most = Math.max(1, ...rows.map(({ value }) => value ?? 0));
  figure(ground, alt, rows.length * rowHeight, (top) => {
    rows.forEach(({ label, value, text }, at) => {
      const y = top + at * rowHeight;
      doc.font(fontNames.regular).fontSize(sizes.table).fillColor(ink.text);
      doc.text(printable(label), left, y, { width: labelWidth - 8, height: rowHeight, ellipsis: true });
      const length = value === null ? 0 : (value / most) * room;
      if (length > 0) doc.rect(left + labelWidth, y + 3, length, barHeight).fill(accent);
      doc.fillColor(value === null ? ink.quiet : ink.text);
      doc.text(printable(text), left + labelWidth + length + 5, y, {
        width: width - labelWidth - length - 5,
        height: rowHeight,
        ellipsis: true,
      });
    });
  });
}

export function writeLine(ground: Ground, { alt, points }: PdfLine): void {
  const { doc, left, width, printable } = ground;
  const height = 90;
  const inner = { left: left + 45, width: width - 90, top: 16, height: height - 44 };
  const most = Math.max(1, ...points.map(({ value }) => value ?? 0));
  const step = points.length > 1 ? inner.width / (points.length - 1) : 0;
  figure(ground, alt, height, (top) => {
    const at = (index: number, value: number): [number, number] => [
      inner.left + index * step,
      top + inner.top + inner.height * (1 - value / most),
    ];
    doc.lineWidth(1.5).strokeColor(accent);
    points.forEach(({ value }, index) => {
      const next = points[index + 1]?.value;
      if (value !== null && next != null)
        doc
          .moveTo(...at(index, value))
          .lineTo(...at(index + 1, next))
          .stroke();
    });
    points.forEach(({ label, value, text }, index) => {
      const [x, y] = at(index, value ?? 0);
      if (value !== null) doc.circle(x, y, 2.5).fill(accent);
      const column = Math.min(90, step || 90);
      const from = x - column / 2;
      const look = { width: column, align: 'center' as const };
      doc.font(fontNames.regular).fontSize(sizes.small).fillColor(ink.text);
      doc.text(printable(text), from, y - 14, look);
      doc.fillColor(ink.quiet).text(printable(label), from, top + height - 24, look);
    });
  });
}

export function writeShapes(ground: Ground, { alt, width, height, shapes, names }: PdfShapes): void {
  const { doc, left, printable } = ground;
  const scale = Math.min(ground.width / width, 300 / height);
  figure(ground, alt, height * scale, (top) => {
    doc.save();
    doc.translate(left, top).scale(scale);
    for (const { path, shade } of shapes) {
      if (shade === undefined) doc.path(path).lineWidth(1).fillAndStroke(ink.band, ink.line);
      else if (shade === null) {
        doc.save();
        doc.path(path).clip();
        doc.lineWidth(1.5).strokeColor(ink.quiet);
        for (let x = -height; x < width; x += 9)
          doc
            .moveTo(x, height)
            .lineTo(x + height, 0)
            .stroke();
        doc.restore();
        doc.path(path).lineWidth(1).strokeColor(ink.text).stroke();
      } else {
        doc
          .path(path)
          .fillOpacity(0.15 + 0.75 * shade)
          .fill(accent);
        doc.path(path).fillOpacity(1).lineWidth(1).strokeColor(ink.text).stroke();
      }
    }
    doc.restore();
    doc.fillOpacity(1).font(fontNames.bold).fontSize(sizes.small);
    for (const { text, x, y, side } of names) {
      const words = printable(text);
      const long = doc.widthOfString(words);
      const from = left + x * scale - (side === 'end' ? long : side === 'middle' ? long / 2 : 0);
      const at = top + y * scale - sizes.small / 2;
      doc.lineWidth(2.5).strokeColor('#ffffff').fillColor(ink.text);
      doc.text(words, from, at, { lineBreak: false, stroke: true, fill: false });
      doc.text(words, from, at, { lineBreak: false });
    }
  });
}
