// Duty: boxes round shapes and places. Pure; degrees throughout.
import type { MapShape } from '../../../shared/mapViews.ts';
import type { Bounds } from './layers/surface.ts';
import type { Point } from './nearest.ts';

/** Kosovo, for when no shape is known yet. */
export const kosovo: Bounds = [41.85, 20.0, 43.27, 21.8];

export function boundsOfPoints(points: readonly Point[]): Bounds | null {
  if (points.length === 0) return null;
  const lats = points.map(({ lat }) => lat);
  const lngs = points.map(({ lng }) => lng);
  return [Math.min(...lats), Math.min(...lngs), Math.max(...lats), Math.max(...lngs)];
}

export function boundsOfShapes(shapes: readonly MapShape[]): Bounds | null {
  const points = shapes.flatMap(({ geometry }) =>
    (geometry.coordinates as unknown[]).flat(geometry.type === 'Polygon' ? 1 : 2),
  ) as [number, number][];
  return boundsOfPoints(points.map(([lng, lat]) => ({ lng, lat })));
}

/** At least so many degrees each way, so that a single place is not shown at house level. */
export function roomy([south, west, north, east]: Bounds, degrees: number): Bounds {
  const [lat, lng] = [(south + north) / 2, (west + east) / 2];
  return [
    Math.min(south, lat - degrees),
    Math.min(west, lng - degrees * 1.35),
    Math.max(north, lat + degrees),
    Math.max(east, lng + degrees * 1.35),
  ];
}
