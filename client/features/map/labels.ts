// Duty: which names on the map would lie on a circle or on another name, at a zoom. Pure; pixels of the screen.
import type { Point } from './nearest.ts';

interface Pixels {
  x: number;
  y: number;
}

/** Web Mercator, as the map draws it. */
export function pixelsOf({ lng, lat }: Point, zoom: number): Pixels {
  const size = 256 * 2 ** zoom;
  const north = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / Math.PI;
  return { x: ((lng + 180) / 360) * size, y: ((1 - north) / 2) * size };
}

/** About half a name's width, and how far a name reaches from its circle's centre. */
const halfName = 60;
const reach = 62;

const isInTheWay = (from: Pixels, other: Pixels, down: 1 | -1) =>
  Math.abs(other.x - from.x) < halfName && (other.y - from.y) * down > 4 && (other.y - from.y) * down < reach;

/** Which circles carry their name above: those with another circle close below and none above. */
export function namedAbove(circles: readonly Point[], zoom: number): boolean[] {
  const spots = circles.map((circle) => pixelsOf(circle, zoom));
  return spots.map(
    (spot) =>
      spots.some((other) => isInTheWay(spot, other, 1)) &&
      !spots.some((other) => isInTheWay(spot, other, -1)),
  );
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
    return !spots.some(({ x, y }) => Math.abs(x - here.x) < 2 * halfName && Math.abs(y - here.y) < reach);
  });
}
