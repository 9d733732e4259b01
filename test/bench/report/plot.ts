// Duty: the rows of a scenario as one drawing: bars beside their baselines, with the goal as a mark. Colours are the page's.
import { type BenchRow, baselinesOf, figure, goalOf } from '../rows.ts';

export const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const width = 900;
const labels = 250;
/** Room at the right for the figure beside the longest bar. */
const figures = 130;
const barHeight = 14;
const step = 20;
const headHeight = 30;
const rowGap = 18;

interface Bar {
  label: string;
  value: number;
  kind: 'own' | 'baseline' | 'earlier';
}

const barsOf = (row: BenchRow): Bar[] => [
  { label: 'measured', value: row.value, kind: 'own' },
  ...baselinesOf(row).map(({ name, value }): Bar => ({ label: name, value, kind: 'baseline' })),
  ...(row.earlier ? [{ label: row.earlier.name, value: row.earlier.value, kind: 'earlier' } as const] : []),
];

const heightOf = (row: BenchRow) => headHeight + barsOf(row).length * step + rowGap;

/** Every row has a scale of its own that begins at zero: units differ from row to row. */
function drawnRow(row: BenchRow, top: number): string {
  const bars = barsOf(row);
  const goal = goalOf(row);
  const most = Math.max(...bars.map(({ value }) => value), goal?.mark ?? 0) || 1;
  const lengthOf = (value: number) => ((width - labels - figures) * Math.max(0, value)) / most;
  const first = top + headHeight;
  const drawn = bars.map(({ label, value, kind }, at) => {
    const y = first + at * step;
    const missed = kind === 'own' && row.ok === false ? ' missed' : '';
    return {
      bar: `<text class="label" x="${labels - 10}" y="${y + 11}" text-anchor="end">${escaped(label)}</text><rect class="${kind}${missed}" x="${labels}" y="${y}" width="${lengthOf(value).toFixed(1)}" height="${barHeight}" rx="2"/>`,
      words: `<text class="figure" x="${(labels + lengthOf(value) + 8).toFixed(1)}" y="${y + 11}">${escaped(`${figure(value)} ${row.unit}`)}</text>`,
    };
  });
  const x = goal ? (labels + lengthOf(goal.mark)).toFixed(1) : '0';
  const mark = goal
    ? `<line class="goal" x1="${x}" x2="${x}" y1="${first - 6}" y2="${first + bars.length * step}"/><text class="goalWords" x="${x}" y="${first - 9}" text-anchor="middle">${escaped(row.goal!)}</text>`
    : '';
  const verdict = row.ok === undefined ? '' : row.ok ? ' ✔' : ' ✘';
  const name = `<text class="name" x="0" y="${top + 16}">${escaped(row.name)}${verdict}</text>`;
  // Figures lie on the mark, the mark on the bars.
  return [name, ...drawn.map(({ bar }) => bar), mark, ...drawn.map(({ words }) => words)].join('');
}

export function plotOf(title: string, rows: readonly BenchRow[]): string {
  let top = 0;
  const drawn = rows.map((row) => {
    const one = drawnRow(row, top);
    top += heightOf(row);
    return one;
  });
  return `<svg viewBox="0 0 ${width} ${top}" role="img" aria-label="${escaped(`${title}: the same figures are in the table below`)}">${drawn.join('\n')}</svg>`;
}
