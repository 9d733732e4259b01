// Duty: municipalities' outlines as paths on a flat drawing, north up, for pages and print. What they are filled with is the drawer's.
import type { MunicipalitySlug } from './directoryLists.ts';
import type { MapShape, MapShapes } from './mapViews.ts';

export interface Drawing {
  width: number;
  height: number;
  outline: string;
  municipalities: { slug: MunicipalitySlug; path: string; label: [number, number]; side: Side }[];
}

/** Neighbours whose names would meet stand apart. */
type Side = 'start' | 'middle' | 'end';
const sides: Partial<Record<MunicipalitySlug, Side>> = { 'fushe-kosove': 'end', gracanica: 'start' };

const width = 600;
const margin = 6;

type Position = number[];
const ringsOf = (geometry: MapShape['geometry']): Position[][] =>
  geometry.type === 'Polygon'
    ? (geometry.coordinates as Position[][])
    : (geometry.coordinates as Position[][][]).flat();

/** Kosovo is small enough for plain degrees, with longitudes shortened at its middle. */
export function drawingOf({ outline, municipalities }: MapShapes): Drawing {
  const points = ringsOf(outline).flat();
  const [west, east] = [Math.min(...points.map(([lng]) => lng!)), Math.max(...points.map(([lng]) => lng!))];
  const [south, north] = [
    Math.min(...points.map(([, lat]) => lat!)),
    Math.max(...points.map(([, lat]) => lat!)),
  ];
  const shortened = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = (width - 2 * margin) / ((east - west) * shortened);
  const place = ([lng, lat]: Position): [number, number] => [
    Math.round((margin + (lng! - west) * shortened * scale) * 10) / 10,
    Math.round((margin + (north - lat!) * scale) * 10) / 10,
  ];
  const pathOf = (geometry: MapShape['geometry']) =>
    ringsOf(geometry)
      .map((ring) => `M${ring.map((position) => place(position).join(',')).join('L')}Z`)
      .join('');
  return {
    width,
    height: Math.ceil((north - south) * scale + 2 * margin),
    outline: pathOf(outline),
    municipalities: municipalities.map(({ properties, geometry }) => ({
      slug: properties.slug,
      path: pathOf(geometry),
      label: place(properties.label),
      side: sides[properties.slug] ?? 'middle',
    })),
  };
}
