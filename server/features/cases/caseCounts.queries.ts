// Duty: counts, places and points of the cases a viewer may see, from the index in memory. The scope is casesVisibleTo's, said for the index.
import type { CaseFilter } from '../../../shared/cases.ts';
import type { CaseCounts } from '../../../shared/caseViews.ts';
import type { MapFacets, PointRow } from '../../../shared/mapViews.ts';
import type { Viewer } from '../../policy.ts';
import type { CaseIndex } from './caseIndex.ts';
import { caseIndex, caseIndexNow, caseIndexWithWords } from './caseIndexFeed.ts';
import type { IndexedPlace, IndexQuestion, IndexScope } from './caseIndexFilter.ts';
import type { PlaceCounts } from './caseIndexSums.ts';
import type { Logged } from './caseOrder.ts';
import { isKeptWord } from './caseWords.ts';
import type { VersionedId } from './rowMemory.ts';

/** Fails closed: a role that is not named here sees nothing. Keep in step with `casesVisibleTo`; a test compares both. */
function indexScopeOf(viewer: Viewer): IndexScope {
  const nothing: IndexScope = { municipality: null, guest: 'nobody' };
  switch (viewer.role) {
    case 'activist':
    case 'team_lead':
      return viewer.municipality ? { municipality: viewer.municipality, guest: null } : nothing;
    case 'coordinator':
      return { municipality: null, guest: null };
    case 'cso_member':
      return viewer.organisation ? { municipality: null, guest: viewer.organisation } : nothing;
    default:
      return nothing;
  }
}

/** The viewer's scope with a filter, as the index is asked. */
export const indexQuestionOf = (viewer: Viewer, filter: CaseFilter): IndexQuestion => ({
  scope: indexScopeOf(viewer),
  filter: filter.lead === 'me' ? { ...filter, lead: viewer.id } : filter,
});

export async function countsFor(viewer: Viewer, filter: CaseFilter): Promise<CaseCounts> {
  return (await caseIndex()).counts(indexQuestionOf(viewer, filter));
}

/** How many cases of the viewer's match; the words of a search are not known here. */
export async function totalFor(viewer: Viewer, filter: CaseFilter): Promise<number> {
  return (await caseIndex()).total(indexQuestionOf(viewer, filter));
}

export interface FoundCases {
  found: VersionedId[];
  /** How many there are in all. */
  total: number;
}

/**
 * The newest of the viewer's cases that match and have all these words, in the order of the list. Null when the database must be
 * asked: while the index is being loaded, for guests, for exact settlements, for references.
 */
export async function newestFor(
  viewer: Viewer,
  filter: CaseFilter,
  words: readonly string[],
  page: { after: Logged | null; limit: number },
): Promise<FoundCases | null> {
  if (viewer.role === 'cso_member' || filter.settlement || !words.every(isKeptWord)) return null;
  const index = await caseIndexNow();
  const question = indexQuestionOf(viewer, filter);
  if (!index) return null;
  const versioned = (ids: string[]) => ids.map((id) => ({ id, version: index.versionOf(id) }));
  if (words.length === 0)
    return { found: versioned(index.newest(question, page)), total: index.total(question) };
  if (!index.words.complete) return null;
  const { ids, total } = index.search(question, words, page);
  return { found: versioned(ids), total };
}

/** Ids of all the viewer's cases that have these words; null where they are more than `most`, or where memory cannot say. */
export async function fewWith(
  viewer: Viewer,
  words: readonly string[],
  most: number,
): Promise<string[] | null> {
  if (viewer.role === 'cso_member' || words.length === 0) return null;
  const index = await caseIndexWithWords();
  if (!index) return null;
  const page = { after: null, limit: most };
  const { ids, total } = index.search(indexQuestionOf(viewer, {}), words, page);
  return total > most ? null : ids;
}

export async function facetsFor(viewer: Viewer, filter: CaseFilter): Promise<MapFacets> {
  return (await caseIndex()).facets(indexQuestionOf(viewer, filter), viewer.id);
}

/** One viewer's question over the index as it is now; what it answers belongs together as long as nothing is awaited between. */
export interface CaseMap {
  /** Equal keys and equal revisions mean equal answers, whoever asks. */
  key: string;
  places: readonly IndexedPlace[];
  counts: PlaceCounts[];
  revisionOf(places: readonly number[]): string;
  rowsOf(places: readonly number[]): PointRow[][];
  /** Newest first, after the one that `after` names. */
  idsOf(
    places: readonly number[],
    after: string | null,
    limit: number,
  ): { ids: string[]; next: string | null };
}

const indexNumbers = new WeakMap<CaseIndex, number>();
let lastIndexNumber = 0;
function numberOf(index: CaseIndex): number {
  const number = indexNumbers.get(index) ?? ++lastIndexNumber;
  indexNumbers.set(index, number);
  return number;
}

export async function caseMapFor(viewer: Viewer, filter: CaseFilter): Promise<CaseMap> {
  const index = await caseIndex();
  const question = indexQuestionOf(viewer, filter);
  return {
    key: index.keyOf(question),
    places: index.places,
    counts: index.countsByPlace(question),
    revisionOf: (places) => `${numberOf(index)}.${index.revisionOf(places)}`,
    rowsOf: (places) => index.rowsOf(question, places),
    idsOf: (places, after, limit) => index.idsOf(question, places, after, limit),
  };
}
