// Duty: the present view as a PNG with title, legend, date and attribution, drawn on a canvas of this device. Nothing is sent anywhere.
import type { MapShape, MapShapes } from '../../../shared/mapViews.ts';
import { type Theme, themes } from '../../../shared/themeLists.ts';
import type { Scheme } from '../../ui/colours.ts';
import type { Drawing } from './circles.ts';
import { dotSize, fanOut } from './fanOut.ts';
import { glyphs } from './glyphs.ts';
import { drawFan } from './layers/points.ts';
import { arcsOf, diameter, loneTheme, ringWidth } from './ring.ts';

export interface PictureParts {
  width: number;
  height: number;
  project: (lng: number, lat: number) => { x: number; y: number };
  shapes: MapShapes;
  /** Fill class and name per municipality. */
  looks: ReadonlyMap<string, { step: number; name: string; labelled: boolean }>;
  drawing: Drawing;
  scheme: Scheme;
  title: string;
  /** What is filtered, which period. */
  subtitle: string;
  themeWords: Record<Theme, string>;
  /** Null: municipalities are not filled. */
  fill: { title: string; steps: string[]; note: string | null } | null;
  /** What dots mean, date, whose data, attribution: one line each. */
  footer: string[];
}

const headHeight = 74;
const fillShares = [0, 0.1, 0.2, 0.32, 0.46];
const font = (size: number, weight = 400) =>
  `${weight} ${size}px 'Noto Sans Variable', 'Noto Sans', sans-serif`;

export function mixed(colour: string, ground: string, share: number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(1 + at * 2, 3 + at * 2), 16);
  const parts = [0, 1, 2].map((at) =>
    Math.round(channel(colour, at) * share + channel(ground, at) * (1 - share)),
  );
  return `rgb(${parts.join(' ')})`;
}

function trace(
  context: CanvasRenderingContext2D,
  geometry: MapShape['geometry'],
  project: PictureParts['project'],
) {
  const polygons = (
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  ) as number[][][][];
  context.beginPath();
  for (const ring of polygons.flat()) {
    ring.forEach(([lng, lat], index) => {
      const { x, y } = project(lng!, lat!);
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.closePath();
  }
}

function drawShapes(context: CanvasRenderingContext2D, parts: PictureParts): void {
  const { shapes, scheme, project } = parts;
  trace(context, shapes.outline, project);
  context.fillStyle = scheme.surface;
  context.fill('evenodd');
  context.strokeStyle = scheme.line;
  context.lineWidth = 1.5;
  context.stroke();
  for (const shape of shapes.municipalities) {
    trace(context, shape.geometry, project);
    const step = parts.looks.get(shape.properties.slug)?.step ?? 0;
    context.fillStyle = step === 0 ? scheme.sunken : mixed(scheme.accent, scheme.surface, fillShares[step]!);
    context.fill('evenodd');
    context.strokeStyle = mixed(scheme.faint, scheme.surface, 0.6);
    context.stroke();
  }
  context.textAlign = 'center';
  context.font = font(14, 600);
  for (const { properties } of shapes.municipalities) {
    const { x, y } = project(properties.label[0], properties.label[1]);
    const look = parts.looks.get(properties.slug);
    if (look?.labelled) haloed(context, look.name, x, y, scheme.faint, scheme.surface);
  }
}

function haloed(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  ink: string,
  halo: string,
): void {
  context.lineWidth = 3.5;
  context.lineJoin = 'round';
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

function drawCircles(context: CanvasRenderingContext2D, { drawing, scheme, project }: PictureParts): void {
  for (const fan of drawing.fans) {
    const { spacing, radius } = dotSize(fan.points.length);
    const offsets = fanOut(fan.points.length, spacing);
    drawFan(context, { points: fan.points, offsets, radius }, project(fan.lng, fan.lat), scheme);
  }
  context.textAlign = 'center';
  for (const { circle } of drawing.drawn) {
    const { x, y } = project(circle.lng, circle.lat);
    if (circle.fanned !== null) {
      context.font = font(14, 600);
      haloed(
        context,
        `${circle.name} ${circle.number}`,
        x,
        y + circle.fanned + 18,
        scheme.ink,
        scheme.surface,
      );
      continue;
    }
    const lone = loneTheme(circle.byTheme);
    const size = diameter(circle.byTheme);
    context.beginPath();
    context.arc(x, y, size / 2 - 1, 0, 2 * Math.PI);
    context.fillStyle = lone ? scheme.themes[lone] : scheme.surface;
    context.fill();
    if (lone) drawGlyph(context, lone, x, y, 19, scheme.surface);
    else {
      const width = ringWidth(size);
      for (const { theme, start, end } of arcsOf(circle.byTheme)) {
        context.beginPath();
        context.arc(x, y, size / 2 - width / 2 - 1.5, start - Math.PI / 2, end - Math.PI / 2);
        context.lineWidth = width;
        context.strokeStyle = scheme.themes[theme];
        context.stroke();
      }
      context.font = font(16, 650);
      context.fillStyle = scheme.ink;
      context.fillText(circle.number, x, y + 5.5);
    }
    context.font = font(14, 600);
    const spots = {
      below: { align: 'center', x, y: y + size / 2 + 16 },
      above: { align: 'center', x, y: y - size / 2 - 8 },
      right: { align: 'left', x: x + size / 2 + 4, y: y + 5 },
      left: { align: 'right', x: x - size / 2 - 4, y: y + 5 },
    } as const;
    if (circle.side) {
      const spot = spots[circle.side];
      context.textAlign = spot.align;
      haloed(context, circle.name, spot.x, spot.y, scheme.ink, scheme.surface);
      context.textAlign = 'center';
    }
  }
}

function drawGlyph(
  context: CanvasRenderingContext2D,
  theme: Theme,
  x: number,
  y: number,
  size: number,
  ink: string,
): void {
  const scale = size / 24;
  context.save();
  context.translate(x - 12 * scale, y - 12 * scale);
  context.scale(scale, scale);
  context.lineWidth = 2.2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = ink;
  context.stroke(new Path2D(glyphs[theme]));
  context.restore();
}

/** Breaks at spaces, so that no line is wider than `width`. */
function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && context.measureText(`${last} ${word}`).width <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Draws downwards from `top` and answers where it ended. */
function drawLegend(context: CanvasRenderingContext2D, parts: PictureParts, top: number): number {
  const { scheme, fill, width } = parts;
  const left = 20;
  let y = top + 26;
  context.textAlign = 'left';
  context.font = font(15);
  let x = left;
  for (const theme of themes) {
    const words = parts.themeWords[theme];
    const wide = 30 + context.measureText(words).width;
    if (x > left && x + wide > width - left) {
      x = left;
      y += 28;
    }
    drawGlyph(context, theme, x + 9, y - 5, 18, scheme.themes[theme]);
    context.fillStyle = scheme.ink;
    context.fillText(words, x + 24, y);
    x += wide + 18;
  }
  if (fill) {
    y += 32;
    context.font = font(15, 600);
    for (const line of wrapped(context, fill.title, width - 2 * left)) {
      context.fillText(line, left, y);
      y += 22;
    }
    context.font = font(15);
    x = left;
    fill.steps.forEach((words, step) => {
      const wide = 28 + context.measureText(words).width;
      if (x > left && x + wide > width - left) {
        x = left;
        y += 26;
      }
      context.fillStyle = mixed(scheme.accent, scheme.surface, fillShares[step + 1]!);
      context.fillRect(x, y - 12, 20, 14);
      context.strokeStyle = scheme.line;
      context.lineWidth = 1;
      context.strokeRect(x, y - 12, 20, 14);
      context.fillStyle = scheme.ink;
      context.fillText(words, x + 28, y);
      x += wide + 18;
    });
  }
  context.font = font(14);
  context.fillStyle = scheme.faint;
  for (const text of [...(fill?.note ? [fill.note] : []), ...parts.footer]) {
    for (const line of wrapped(context, text, width - 2 * left)) {
      y += 21;
      context.fillText(line, left, y);
    }
  }
  return y + 16;
}

/** Height of the legend, by drawing it on a sheet that is thrown away. */
function legendHeight(parts: PictureParts): number {
  const sheet = document.createElement('canvas').getContext('2d')!;
  return drawLegend(sheet, parts, 0);
}

export async function drawPicture(parts: PictureParts): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const height = headHeight + parts.height + legendHeight(parts);
  const density = 2;
  canvas.width = parts.width * density;
  canvas.height = height * density;
  const context = canvas.getContext('2d')!;
  context.scale(density, density);
  const { scheme } = parts;
  context.fillStyle = scheme.paper;
  context.fillRect(0, 0, parts.width, height);
  context.save();
  context.beginPath();
  context.rect(0, headHeight, parts.width, parts.height);
  context.clip();
  context.translate(0, headHeight);
  drawShapes(context, parts);
  drawCircles(context, parts);
  context.restore();
  context.textAlign = 'left';
  context.fillStyle = scheme.ink;
  context.font = font(22, 650);
  context.fillText(parts.title, 20, 34);
  context.font = font(15);
  context.fillStyle = scheme.faint;
  context.fillText(parts.subtitle, 20, 58, parts.width - 40);
  context.strokeStyle = scheme.line;
  context.lineWidth = 1;
  context.strokeRect(0.5, headHeight + 0.5, parts.width - 1, parts.height - 1);
  drawLegend(context, parts, headHeight + parts.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture'))), 'image/png'),
  );
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
