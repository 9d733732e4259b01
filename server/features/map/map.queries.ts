// Duty: what the map shows a viewer: circles and points, areas, counts per filter, the cases at a place. Shapes are shapes.ts.
import type { z } from 'zod';
import type { Page } from '../../../shared/api.ts';
import type { CaseFilter } from '../../../shared/cases.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';
import { municipalitySlugs } from '../../../shared/directory.ts';
import type { MapCasesQuery, mapClustersQuery } from '../../../shared/map.ts';
import type { MapArea, MapFacets, MapMeasure, MapShapes } from '../../../shared/mapViews.ts';
import { notFound } from '../../errors.ts';
import type { Viewer } from '../../policy.ts';
import { caseMapFor, countsFor, facetsFor } from '../cases/caseCounts.queries.ts';
import { caseRowsFor } from '../cases/caseList.queries.ts';
import { seesCases } from '../cases/cases.policy.ts';
import { municipalities } from '../directory/municipalities.queries.ts';
import { clusterAnswer } from './clusterAnswers.ts';
import { mapPlaces, shownAt } from './places.ts';
import { mapShapes } from './shapes.ts';

/** Outlines for printed pages; public facts, so nobody is asked. */
export const shapesToPrint = async (): Promise<MapShapes> => (await mapShapes()).data;

/** For a role without cases there is no map: 404, as if it were not there. */
function ensureMap(viewer: Viewer): void {
  if (!seesCases(viewer)) throw notFound();
}

/** The gzipped body of `{ data: MapView }`. */
export async function clustersFor(
  viewer: Viewer,
  { bbox, zoom, ...filter }: z.output<typeof mapClustersQuery>,
): Promise<Buffer> {
  ensureMap(viewer);
  const places = mapPlaces(await municipalities());
  return clusterAnswer(places, await caseMapFor(viewer, filter), bbox, zoom);
}

export async function mapFacetsFor(viewer: Viewer, filter: CaseFilter): Promise<MapFacets> {
  ensureMap(viewer);
  return facetsFor(viewer, filter);
}

/** One value per municipality of the viewer's scope. */
export async function areasFor(
  viewer: Viewer,
  { measure, ...filter }: CaseFilter & { measure: MapMeasure },
): Promise<MapArea[]> {
  ensureMap(viewer);
  const scope = viewer.municipality ? [viewer.municipality] : municipalitySlugs;
  const directory = await municipalities();
  return Promise.all(
    scope.map(async (slug): Promise<MapArea> => {
      const here = { ...filter, municipality: [slug] };
      const excluded = filter.municipality?.length && !filter.municipality.includes(slug);
      const counts = excluded ? null : await countsFor(viewer, here);
      const census = directory.find((one) => one.slug === slug)?.census ?? [];
      const latest = [...census].sort((a, b) => b.year - a.year)[0];
      const declared = latest ? latest.roma + latest.ashkali + latest.egyptian : null;
      const cases = counts?.total ?? 0;
      const values: Record<MapMeasure, number> = {
        cases,
        open: counts?.open ?? 0,
        late: counts?.late ?? 0,
        per1000: declared ? Math.round((cases / declared) * 10_000) / 10 : 0,
      };
      return {
        municipality: slug,
        value: values[measure],
        cases,
        declared,
        censusYear: latest?.year ?? null,
      };
    }),
  );
}

/** The cases at some places, newest first; or the one that a reference names. */
export async function casesAtPlaces(viewer: Viewer, query: MapCasesQuery): Promise<Page<CaseRow>> {
  ensureMap(viewer);
  const { place, reference, cursor, limit, ...filter } = query;
  if (reference) {
    const rows = await caseRowsFor(viewer, { reference });
    return { data: rows, next: null, total: rows.length };
  }
  const places = mapPlaces(await municipalities());
  const cases = await caseMapFor(viewer, filter);
  const shown = shownAt(places, cases.places);
  const numbers = place
    ? places.flatMap(({ id }, position) => (place.includes(id) ? shown[position]! : []))
    : cases.places.map((_, number) => number);
  const wanted = new Set(numbers);
  const total = cases.counts.reduce((sum, part) => (wanted.has(part.place) ? sum + part.count : sum), 0);
  const { ids, next } = cases.idsOf(numbers, cursor ?? null, limit);
  const rows = await caseRowsFor(viewer, { _id: { $in: ids } });
  const order = new Map(ids.map((id, position) => [id, position]));
  return { data: rows.sort((a, b) => order.get(a.id)! - order.get(b.id)!), next, total };
}
