// Duty: the outlines of the municipalities, asked for once: for the map and for figures by municipality. What is drawn is theirs.
import { useQuery } from '@tanstack/react-query';
import { type MapShapes, mapPaths } from '../../shared/mapViews.ts';
import { api } from './api.ts';

/** Public facts, so a page without an account may ask too. */
export const useShapes = () =>
  useQuery({
    queryKey: ['mapShapes'],
    queryFn: ({ signal }) => api.get<{ data: MapShapes }>(mapPaths.shapes, { signal, quiet: true }),
    select: (answer) => answer.data,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
