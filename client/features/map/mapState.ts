// Duty: what the map shows, as the words of its address and back. Everything a colleague must see the same stands in the link.
import { type CampaignStage, campaignStages } from '../../../shared/campaignLists.ts';
import { caseStatuses, urgencies } from '../../../shared/caseLists.ts';
import type { CaseFilter } from '../../../shared/cases.ts';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import { type AdvocacyLayer, advocacyLayers } from '../../../shared/mapAdvocacy.ts';
import { type MapMeasure, mapMeasures } from '../../../shared/mapViews.ts';
import { allSubThemes, themes } from '../../../shared/themeLists.ts';

const mapLayers = ['cases', ...advocacyLayers] as const;
export type MapLayer = 'cases' | AdvocacyLayer;

export interface MapState {
  filter: CaseFilter;
  /** What municipalities are filled by. */
  fill: MapMeasure | 'none';
  as: 'map' | 'list';
  /** Places whose cases are listed beside the map. */
  places: string[];
  /** The case beside the map, by id, or by reference where a point was chosen. */
  caseId: string | null;
  layers: readonly MapLayer[];
  /** Of the campaigns' layer; all when empty. */
  stages: readonly CampaignStage[];
  /** Municipalities of which the panel tells what is stuck. */
  stuck: string[];
}

export interface MapDefaults {
  fill: MapState['fill'];
  layers: readonly MapLayer[];
}

/** A team looks at its cases first; who answers for all of them, at what is overdue and silent too. */
export const teamDefaults: MapDefaults = { fill: 'none', layers: ['cases'] };
export const partnerDefaults: MapDefaults = { fill: 'open', layers: ['cases'] };
export const coordinatorDefaults: MapDefaults = {
  fill: 'open',
  layers: ['cases', 'commitments', 'letters'],
};

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

const knownIn = <Word extends string>(list: readonly Word[], search: URLSearchParams, name: string): Word[] =>
  list.filter((word) => words(search, name).includes(word));
const sameWords = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((word) => b.includes(word));

/** Unknown words are left out, so that an old link still opens. */
export function readMapState(search: URLSearchParams, defaults: MapDefaults): MapState {
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
        : defaults.fill,
    as: search.get('as') === 'list' ? 'list' : 'map',
    places: words(search, 'place'),
    caseId: search.get('case'),
    layers: search.has('layers') ? knownIn(mapLayers, search, 'layers') : defaults.layers,
    stages: knownIn(campaignStages, search, 'stages'),
    stuck: words(search, 'stuck'),
  };
}

export function writeMapState(state: MapState, defaults: MapDefaults): URLSearchParams {
  const search = new URLSearchParams(queryOf(state.filter));
  if (state.fill !== defaults.fill) search.set('fill', state.fill);
  if (state.as === 'list') search.set('as', 'list');
  if (state.places.length > 0) search.set('place', state.places.join(','));
  if (state.caseId) search.set('case', state.caseId);
  if (!sameWords(state.layers, defaults.layers)) search.set('layers', state.layers.join(','));
  if (state.stages.length > 0) search.set('stages', state.stages.join(','));
  if (state.stuck.length > 0) search.set('stuck', state.stuck.join(','));
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
