// Duty: where names stand on the map so that none lies on a circle, under a mark or on another name, at a zoom. Pure; pixels of the screen.
import type { Point } from './nearest.ts';

/** Beside which edge of its circle a name stands; null: nowhere, the circle's words and its tap tell it. */
export type Side = 'below' | 'above' | 'right' | 'left' | null;

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Web Mercator, as the map draws it. */
function pixelsOf({ lng, lat }: Point, zoom: number): { x: number; y: number } {
  const size = 256 * 2 ** zoom;
  const north = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI;
  return { x: ((lng + 180) / 360) * size, y: ((1 - north) / 2) * size };
}

/** Of a circle; of a letter; a line's height; where a name breaks (`max-width` in the style sheet). */
const [radius, letter, line, widest] = [22, 7.8, 18, 144];

const meets = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const around = (x: number, y: number, width: number, height: number): Box => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

function boxOf(side: Exclude<Side, null>, { x, y }: { x: number; y: number }, name: string): Box {
  const length = name.length * letter;
  const width = Math.min(length, widest);
  const height = Math.ceil(length / widest) * line;
  if (side === 'below') return around(x, y + radius + height / 2, width, height);
  if (side === 'above') return around(x, y - radius - height / 2, width, height);
  const away = radius + 2 + width / 2;
  return around(side === 'right' ? x + away : x - away, y, width, height);
}

/** What lies above or below a town: its pills two in a line, or with their words one below the other; see `advocacy.module.css`. */
export interface Pills extends Point {
  count: number;
  worded: boolean;
  /** One of them says also how many are broken. */
  broken: boolean;
}
export interface PlacedPills extends Pills {
  below: boolean;
}
const pill = { gap: 34, line: 28, width: 50, broken: 28, pair: 104, worded: 150 };

function boxOfPills({ count, worded, broken, below, ...point }: PlacedPills, zoom: number): Box {
  const { x, y } = pixelsOf(point, zoom);
  const height = pill.line * (worded ? count : Math.ceil(count / 2));
  const width = worded ? pill.worded : Math.min(count * pill.width + (broken ? pill.broken : 0), pill.pair);
  const away = pill.gap + height / 2;
  return around(x, below ? y + away : y - away, width, height);
}

const discsOf = (circles: readonly Point[], zoom: number) =>
  circles.map((circle) => {
    const { x, y } = pixelsOf(circle, zoom);
    return around(x, y, 2 * radius - 4, 2 * radius - 4);
  });

/** Above their town, or below it where above they would hide a circle and below they hide nothing. */
export function placePills(pills: readonly Pills[], circles: readonly Point[], zoom: number): PlacedPills[] {
  const taken = discsOf(circles, zoom);
  return pills.map((one) => {
    const [above, below] = [false, true].map((isBelow) => boxOfPills({ ...one, below: isBelow }, zoom));
    const isFree = (box: Box) => !taken.some((other) => meets(box, other));
    const placed = { ...one, below: !isFree(above!) && isFree(below!) };
    taken.push(placed.below ? below! : above!);
    return placed;
  });
}

/** In the order given: earlier names choose first. */
export function sidesOfNames(
  circles: readonly (Point & { name: string })[],
  zoom: number,
  pills: readonly PlacedPills[] = [],
): Side[] {
  const spots = circles.map((circle) => pixelsOf(circle, zoom));
  const discs = discsOf(circles, zoom);
  // What is at the edge has its name towards the middle, not under the buttons beside the map or outside of it.
  const middle = spots.reduce((sum, { x }) => sum + x, 0) / spots.length;
  const placed = pills.map((one) => boxOfPills(one, zoom));
  return circles.map(({ name }, index) => {
    const others = [...discs.filter((_, other) => other !== index), ...placed];
    const across = spots[index]!.x > middle ? (['left', 'right'] as const) : (['right', 'left'] as const);
    for (const side of ['below', 'above', ...across] as const) {
      const box = boxOf(side, spots[index]!, name);
      if (others.some((other) => meets(box, other))) continue;
      placed.push(box);
      return side;
    }
    return null;
  });
}

/** Places far enough from every circle that their names can be read. */
export function readable<Place extends Point>(
  places: readonly Place[],
  circles: readonly Point[],
  zoom: number,
): Place[] {
  const spots = circles.map((circle) => pixelsOf(circle, zoom));
  return places.filter((place) => {
    const here = pixelsOf(place, zoom);
    return !spots.some(({ x, y }) => Math.abs(x - here.x) < widest * 0.8 && Math.abs(y - here.y) < 62);
  });
}
