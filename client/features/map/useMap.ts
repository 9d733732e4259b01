// Duty: what the map reads from the server and when it reads again. Live changes make everything the map shows old at once.
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Page } from '../../../shared/api.ts';
import type { CaseFilter } from '../../../shared/cases.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';
import {
  type Box,
  filterKey,
  type MapArea,
  type MapFacets,
  type MapMeasure,
  type MapView,
  mapPaths,
} from '../../../shared/mapViews.ts';
import { api } from '../../lib/api.ts';
import { useChange } from '../../lib/live.tsx';
import { useGathered } from '../../lib/newest.ts';
import { queryOf } from './mapState.ts';

interface Data<Value> {
  data: Value;
}
const unwrap = <Value>(answer: Data<Value>) => answer.data;

/** What part of the world is on screen. */
export interface Frame {
  box: Box;
  zoom: number;
}

/** All of Kosovo, every place on its own: what the list twin reads. */
export const everywhere: Frame = { box: { west: 19, south: 41, east: 23, north: 44 }, zoom: 22 };

/** Rounded outwards to tiles of this zoom, so that a short pan asks for what is here already. */
export function roomyBox({ box, zoom }: Frame): Box {
  const step = 360 / 2 ** Math.round(zoom);
  const down = (value: number) => Math.max(-180, Math.floor(value / step) * step);
  const up = (value: number) => Math.min(180, Math.ceil(value / step) * step);
  return {
    west: down(box.west),
    south: Math.max(-90, down(box.south)),
    east: up(box.east),
    north: Math.min(90, up(box.north)),
  };
}

export function useClusters(filter: CaseFilter, frame: Frame | null) {
  const box = frame && roomyBox(frame);
  const bbox =
    box &&
    [box.west, box.south, box.east, box.north].map((degrees) => Math.round(degrees * 1e5) / 1e5).join();
  const zoom = frame && Math.round(frame.zoom * 2) / 2;
  return useQuery({
    queryKey: ['map', 'clusters', filterKey(filter), bbox, zoom],
    queryFn: ({ signal }) =>
      api.get<Data<MapView>>(mapPaths.clusters, { query: { ...queryOf(filter), bbox, zoom }, signal }),
    select: unwrap,
    enabled: frame !== null,
    placeholderData: keepPreviousData,
  });
}

export const useFacets = (filter: CaseFilter) =>
  useQuery({
    queryKey: ['map', 'facets', filterKey(filter)],
    queryFn: ({ signal }) => api.get<Data<MapFacets>>(mapPaths.facets, { query: queryOf(filter), signal }),
    select: unwrap,
    placeholderData: keepPreviousData,
  });

export const useAreas = (filter: CaseFilter, measure: MapMeasure | 'none') =>
  useQuery({
    queryKey: ['map', 'areas', filterKey(filter), measure],
    queryFn: ({ signal }) =>
      api.get<Data<MapArea[]>>(mapPaths.areas, { query: { ...queryOf(filter), measure }, signal }),
    select: unwrap,
    enabled: measure !== 'none',
    placeholderData: keepPreviousData,
  });

/** The cases at some places, page by page. */
export const useCasesAt = (filter: CaseFilter, places: readonly string[]) =>
  useInfiniteQuery({
    queryKey: ['map', 'cases', filterKey(filter), places.join()],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<CaseRow>>(mapPaths.cases, {
        query: { ...queryOf(filter), place: places, cursor: pageParam, limit: 30 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: places.length > 0,
    placeholderData: keepPreviousData,
  });

/** Id of the case that a point on the map stands for; null when it is gone meanwhile. */
export async function caseIdOf(reference: string): Promise<string | null> {
  const page = await api.get<Page<CaseRow>>(mapPaths.cases, { query: { reference } });
  return page.data[0]?.id ?? null;
}

/** Reads everything on the map again after a live change; the number rises with each time. */
export function useLiveMap(): number {
  const client = useQueryClient();
  const [heard, setHeard] = useState(0);
  const note = useGathered(() => {
    setHeard((count) => count + 1);
    void client.invalidateQueries({ queryKey: ['map'] });
  });
  useChange('case.logged', note);
  useChange('case.changed', note);
  useChange('case.withdrawn', note);
  return heard;
}
