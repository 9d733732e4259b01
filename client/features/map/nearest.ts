// Duty: from a point on this device to the settlement it snaps to. The point itself goes no further than this function's caller.
import type { Settlement } from '../../../shared/directory.ts';

export interface Point {
  lng: number;
  lat: number;
}

const earthRadiusKm = 6371;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

function kilometresBetween(a: Point, b: Point): number {
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const root =
    half(b.lat - a.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(b.lng - a.lng);
  return 2 * earthRadiusKm * Math.asin(Math.sqrt(root));
}

export interface Nearest {
  settlement: Settlement;
  kilometres: number;
  /** Others at the same coordinate: quarters of a town whose own place is unknown; the person must say which. */
  alike: Settlement[];
}

/** Null when the municipality has no settlements on record. */
export function nearestSettlement(point: Point, settlements: readonly Settlement[]): Nearest | null {
  const [first, ...rest] = settlements
    .map((settlement) => ({ settlement, kilometres: kilometresBetween(point, settlement) }))
    .sort((a, b) => a.kilometres - b.kilometres);
  if (!first) return null;
  const alike = rest
    .filter(({ settlement }) => kilometresBetween(settlement, first.settlement) < 0.01)
    .map(({ settlement }) => settlement);
  return { ...first, alike };
}

/** Letters as they are searched: `Fushë` and `fushe`, `Đ` and `dj` alike. */
export const folded = (text: string): string =>
  text
    .toLowerCase()
    .replace(/đ/g, 'dj')
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '');
