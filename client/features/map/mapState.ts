// Duty: what the map shows, as the words of its address and back. Everything a colleague must see the same stands in the link.
import { caseStatuses, urgencies } from '../../../shared/caseLists.ts';
import type { CaseFilter } from '../../../shared/cases.ts';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import { type MapMeasure, mapMeasures } from '../../../shared/mapViews.ts';
import { allSubThemes, themes } from '../../../shared/themeLists.ts';

export interface MapState {
  filter: CaseFilter;
  /** What municipalities are filled by. */
  fill: MapMeasure | 'none';
  as: 'map' | 'list';
  /** Places whose cases are listed beside the map. */
  places: string[];
  /** The case beside the map, by id, or by reference where a point was chosen. */
  caseId: string | null;
}

const lists = {
  municipality: municipalitySlugs,
  theme: themes,
  subTheme: allSubThemes,
  status: caseStatuses,
  urgency: urgencies,
} as const;
export type ListFilter = keyof typeof lists;
const listNames = Object.keys(lists) as ListFilter[];
const day = /^\d{4}-\d{2}-\d{2}$/;
const lead = /^(me|none|[0-9a-f-]{36})$/;

const words = (search: URLSearchParams, name: string) =>
  (search.get(name) ?? '').split(',').filter((word) => word !== '');

/** Unknown words are left out, so that an old link still opens. */
export function readMapState(search: URLSearchParams, defaultFill: MapState['fill']): MapState {
  const filter: Record<string, unknown> = {};
  for (const name of listNames) {
    const known = words(search, name).filter((word) => (lists[name] as readonly string[]).includes(word));
    if (known.length > 0) filter[name] = known;
  }
  for (const name of ['from', 'to']) {
    const value = search.get(name) ?? '';
    if (day.test(value)) filter[name] = value;
  }
  if (lead.test(search.get('lead') ?? '')) filter.lead = search.get('lead');
  if (search.get('late') === 'true') filter.late = true;
  const fill = search.get('fill');
  return {
    filter: filter as CaseFilter,
    fill:
      fill === 'none' || (mapMeasures as readonly (string | null)[]).includes(fill)
        ? (fill as MapState['fill'])
        : defaultFill,
    as: search.get('as') === 'list' ? 'list' : 'map',
    places: words(search, 'place'),
    caseId: search.get('case'),
  };
}

export function writeMapState(state: MapState, defaultFill: MapState['fill']): URLSearchParams {
  const search = new URLSearchParams(queryOf(state.filter));
  if (state.fill !== defaultFill) search.set('fill', state.fill);
  if (state.as === 'list') search.set('as', 'list');
  if (state.places.length > 0) search.set('place', state.places.join(','));
  if (state.caseId) search.set('case', state.caseId);
  return search;
}

/** The filter as the API and the case list take it. */
export function queryOf(filter: CaseFilter): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    query[name] = Array.isArray(value) ? value.join(',') : String(value);
  }
  return query;
}

/** How many filters are in force, the period counting as one. */
export function filtersInForce(filter: CaseFilter): number {
  const { from, to, ...rest } = queryOf(filter);
  return Object.keys(rest).length + (from || to ? 1 : 0);
}

/** A choice added, or taken away where it was there. A sub-theme leaves with its theme. */
export function withChoice(
  filter: CaseFilter,
  name: ListFilter,
  value: string,
  subThemesOf: (theme: string) => readonly string[],
): CaseFilter {
  const before = (filter[name] ?? []) as string[];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const next = { ...filter, [name]: after.length > 0 ? after : undefined } as CaseFilter;
  if (name !== 'theme' || !filter.subTheme || after.length === 0) return next;
  const allowed = after.flatMap(subThemesOf);
  const kept = filter.subTheme.filter((one) => allowed.includes(one));
  return { ...next, subTheme: kept.length > 0 ? kept : undefined };
}
