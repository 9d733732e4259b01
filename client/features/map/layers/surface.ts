// Duty: an empty map of Kosovo: bounds, zoom, keyboard, raster tiles where this installation has them. What stands on it are layers.
import 'leaflet/dist/leaflet.css';
import { type Map as LeafletMap, latLngBounds, map as makeMap, tileLayer } from 'leaflet';

export type { LeafletMap };
export type Bounds = [south: number, west: number, north: number, east: number];

/** Kosovo with room around it. */
const farthest = latLngBounds([41.4, 19.4], [43.7, 22.4]);

export interface SurfaceOptions {
  still: boolean;
  /** A picture of a place rather than a map to travel. */
  fixed?: boolean;
}

export function makeSurface(element: HTMLElement, { still, fixed = false }: SurfaceOptions): LeafletMap {
  return makeMap(element, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.5,
    zoomDelta: 1,
    minZoom: 7.5,
    maxZoom: 16,
    maxBounds: farthest,
    maxBoundsViscosity: 0.8,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
    keyboard: !fixed,
    dragging: !fixed,
    scrollWheelZoom: !fixed,
    doubleClickZoom: !fixed,
    boxZoom: !fixed,
    touchZoom: !fixed,
  });
}

/** `right` pixels are covered by something that lies on the map. */
export function showBounds(
  map: LeafletMap,
  [south, west, north, east]: Bounds,
  still: boolean,
  { padding = 22, right = 0 } = {},
): void {
  map.fitBounds(
    [
      [south, west],
      [north, east],
    ],
    {
      paddingTopLeft: [padding, padding],
      paddingBottomRight: [padding + right, padding],
      animate: !still,
    },
  );
}

/** Raster tiles under everything else. Only the tiles' numbers leave for their server, never a case. */
export class TileGround {
  readonly #tiles;
  constructor(url: string) {
    this.#tiles = tileLayer(url, { maxZoom: 19, referrerPolicy: 'no-referrer', className: 'map-tiles' });
  }
  addTo(map: LeafletMap): void {
    this.#tiles.addTo(map);
  }
  remove(): void {
    this.#tiles.remove();
  }
}
