// Duty: the list's filters as they stand in the URL: reading, writing, changing one, counting. No words, no requests.
import {
  type CaseGap,
  type CaseSort,
  caseGaps,
  caseSorts,
  caseStatuses,
  urgencies,
} from '../../../shared/caseLists.ts';
import { municipalitySlugs } from '../../../shared/directoryLists.ts';
import { allSubThemes, type SubTheme, subThemes, type Theme, themes } from '../../../shared/themeLists.ts';

/** Filters that hold several values. */
const listFilters = ['municipality', 'theme', 'subTheme', 'status', 'urgency'] as const;
export type ListFilter = (typeof listFilters)[number];

const choices: Record<ListFilter, readonly string[]> = {
  municipality: municipalitySlugs,
  theme: themes,
  subTheme: allSubThemes,
  status: caseStatuses.filter((status) => status !== 'draft'),
  urgency: urgencies,
};

export type Filters = Partial<Record<ListFilter, string[]>> & {
  settlement?: string[];
  lead?: string;
  late?: boolean;
  issue?: string;
  campaign?: string;
  gap?: CaseGap;
  from?: string;
  to?: string;
  q?: string;
  sort: CaseSort;
};

const day = /^\d{4}-\d{2}-\d{2}$/;

/** What a URL means; a value that is not in its list is left out, so an old link still opens. */
export function readFilters(search: URLSearchParams): Filters {
  const filters: Filters = { sort: 'newest' };
  for (const name of listFilters) {
    const values = (search.get(name) ?? '').split(',').filter((value) => choices[name].includes(value));
    if (values.length > 0) filters[name] = values;
  }
  const settlements = (search.get('settlement') ?? '').split(',').filter(Boolean);
  if (settlements.length > 0) filters.settlement = settlements;
  for (const name of ['lead', 'issue', 'campaign', 'q'] as const) {
    const value = search.get(name)?.trim();
    if (value) filters[name] = value.slice(0, 200);
  }
  for (const name of ['from', 'to'] as const) {
    const value = search.get(name);
    if (value && day.test(value)) filters[name] = value;
  }
  if (search.get('late') === 'true') filters.late = true;
  const gap = search.get('gap') as CaseGap | null;
  if (gap && caseGaps.includes(gap)) filters.gap = gap;
  const sort = search.get('sort') as CaseSort | null;
  if (sort && caseSorts.includes(sort)) filters.sort = sort;
  return filters;
}

/** The shortest URL that means these filters, always in the same order, so that equal filters are equal texts. */
export function writeFilters(filters: Filters): URLSearchParams {
  const search = new URLSearchParams();
  if (filters.q) search.set('q', filters.q);
  for (const name of [...listFilters, 'settlement'] as const) {
    const values = filters[name];
    if (values && values.length > 0) search.set(name, values.join(','));
  }
  for (const name of ['lead', 'issue', 'campaign', 'gap', 'from', 'to'] as const) {
    const value = filters[name];
    if (value) search.set(name, value);
  }
  if (filters.late) search.set('late', 'true');
  if (filters.sort !== 'newest') search.set('sort', filters.sort);
  return search;
}

/** The same filters with one value added or taken away. Sub-themes go with the last of their themes. */
export function toggled(filters: Filters, name: ListFilter, value: string): Filters {
  const before = filters[name] ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  const changed: Filters = { ...filters, [name]: after.length > 0 ? after : undefined };
  if (name === 'theme' && changed.subTheme) {
    const left = changed.subTheme.filter((subTheme) =>
      offeredSubThemes(changed).includes(subTheme as SubTheme),
    );
    changed.subTheme = left.length > 0 ? left : undefined;
  }
  return changed;
}

/** Sub-themes of the chosen themes; of all themes while none is chosen. */
export function offeredSubThemes(filters: Filters): SubTheme[] {
  const chosen = (filters.theme ?? themes) as Theme[];
  return chosen.flatMap((theme) => [...subThemes[theme]]);
}

/** How many filters narrow the list; search and order are not filters. */
export function countFilters(filters: Filters): number {
  const lists = [...listFilters, 'settlement'] as const;
  return (
    lists.filter((name) => (filters[name]?.length ?? 0) > 0).length +
    [
      filters.lead,
      filters.issue,
      filters.campaign,
      filters.gap,
      filters.from ?? filters.to,
      filters.late,
    ].filter(Boolean).length
  );
}

/** What `/counts` takes: everything but search, gap and order. */
export function countQuery(filters: Filters): string {
  return writeFilters({ ...filters, q: undefined, gap: undefined, sort: 'newest' }).toString();
}
