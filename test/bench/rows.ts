// Duty: what a scenario reports, and how it reads: goals as marks, ratios to baselines, lines of text. Nothing is measured here.

export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  /** What `value` should reach: `≥ 5,000`, `≤ 1.5`, or `≥ 0.8 × a prebuilt answer` (of the baseline). */
  goal?: string;
  ok?: boolean;
  /** To the one baseline of the same run; `1` is as fast. Not with `baselines`. */
  ratio?: number;
  /** Measured in the same run, in the same unit. */
  baselines?: Baseline[];
  /** The same row of an earlier run. */
  earlier?: Baseline;
  /** Anything else worth reading: p50, p99, bytes. */
  note?: string;
}

export interface Baseline {
  name: string;
  value: number;
}

/** With their ratios; a row that names a ratio alone has one baseline. */
export function baselinesOf({ value, ratio, baselines }: BenchRow): (Baseline & { ratio: number })[] {
  const named = baselines ?? (ratio ? [{ name: 'baseline', value: value / ratio }] : []);
  return named.map((one) => ({ ...one, ratio: value / one.value }));
}

export interface Goal {
  /** In the unit of the row. */
  mark: number;
  /** More is better, or less. */
  more: boolean;
}

export function goalOf(row: BenchRow): Goal | null {
  const match = /^([≥≤])\s*([\d.,]+)(\s*×)?/.exec(row.goal ?? '');
  if (!match) return null;
  const figure = Number(match[2]!.replaceAll(',', ''));
  const baseline = baselinesOf(row).at(-1);
  if (match[3] && !baseline) return null;
  return { mark: match[3] ? figure * baseline!.value : figure, more: match[1] === '≥' };
}

/** `value` beside the goal in figures; what has no goal is neither kept nor missed. */
export const kept = (goal: string, value: number): Pick<BenchRow, 'goal' | 'ok'> => {
  const { mark, more } = goalOf({ name: '', unit: '', value, goal })!;
  return { goal, ok: more ? value >= mark : value <= mark };
};

export const figure = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

/** Two digits after the point where they say something. */
export const ratioWords = (ratio: number) => (ratio < 10 ? ratio.toFixed(2) : figure(ratio));

export function linesOf(title: string, rows: readonly BenchRow[]): string {
  const wide = Math.max(...rows.map((row) => row.name.length));
  const lines = rows.map((row) => {
    const mark = row.ok === undefined ? '' : row.ok ? ' ✔' : ' ✘';
    const goal = row.goal ? `  goal ${row.goal}${mark}` : '';
    const ratios = baselinesOf(row)
      .map(({ name, ratio }) => `  ${ratioWords(ratio)} × ${name}`)
      .join('');
    const then = row.earlier ? `  ${ratioWords(row.value / row.earlier.value)} × ${row.earlier.name}` : '';
    const note = row.note ? `  ${row.note}` : '';
    return `  ${row.name.padEnd(wide)}  ${figure(row.value).padStart(9)} ${row.unit}${goal}${ratios}${then}${note}`;
  });
  return ['', title, ...lines].join('\n');
}
