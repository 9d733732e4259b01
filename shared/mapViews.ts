// Duty: what the map shows, the columns its points travel in, how circles group; no schemas, so both sides may carry it. No place finer than a settlement.
import { type CaseStatus, caseStatuses, type Urgency, urgencies } from './caseLists.ts';
import type { CaseFilter } from './cases.ts';
import type { MunicipalitySlug } from './directoryLists.ts';
import { allSubThemes, type SubTheme, subThemes, type Theme, themes } from './themeLists.ts';

/** Where the map's API is. */
export const mapPaths = {
  clusters: '/api/map/clusters',
  areas: '/api/map/areas',
  facets: '/api/map/facets',
  cases: '/api/map/cases',
  shapes: '/api/map/shapes',
} as const;

/** What municipality shapes can be filled by. */
export const mapMeasures = ['cases', 'open', 'late', 'per1000'] as const;
export type MapMeasure = (typeof mapMeasures)[number];

export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** A fixed place that cases stand at: a settlement, or a municipality's town when nothing finer is told. */
export interface MapPlace {
  id: string;
  municipality: MunicipalitySlug;
  /** Null: the municipality itself. */
  names: { sq: string; sr: string } | null;
  lng: number;
  lat: number;
  /** `settlement`: its own centre; `town` and `approximate`: nearby; `municipality`: only that is told. */
  quality: 'settlement' | 'town' | 'approximate' | 'municipality';
}

/** Places that would overlap at this zoom, drawn as one circle. */
export interface MapCluster extends PlaceCount {
  /** Indices into `places`. */
  places: number[];
  lng: number;
  lat: number;
}

/** One column per property, rows sorted by place, then reference: it packs to about two bytes a case. */
export interface PointColumns {
  /** Pairs: index into `places`, how many rows. */
  places: number[];
  /** One letter per case: index into `allSubThemes`. */
  subThemes: string;
  /** One letter per case: status, urgency and lateness together. */
  states: string;
  /** Day of logging, days since 1970, each as the difference from the row above. */
  days: number[];
  /** Year and number of the reference, as `year × 1,000,000 + number`, each as the difference from the row above. */
  references: number[];
}

export interface PlaceCount {
  count: number;
  late: number;
  /** In the order of `themes`. */
  byTheme: number[];
}

export interface MapView {
  /** Places in the box that have cases. */
  places: MapPlace[];
  /** One per place. */
  byPlace: PlaceCount[];
  clusters: MapCluster[];
  /** Null when the box holds more cases than can be told apart; the clusters say how many. */
  points: PointColumns | null;
  total: number;
}

/** More cases than this in one box are counted, not listed. */
export const mostPoints = 6_000;

export interface MapPoint {
  place: MapPlace;
  reference: string;
  theme: Theme;
  subTheme: SubTheme;
  status: CaseStatus;
  urgency: Urgency;
  late: boolean;
  /** Days since 1970. */
  day: number;
}

export interface MapArea {
  municipality: MunicipalitySlug;
  value: number;
  cases: number;
  /** Persons of the three communities declared in the census; null when none is on record. */
  declared: number | null;
  censusYear: number | null;
}

/** How many of the viewer's cases each choice of each filter would leave, the other filters as they are. */
export interface MapFacets {
  total: number;
  municipality: Partial<Record<MunicipalitySlug, number>>;
  theme: Partial<Record<Theme, number>>;
  subTheme: Partial<Record<SubTheme, number>>;
  status: Partial<Record<CaseStatus, number>>;
  urgency: Partial<Record<Urgency, number>>;
  late: number;
  mine: number;
  withoutLead: number;
  /** Cases logged per month (`2026-11`), whatever the period asked for: the time slider's own picture. */
  months: Record<string, number>;
}

/** A municipality's outline as it is drawn. */
export interface MapShape {
  type: 'Feature';
  id: string;
  properties: { slug: MunicipalitySlug; label: [number, number] };
  geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: number[][][] | number[][][][] };
}
export interface MapShapes {
  municipalities: MapShape[];
  outline: MapShape['geometry'];
  attribution: string;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const letterValues = new Map(Array.from(letters, (letter, value) => [letter, value]));

const themeBySubTheme = new Map<SubTheme, Theme>(
  themes.flatMap((theme) => subThemes[theme].map((subTheme): [SubTheme, Theme] => [subTheme, theme])),
);
export const themeOf = (subTheme: SubTheme): Theme => themeBySubTheme.get(subTheme)!;

/** One case as numbers: what the index keeps and the encoder takes. */
export interface PointRow {
  subTheme: number;
  status: number;
  urgency: number;
  late: boolean;
  day: number;
  reference: number;
}

/** `rowsOf` gives each place's rows in the order of their references. */
export function encodePoints(rowsByPlace: readonly (readonly PointRow[])[]): PointColumns {
  const columns: PointColumns = { places: [], subThemes: '', states: '', days: [], references: [] };
  let day = 0;
  let reference = 0;
  rowsByPlace.forEach((rows, place) => {
    if (rows.length === 0) return;
    columns.places.push(place, rows.length);
    for (const row of rows) {
      columns.subThemes += letters[row.subTheme];
      columns.states += letters[(row.status * urgencies.length + row.urgency) * 2 + (row.late ? 1 : 0)];
      columns.days.push(row.day - day);
      columns.references.push(row.reference - reference);
      day = row.day;
      reference = row.reference;
    }
  });
  return columns;
}

/** `codeOf` gives the letters that a municipality's references begin with. */
export function decodePoints(
  columns: PointColumns,
  places: readonly MapPlace[],
  codeOf: (municipality: MunicipalitySlug) => string,
): MapPoint[] {
  const points: MapPoint[] = [];
  let day = 0;
  let reference = 0;
  for (let run = 0; run < columns.places.length; run += 2) {
    const place = places[columns.places[run]!]!;
    const code = codeOf(place.municipality);
    for (let left = columns.places[run + 1]!; left > 0; left -= 1) {
      const row = points.length;
      day += columns.days[row]!;
      reference += columns.references[row]!;
      const subTheme = allSubThemes[letterValues.get(columns.subThemes[row]!)!]!;
      const state = letterValues.get(columns.states[row]!)!;
      points.push({
        place,
        reference: referenceText(code, reference),
        theme: themeOf(subTheme),
        subTheme,
        status: caseStatuses[Math.floor(state / 2 / urgencies.length)]!,
        urgency: urgencies[Math.floor(state / 2) % urgencies.length]!,
        late: state % 2 === 1,
        day,
      });
    }
  }
  return points;
}

const perYear = 1_000_000;

/** `FER-2026-0042` → 2026000042; null when it is not a reference. */
export function referenceNumber(reference: string): number | null {
  const match = /^[A-Z]{2,4}-(\d{4})-(\d{1,6})$/.exec(reference);
  return match && Number(match[1]) * perYear + Number(match[2]);
}

export function referenceText(code: string, number: number): string {
  return `${code}-${Math.floor(number / perYear)}-${String(number % perYear).padStart(4, '0')}`;
}

const tile = 256;
/** Distance on screen below which two circles would cover each other. */
export const clusterPixels = 66;
/** Places of one municipality are drawn together from farther apart: their circles carry its name. */
const sameMunicipality = 1.5;

/** Web Mercator, in pixels at this zoom. */
export function project(lng: number, lat: number, zoom: number): { x: number; y: number } {
  const size = tile * 2 ** zoom;
  const sine = Math.sin((lat * Math.PI) / 180);
  return {
    x: size * (lng / 360 + 0.5),
    y: size * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)),
  };
}

/**
 * Groups places that would overlap at this zoom. Neither the groups nor where they stand depend on the counts, so that
 * circles keep their place while filters and the time slider move; a place without cases is left out of its group.
 */
export function clusterPlaces(
  places: readonly MapPlace[],
  counts: readonly PlaceCount[],
  zoom: number,
): MapCluster[] {
  const groups: { x: number; y: number; municipality: MunicipalitySlug; members: number[] }[] = [];
  places.forEach((place, index) => {
    const { x, y } = project(place.lng, place.lat, zoom);
    const near = groups.find((group) => {
      const reach =
        group.municipality === place.municipality ? clusterPixels * sameMunicipality : clusterPixels;
      return Math.hypot(group.x - x, group.y - y) < reach;
    });
    if (near) near.members.push(index);
    else groups.push({ x, y, municipality: place.municipality, members: [index] });
  });
  return groups.flatMap(({ members }) => {
    const filled = members.filter((index) => counts[index]!.count > 0);
    if (filled.length === 0) return [];
    const sum = (read: (count: PlaceCount) => number) =>
      filled.reduce((total, index) => total + read(counts[index]!), 0);
    return {
      places: filled,
      lng: round(members.reduce((total, index) => total + places[index]!.lng, 0) / members.length),
      lat: round(members.reduce((total, index) => total + places[index]!.lat, 0) / members.length),
      count: sum((count) => count.count),
      late: sum((count) => count.late),
      byTheme: themes.map((_, theme) => sum((count) => count.byTheme[theme]!)),
    };
  });
}

const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;

/** The filter as the words of a URL, in one order: equal filters give equal text. */
export function filterKey(filter: CaseFilter): string {
  return Object.entries(filter)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}=${Array.isArray(value) ? [...value].sort().join(',') : value}`)
    .sort()
    .join('&');
}
