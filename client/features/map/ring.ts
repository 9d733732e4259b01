// Duty: a circle of cases: its size, its ring of themes, its number or icon, as SVG and as arcs for the picture. No map here.
import { type Theme, themes } from '../../../shared/themeLists.ts';
import { circleSize } from './fanOut.ts';
import { glyphs } from './glyphs.ts';

const gapRadians = 0.07;
export const ringWidth = (size: number): number => Math.max(4.5, size * 0.1);

export interface Arc {
  theme: Theme;
  /** Radians, clockwise from the top. */
  start: number;
  end: number;
}

/** One arc per theme that has cases, in the lasting order of themes, small gaps between them. */
export function arcsOf(byTheme: readonly number[]): Arc[] {
  const total = byTheme.reduce((sum, count) => sum + count, 0);
  const present = byTheme.filter((count) => count > 0).length;
  const gap = present > 1 ? gapRadians : 0;
  let at = 0;
  return themes.flatMap((theme, index) => {
    const count = byTheme[index] ?? 0;
    if (count === 0) return [];
    const share = (count / total) * 2 * Math.PI;
    const arc = { theme, start: at + gap / 2, end: at + Math.max(share - gap / 2, gap) };
    at += share;
    return arc;
  });
}

/** The only theme of a circle of one case, else null. */
export const loneTheme = (byTheme: readonly number[]): Theme | null => {
  const total = byTheme.reduce((sum, count) => sum + count, 0);
  return total === 1 ? themes[byTheme.indexOf(1)]! : null;
};

const loneSize = 36;
export const diameter = (byTheme: readonly number[]): number =>
  loneTheme(byTheme) ? loneSize : circleSize(byTheme.reduce((sum, count) => sum + count, 0));

const fixed = (value: number) => value.toFixed(2);

/** Made of numbers and our own words only; colours come from the design's variables, so it follows light and dark. */
export function circleSvg(byTheme: readonly number[], words: string): string {
  const lone = loneTheme(byTheme);
  const size = diameter(byTheme);
  const middle = size / 2;
  if (lone) {
    const scale = 19 / 24;
    return `<svg width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" aria-hidden="true"><circle cx="${middle}" cy="${middle}" r="${middle - 1.5}" fill="var(--theme-${lone})" stroke="var(--surface)" stroke-width="2"/><path d="${glyphs[lone]}" transform="translate(${middle - 12 * scale} ${middle - 12 * scale}) scale(${scale})" fill="none" stroke="var(--surface)" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  }
  const width = ringWidth(size);
  const radius = middle - width / 2 - 1.5;
  const round = 2 * Math.PI * radius;
  const arcs = arcsOf(byTheme)
    .map(({ theme, start, end }) => {
      const length = (round * (end - start)) / (2 * Math.PI);
      const turn = (start * 180) / Math.PI - 90;
      return `<circle cx="${middle}" cy="${middle}" r="${fixed(radius)}" fill="none" stroke="var(--theme-${theme})" stroke-width="${fixed(width)}" stroke-dasharray="${fixed(length)} ${fixed(round - length)}" transform="rotate(${fixed(turn)} ${middle} ${middle})"/>`;
    })
    .join('');
  const fontSize = words.length > 5 ? 14 : words.length > 3 ? 15 : 16;
  return `<svg width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" aria-hidden="true"><circle cx="${middle}" cy="${middle}" r="${middle - 1}" fill="var(--surface)"/>${arcs}<text x="50%" y="50%" dy="0.35em" text-anchor="middle" font-size="${fontSize}" font-weight="650" fill="var(--mantine-color-text)">${words}</text></svg>`;
}
