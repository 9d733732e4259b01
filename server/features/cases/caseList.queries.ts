// Duty: the list of cases: filters, search and order as one question over the viewer's scope, and cursor pages.
import type { SortOrder } from 'mongoose';
import type { Page } from '../../../shared/api.ts';
import type { CaseFilter, CaseListQuery, CaseSort } from '../../../shared/cases.ts';
import type { CaseRow } from '../../../shared/caseViews.ts';
import { clock, dayAfter, dayOf, startOfDay } from '../../clock.ts';
import { invalid } from '../../errors.ts';
import { JsonText } from '../../http/endpoint.ts';
import type { Viewer } from '../../policy.ts';
import { cursorAt, partsOf } from '../../positions.ts';

import { fewWith, newestFor, totalFor } from './caseCounts.queries.ts';
import { CaseModel } from './cases.model.ts';
import { type CaseForRow, presentRows, rowFields } from './cases.present.ts';
import { type CaseQuestion, visible } from './cases.queries.ts';
import { gapAsked } from './gaps.ts';
import { pageGroundFor } from './pageMemory.ts';
import { rowsAt } from './rowMemory.ts';
import { queryWords, referencePrefixOf } from './searchTerms.ts';

/** What a search found is counted up to here; what is more is told as this. */
const mostCounted = 1_000;

type SortField = 'loggedAt' | 'changedAt' | 'urgencyRank' | 'nextDue' | '_id';
/** Each order ends in the id, so that no two cases tie and a cursor is exact. */
const orders: Record<CaseSort, [SortField, 1 | -1][]> = {
  newest: [
    ['loggedAt', -1],
    ['_id', -1],
  ],
  oldest: [
    ['loggedAt', 1],
    ['_id', 1],
  ],
  changed: [
    ['changedAt', -1],
    ['_id', -1],
  ],
  urgency: [
    ['urgencyRank', 1],
    ['loggedAt', -1],
    ['_id', -1],
  ],
  next_step: [
    ['nextDue', 1],
    ['_id', 1],
  ],
};

/** The filter as a question; whose scope it meets is the caller's. */
export function questionOf(viewer: Viewer, filter: CaseFilter): CaseQuestion[] {
  const questions: CaseQuestion[] = [];
  for (const field of ['municipality', 'theme', 'subTheme', 'status', 'urgency', 'settlement'] as const) {
    const wanted: readonly string[] | undefined = filter[field];
    if (wanted?.length === 1) questions.push({ [field]: wanted[0] });
    else if (wanted && wanted.length > 1) questions.push({ [field]: { $in: wanted } });
  }
  if (filter.lead !== undefined) {
    const lead = filter.lead === 'me' ? viewer.id : filter.lead === 'none' ? null : filter.lead;
    questions.push({ lead });
  }
  if (filter.issue) questions.push({ issue: filter.issue });
  if (filter.campaign) questions.push({ campaigns: filter.campaign });
  const today = dayOf(clock.now());
  if (filter.late === true) questions.push({ nextDue: { $lt: today } });
  if (filter.late === false) questions.push({ nextDue: { $gte: today } });
  if (filter.from) questions.push({ loggedAt: { $gte: startOfDay(filter.from) } });
  if (filter.to) questions.push({ loggedAt: { $lt: startOfDay(dayAfter(filter.to, 1)) } });
  if (filter.settlement && viewer.role === 'cso_member') questions.push({ precision: 'settlement' });
  return questions;
}

/** What a search finds beyond this is met soon enough along the list's own order. */
const mostNamed = 400;

/**
 * Every word must begin some word of the case. Words hold letters and digits alone, so they need no escaping. A reference is found by
 * its own index; few cases with rare words are named by the words in memory; frequent words are met along the order of the list.
 */
async function searchQuestions(
  viewer: Viewer,
  query: string,
): Promise<{ questions: CaseQuestion[]; named: boolean }> {
  const words = queryWords(query);
  const prefixes = words.flatMap((word) => referencePrefixOf(word) ?? []);
  const references = prefixes.map((prefix) => ({ reference: { $regex: new RegExp(`^${prefix}`) } }));
  const others = words.filter((word) => referencePrefixOf(word) === null);
  const few = await fewWith(viewer, others, mostNamed);
  if (few) return { questions: [...references, { _id: { $in: few } }], named: true };
  const terms = others.map((word) => ({ searchTerms: { $regex: new RegExp(`^${word}`) } }));
  return { questions: [...references, ...terms], named: false };
}

export interface ListQuestion {
  /** The viewer's scope and everything asked, without the cursor: what a total counts. */
  all: CaseQuestion;
  /** The same from the cursor on. */
  page: CaseQuestion;
  order: [SortField, 1 | -1][];
  /** The index to begin with, where the database would not choose it. */
  hint: { _id: 1 } | null;
}

/** What a list asks of the database. */
export async function listQuestion(viewer: Viewer, query: CaseListQuery): Promise<ListQuestion> {
  const { sort, cursor, limit: _limit, q, gap, ...filter } = query;
  const search = q ? await searchQuestions(viewer, q) : null;
  const questions = [
    ...(search?.questions ?? []),
    ...questionOf(viewer, filter),
    ...(gap ? [gapAsked(viewer, gap)] : []),
  ];
  const ask = (asked: CaseQuestion[]) =>
    visible(viewer, asked.length === 0 ? {} : asked.length === 1 ? asked[0]! : { $and: asked });
  const after = cursor ? [afterCursor(cursor, sort)] : [];
  const page = ask([...questions, ...after]);
  return { all: ask(questions), page, order: orders[sort], hint: search?.named ? { _id: 1 } : null };
}

const filterOf = ({
  sort: _sort,
  cursor: _cursor,
  limit: _limit,
  q: _q,
  gap: _gap,
  ...filter
}: CaseListQuery): CaseFilter => filter;

/** Newest first is answered from memory; rows that are read are read through the viewer's scope all the same. */
async function newestListedFor(viewer: Viewer, query: CaseListQuery): Promise<JsonText | null> {
  const { limit, sort, cursor, q } = query;
  if (sort !== 'newest' || query.gap) return null;
  const [loggedAt, id] = cursor ? parseCursor(cursor, sort) : [];
  const after = cursor ? { loggedAt: loggedAt as number, id: id as string } : null;
  const words = q ? queryWords(q) : [];
  const ground = await pageGroundFor(viewer);
  const found = await newestFor(viewer, filterOf(query), words, { after, limit: limit + 1 });
  if (!found) return null;
  const rows = await rowsAt(viewer, found.found.slice(0, limit), ground);
  const last = rows.at(-1);
  const next = found.found.length > limit && last ? cursorAt(sort, String(last.loggedAt), last.id) : null;
  const data = rows.map(({ text }) => text).join(',');
  return new JsonText(
    `{"data":[${data}],"next":${JSON.stringify(next)},"total":${found.total}}`,
    found.total,
  );
}

export async function casesListedFor(
  viewer: Viewer,
  query: CaseListQuery,
): Promise<Page<CaseRow> | JsonText> {
  const { limit, sort } = query;
  if (query.q && queryWords(query.q).length === 0) return { data: [], next: null, total: 0 };
  const newest = await newestListedFor(viewer, query);
  if (newest) return newest;
  const question = await listQuestion(viewer, query);
  const hinted = question.hint ? { hint: question.hint } : {};
  const [found, total] = await Promise.all([
    CaseModel.find(question.page, rowFields, hinted)
      .sort(question.order as [string, SortOrder][])
      .limit(limit + 1)
      .lean<CaseForRow[]>(),
    // Words, and for the team exact settlements, need the database; everything else is counted as cases change.
    query.q || query.settlement
      ? CaseModel.countDocuments(question.all, { limit: mostCounted, ...hinted })
      : query.gap
        ? CaseModel.countDocuments(question.all)
        : totalFor(viewer, filterOf(query)),
  ]);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return {
    data: await presentRows(viewer, rows),
    next: found.length > limit && last ? positionBehind(last, sort) : null,
    total,
  };
}

/** The viewer's cases that a question means, as rows; for questions that name them, not for lists. */
export async function caseRowsFor(viewer: Viewer, question: CaseQuestion): Promise<CaseRow[]> {
  return presentRows(viewer, await CaseModel.find(visible(viewer, question), rowFields).lean<CaseForRow[]>());
}

/** The order, as a position in one means nothing in another, and the last row's values in it; moments as milliseconds. */
const positionBehind = (row: CaseForRow, sort: CaseSort): string =>
  cursorAt(
    sort,
    ...orders[sort].map(([field]) => {
      const value = row[field];
      return String(value instanceof Date ? value.getTime() : value);
    }),
  );

const isMoment = (field: SortField) => field === 'loggedAt' || field === 'changedAt';

/** Milliseconds beyond which a date is none. */
const endOfTime = 8.64e15;

type CursorValue = string | number;

/** Unlike other lists this one can be asked for in many orders: a cursor of another one is refused, and begins nothing anew unseen. */
function parseCursor(cursor: string, sort: CaseSort): CursorValue[] {
  const order = orders[sort];
  const [madeFor, ...parts] = partsOf(cursor, order.length + 1) ?? [];
  const values = parts.map((part, at) => {
    const [field] = order[at]!;
    if (!isMoment(field) && field !== 'urgencyRank') return part;
    const number = /^-?\d{1,16}$/.test(part) ? Number(part) : Number.NaN;
    return Math.abs(number) <= endOfTime ? number : null;
  });
  if (madeFor !== sort || values.includes(null)) throw invalid([{ path: ['cursor'], code: 'not_a_cursor' }]);
  return values as CursorValue[];
}

/** What comes after that row. The first field is also said as one plain range, which an index can begin at. */
function afterCursor(cursor: string, sort: CaseSort): CaseQuestion {
  const order = orders[sort];
  const given = parseCursor(cursor, sort);
  const values = order.map(([field], index) =>
    isMoment(field) ? new Date(given[index] as number) : given[index],
  );
  const beyond = ([, direction]: [SortField, 1 | -1]) => (direction === 1 ? '$gt' : '$lt');
  const [firstField, firstDirection] = order[0]!;
  const alternatives = order.map((key, depth) => ({
    ...Object.fromEntries(order.slice(0, depth).map(([field], index) => [field, values[index]])),
    [key[0]]: { [beyond(key)]: values[depth] },
  }));
  return {
    $and: [{ [firstField]: { [firstDirection === 1 ? '$gte' : '$lte']: values[0] } }, { $or: alternatives }],
  } as CaseQuestion;
}
