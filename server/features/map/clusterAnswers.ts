// Duty: the map's main answer, ready to send: encoded and compressed once for all who ask the same, until a case there changes.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  type Box,
  clusterPlaces,
  encodePoints,
  type MapPlace,
  type MapView,
  mostPoints,
  type PointRow,
} from '../../../shared/mapViews.ts';
import { themes } from '../../../shared/themes.ts';
import type { CaseMap } from '../cases/caseCounts.queries.ts';
import { isIn, shownAt } from './places.ts';

const compress = promisify(gzip);
const mostAnswers = 400;
const fastLevel = 5;

interface Kept {
  revision: string;
  body: Promise<Buffer>;
}
const kept = new Map<string, Kept>();

/** `{ data: MapView }` as gzip. Cases stand at few fixed places, so boxes around the same places share one answer. */
export function clusterAnswer(
  places: readonly MapPlace[],
  cases: CaseMap,
  box: Box,
  zoom: number,
): Promise<Buffer> {
  const step = Math.round(zoom * 2) / 2;
  const shown = shownAt(places, cases.places);
  const inside = places.flatMap((place, position) => (isIn(box, place) ? position : []));
  const key = `${cases.key}|${step}|${inside.join()}`;
  const revision = cases.revisionOf(inside.flatMap((position) => shown[position]!));
  const before = kept.get(key);
  if (before) kept.delete(key);
  const answer =
    before?.revision === revision
      ? before
      : { revision, body: packed(viewOf(places, cases, shown, inside, step)) };
  kept.set(key, answer);
  if (kept.size > mostAnswers) kept.delete(kept.keys().next().value!);
  return answer.body;
}

const packed = (view: MapView): Promise<Buffer> =>
  compress(JSON.stringify({ data: view }), { level: fastLevel });

function viewOf(
  places: readonly MapPlace[],
  cases: CaseMap,
  shown: readonly number[][],
  inside: readonly number[],
  zoom: number,
): MapView {
  const isInside = new Set(inside);
  const countsByNumber = new Map(cases.counts.map((counts) => [counts.place, counts]));
  const counts = places.map((_, position) => {
    const sum = { count: 0, late: 0, byTheme: themes.map(() => 0) };
    if (!isInside.has(position)) return sum;
    for (const number of shown[position]!) {
      const part = countsByNumber.get(number);
      if (!part) continue;
      sum.count += part.count;
      sum.late += part.late;
      part.byTheme.forEach((count, theme) => {
        sum.byTheme[theme]! += count;
      });
    }
    return sum;
  });
  const filled = inside.filter((position) => counts[position]!.count > 0);
  const total = filled.reduce((sum, position) => sum + counts[position]!.count, 0);
  const answered = new Map(filled.map((position, index) => [position, index]));
  const clusters = clusterPlaces(places, counts, zoom).map((cluster) => ({
    ...cluster,
    places: cluster.places.map((position) => answered.get(position)!),
  }));
  return {
    places: filled.map((position) => places[position]!),
    byPlace: filled.map((position) => counts[position]!),
    clusters,
    points: total > mostPoints ? null : encodePoints(rowsByPlace(cases, filled, shown)),
    total,
  };
}

function rowsByPlace(cases: CaseMap, filled: readonly number[], shown: readonly number[][]): PointRow[][] {
  const numbers = filled.flatMap((position) => shown[position]!);
  const rows = new Map(cases.rowsOf(numbers).map((ofNumber, index) => [numbers[index]!, ofNumber]));
  return filled.map((position) =>
    shown[position]!.flatMap((number) => rows.get(number)!).sort((a, b) => a.reference - b.reference),
  );
}
