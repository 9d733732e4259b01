// Duty: where a trend's ticks, runs and words stand, and which words fit at which width. Pure, in rem; how they are drawn is TrendChart's.

/** Few whole steps from zero up to the largest value or just above it. */
export function ticksUpTo(most: number): number[] {
  for (let power = 1; ; power *= 10)
    for (const step of [power, 2 * power, 2.5 * power, 5 * power]) {
      const count = Math.max(1, Math.ceil(most / step));
      if (Number.isInteger(step) && count <= 4)
        return Array.from({ length: count + 1 }, (_, at) => at * step);
    }
}

/** The stretches without a gap, as positions: each is one line, or a dot when it is one point. */
export function runsOf(values: readonly (number | null)[]): number[][] {
  const runs: number[][] = [];
  for (const [at, value] of values.entries())
    if (value !== null) {
      if (at > 0 && values[at - 1] !== null) runs.at(-1)!.push(at);
      else runs.push([at]);
    }
  return runs;
}

/**
 * Widths between which the same words stand; `trend.module.css` shows those of the room that it has. So nothing is measured, and paper,
 * which no script sees, has words of its own too.
 */
export const rooms = [
  [6, 10],
  [10, 14],
  [14, 20],
  [20, 28],
  [28, 40],
  [40, 56],
  [56, 90],
] as const;

/** Of the plot, and how far words may stand out of it to either side. */
export const plotHeight = 8;
export const edge = 1.25;
const lineHeight = 1.15;
const fromPoint = 0.4;
/** Words may hang below the line of zero a little; the names begin under them. */
const underZero = 0.75;
const aroundPoint = 0.3;

/** At 14 px: digits take half a rem and letters are about as wide; a little too much rather than too little. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter === '%' ? 0.75 : /[.,\s]/.test(letter) ? 0.27 : 0.5), 0);

/** Where words stand seen from their point: above it, beside it or below, and ending at it, over its middle or beginning at it. */
export interface Side {
  level: 'above' | 'beside' | 'below';
  shift: -1 | 0 | 1;
}
export interface Word extends Side {
  at: number;
  /** Indices of `rooms`. */
  rooms: number[];
}
export interface Trend {
  values: readonly (number | null)[];
  /** The value at the top. */
  most: number;
  texts: readonly string[];
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}
const meet = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** As a share of the width. One point stands in the middle. */
export const acrossOf = (at: number, count: number): number => (count > 1 ? at / (count - 1) : 0.5);

/** From the point to the middle of its words. */
export const asideOf = (text: string, { level, shift }: Side): number =>
  shift * (widthOf(text) / 2 + (level === 'beside' ? fromPoint : 0));

/** Words that would stand out too far move in; the same as `.word` says. */
const middleOf = (x: number, half: number, width: number) =>
  Math.max(half - edge, Math.min(x, width - half + edge));

type Point = readonly [x: number, y: number];

function boxOf([x, y]: Point, text: string, side: Side, width: number): Box {
  const half = widthOf(text) / 2;
  const middle = middleOf(x + asideOf(text, side), half, width);
  const top = y + { above: -fromPoint - lineHeight, beside: -lineHeight / 2, below: fromPoint }[side.level];
  return { left: middle - half, right: middle + half, top, bottom: top + lineHeight };
}

/** Between the box's sides a line covers all heights from where it comes in to where it goes out. */
function crosses([x1, y1]: Point, [x2, y2]: Point, { left, right, top, bottom }: Box): boolean {
  const [from, to] = [Math.max(x1, left), Math.min(x2, right)];
  if (from > to) return false;
  const heightAt = (x: number) => (x2 === x1 ? y1 : y1 + ((x - x1) / (x2 - x1)) * (y2 - y1));
  const [a, b] = [heightAt(from), heightAt(to)];
  return Math.min(a, b) < bottom && Math.max(a, b) > top;
}

/** The newest, the oldest, the highest and the lowest: what a reader looks for. */
export function tellingOf(values: readonly (number | null)[]): number[] {
  const known = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
  if (known.length === 0) return [];
  const sorted = [...known].sort((a, b) => a.value - b.value);
  return [...new Set([known.at(-1)!, known[0]!, sorted.at(-1)!, sorted[0]!].map(({ at }) => at))];
}

/** Outside of the bend, so that the line leads away from the words. */
function sidesOf(values: Trend['values'], at: number): Side[] {
  const own = values[at]!;
  const [before, after] = [values[at - 1] ?? own, values[at + 1] ?? own];
  const rises = after > before;
  const outside = own >= (before + after) / 2 ? 'above' : 'below';
  const sides = ([outside, outside === 'above' ? 'below' : 'above'] as const).flatMap((level) => {
    const away = rises === (level === 'above') ? -1 : 1;
    return ([0, away, -away] as Side['shift'][]).map((shift) => ({ level, shift }));
  });
  return [...sides, { level: 'beside', shift: -1 }, { level: 'beside', shift: 1 }];
}

const fewPoints = 12;

/** A trend drawn at one width, with the words that it has so far. */
function drawnAt({ values, most, texts }: Trend, width: number) {
  const points = values.map((value, at): Point | null =>
    value === null ? null : [acrossOf(at, values.length) * width, plotHeight * (1 - value / most)],
  );
  const dots = points.map(
    (point) =>
      point && {
        left: point[0] - aroundPoint,
        right: point[0] + aroundPoint,
        top: point[1] - aroundPoint,
        bottom: point[1] + aroundPoint,
      },
  );
  const lines = runsOf(values).flatMap((run) =>
    run.slice(1).map((at) => [points[at - 1]!, points[at]!] as const),
  );
  const taken: Box[] = [];
  const box = (at: number, side: Side) => boxOf(points[at]!, texts[at]!, side, width);
  return {
    isFree(at: number, side: Side) {
      const own = box(at, side);
      return (
        own.bottom <= plotHeight + underZero &&
        !taken.some((other) => meet(own, other)) &&
        !lines.some(([from, to]) => crosses(from, to, own)) &&
        !dots.some((dot) => dot && meet(own, dot))
      );
    },
    take: (at: number, side: Side) => taken.push(box(at, side)),
  };
}

/**
 * Where values are written between two widths: all when they are few and every one stands free, else the telling ones that do. What is
 * free at both is free between them: a line only turns flatter.
 */
export function placeValues(trend: Trend, from: number, to: number): Map<number, Side> {
  const { values } = trend;
  const place = (wanted: readonly number[]) => {
    const drawings = [drawnAt(trend, from), drawnAt(trend, to)];
    const placed = new Map<number, Side>();
    for (const at of wanted) {
      const side = sidesOf(values, at).find((one) => drawings.every(({ isFree }) => isFree(at, one)));
      if (!side) continue;
      placed.set(at, side);
      for (const { take } of drawings) take(at, side);
    }
    return placed;
  };
  const telling = tellingOf(values);
  const others = [...values.keys()].filter((at) => values[at] !== null && !telling.includes(at));
  if (telling.length + others.length <= fewPoints) {
    const placed = place([...telling, ...others]);
    if (placed.size === telling.length + others.length) return placed;
  }
  return place(telling);
}

const air = 0.5;

/** Which names along the foot fit: the newest, evenly back from it, and the oldest where there is room left. */
export function placeNames(texts: readonly string[], width: number): number[] {
  const last = texts.length - 1;
  const boxes = texts.map((text, at) => {
    const half = (widthOf(text) + air) / 2;
    const middle = middleOf(acrossOf(at, texts.length) * width, half, width);
    return [middle - half, middle + half] as const;
  });
  const stand = (chosen: readonly number[]) =>
    chosen.every((at, index) => index === 0 || boxes[chosen[index - 1]!]![0] >= boxes[at]![1]);
  for (const step of [1, 2, 4, 8, 12, 24]) {
    const chosen = [...texts.keys()].reverse().filter((at) => (last - at) % step === 0);
    if (!stand(chosen)) continue;
    return stand([...chosen, 0]) ? [...chosen, 0] : chosen;
  }
  return [last];
}

/** The same words at the same place in several rooms are one. */
export function wordsInRooms(
  place: (from: number, to: number) => Iterable<readonly [at: number, side: Side]>,
): Word[] {
  const words = new Map<string, Word>();
  for (const [room, [from, to]] of rooms.entries())
    for (const [at, { level, shift }] of place(from, to)) {
      const key = `${at} ${level} ${shift}`;
      const word = words.get(key) ?? { at, level, shift, rooms: [] };
      word.rooms.push(room);
      words.set(key, word);
    }
  return [...words.values()];
}
