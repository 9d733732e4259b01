// Duty: from the server's answer to what is drawn: circles with names and words, fans of cases, and which of them changed. Pure.
import {
  decodePoints,
  type MapCluster,
  type MapPlace,
  type MapPoint,
  type MapView,
} from '../../../shared/mapViews.ts';
import { themes } from '../../../shared/themeLists.ts';
import type { Speech } from '../../lib/i18n.tsx';
import type { Mark } from './advocacyMarks.ts';
import { dotSize, fanRadius } from './fanOut.ts';
import { placePills, sidesOfNames } from './labels.ts';
import type { Circle } from './layers/circles.ts';
import type { Fan } from './layers/points.ts';

/** From here on, the cases of a place are shown one by one. */
export const fanZoom = 12.5;
/** From here on, circles are named after settlements; before, after municipalities. */
export const nameZoom = 10.9;
/** A fan of more would cover its neighbours. */
const mostFanned = 900;

export interface Drawn {
  circle: Circle;
  places: string[];
  municipalities: MapPlace['municipality'][];
  /** Differs when anything drawn for this spot differs. */
  mark: string;
}

export interface Drawing {
  drawn: Drawn[];
  fans: Fan[];
  /** Keys of the marks that stand below their town. */
  below: ReadonlySet<string>;
}

interface Voice extends Pick<Speech, 'say' | 'number' | 'list'> {
  placeName: (place: MapPlace) => string;
  municipalityName: (slug: MapPlace['municipality']) => string;
}

export function pointsOf(
  view: MapView,
  codeOf: (municipality: MapPlace['municipality']) => string,
): MapPoint[] {
  return view.points ? decodePoints(view.points, view.places, codeOf) : [];
}

/** `Kolonia, Ali Ibra +1`; cases without a settlement count, but "not told" is named only where it is all there is. */
function clusterName(cluster: MapCluster, view: MapView, voice: Voice): string {
  const places = cluster.places.map((place) => view.places[place]!);
  const told = places.filter((place) => place.names !== null);
  const untold = places.length - told.length;
  if (told.length > 0 && untold > 0) return `${voice.placeName(told[0]!)} +${places.length - 1}`;
  const names = places.map(voice.placeName);
  return names.length <= 2 ? names.join(', ') : `${names.slice(0, 2).join(', ')} +${names.length - 2}`;
}

/** `Fushë Kosovë, Graçanicë`; of three or more, the first and how many others. */
function areaName(cluster: MapCluster, view: MapView, voice: Voice): string {
  const slugs = new Set(cluster.places.map((place) => view.places[place]!.municipality));
  const names = [...slugs].map(voice.municipalityName);
  return names.length <= 2 ? names.join(', ') : `${names[0]} +${names.length - 1}`;
}

function wordsOf(cluster: MapCluster, name: string, voice: Voice): string {
  const themeWords = themes.flatMap((theme, index) => {
    const count = cluster.byTheme[index]!;
    return count > 0 ? `${voice.say(`theme.${theme}`)} ${voice.number(count)}` : [];
  });
  const parts = [
    voice.say('map.cases', { count: cluster.count, number: voice.number(cluster.count) }),
    voice.list(themeWords),
  ];
  if (cluster.late > 0)
    parts.push(voice.say('map.late', { count: cluster.late, number: voice.number(cluster.late) }));
  return `${name}: ${parts.join('; ')}`;
}

export function drawingOf(
  view: MapView,
  points: readonly MapPoint[],
  { zoom, marks }: { zoom: number; marks: readonly Mark[] },
  voice: Voice,
): Drawing {
  const byPlace = new Map<string, MapPoint[]>();
  for (const point of points) {
    const known = byPlace.get(point.place.id);
    if (known) known.push(point);
    else byPlace.set(point.place.id, [point]);
  }
  const fans: Fan[] = [];
  const names = view.clusters.map((cluster) =>
    zoom >= nameZoom ? clusterName(cluster, view, voice) : areaName(cluster, view, voice),
  );
  const pills = placePills(
    marks.map(({ lng, lat, pills: own }) => ({
      lng,
      lat,
      count: own.length,
      worded: own.some(({ word }) => word !== null),
      broken: own.some(({ broken }) => broken !== null),
    })),
    view.clusters,
    zoom,
  );
  const sides = sidesOfNames(
    view.clusters.map(({ lng, lat }, index) => ({ lng, lat, name: names[index]! })),
    zoom,
    pills,
  );
  const drawn = view.clusters.map((cluster, index): Drawn => {
    const places = cluster.places.map((place) => view.places[place]!.id);
    const name = names[index]!;
    const here = places.flatMap((place) => byPlace.get(place) ?? []);
    const isFanned =
      zoom >= fanZoom && here.length === cluster.count && cluster.count > 1 && cluster.count <= mostFanned;
    if (isFanned) fans.push({ lng: cluster.lng, lat: cluster.lat, points: here });
    const circle: Circle = {
      key: `${cluster.lng},${cluster.lat}`,
      lng: cluster.lng,
      lat: cluster.lat,
      byTheme: cluster.byTheme,
      number: voice.number(cluster.count),
      name,
      words: wordsOf(cluster, name, voice),
      side: sides[index]!,
      fanned: isFanned ? fanRadius(here.length, dotSize(here.length).spacing) : null,
    };
    const states = here.map((point) => `${point.reference}${point.status}${point.urgency}${point.late}`);
    const municipalities = cluster.places.map((place) => view.places[place]!.municipality);
    return {
      circle,
      places,
      municipalities,
      mark: `${cluster.count} ${cluster.byTheme.join()} ${cluster.late} ${states.join()}`,
    };
  });
  const below = new Set(marks.flatMap(({ key }, index) => (pills[index]!.below ? key : [])));
  return { drawn, fans, below };
}

/** Spots whose cases differ from before; a spot that was not there before counts too. */
export function changedSpots(before: ReadonlyMap<string, string>, now: readonly Drawn[]): string[] {
  return now.filter(({ circle, mark }) => before.get(circle.key) !== mark).map(({ circle }) => circle.key);
}
