// Duty: chooses how to find what a filter and a sort ask for: by `_id`, through an index, several indexes, or the whole
// collection. Only chooses; `scan.ts` reads.
import type { Collection } from './catalogue.ts';
import { CommandError } from './errors.ts';
import type { Index } from './indexDefinition.ts';
import { afterPrefix, inverted } from './keys.ts';
import { partialImplied } from './partialIndex.ts';
import { boundsOf, type FieldBounds, type KeyRange, type Predicates, predicatesOf } from './predicates.ts';
import { type Doc, isDoc, type Value } from './semantics/values.ts';

export interface IndexPlan {
  kind: 'index';
  index: Index;
  /** In the order in which they are read. */
  ranges: KeyRange[];
  reverse: boolean;
  /** What is found matches the filter: no need to look at the document. */
  exact: boolean;
  /** What is found comes in the order of the sort. */
  sorted: boolean;
  /** `_id` equality, which explain calls by its own name. */
  byId: boolean;
}

export interface CollectionPlan {
  kind: 'collection';
  reverse: boolean;
  exact: boolean;
  sorted: boolean;
}

export interface UnionPlan {
  kind: 'or';
  plans: IndexPlan[];
  exact: false;
  sorted: boolean;
}

export type Plan = IndexPlan | CollectionPlan | UnionPlan;

export interface Question {
  filter: Doc;
  sort?: Doc | undefined;
  hint?: Value;
  collated?: boolean;
}

const mostCombinations = 500;
const worth = { equality: 10, range: 5, sort: 8 };

export function choosePlan(collection: Collection, question: Question): Plan {
  const { filter, sort, hint } = question;
  const predicates = predicatesOf(filter);
  const natural = sort?.$natural;
  if (natural !== undefined) {
    return { kind: 'collection', reverse: Number(natural) < 0, exact: isAll(predicates), sorted: true };
  }
  if (hint !== undefined && hint !== null && !isEmptyDoc(hint))
    return hintedPlan(collection, question, predicates);
  const usable = collection.indexes.filter((each) => !each.building && !each.hidden);
  let best: { plan: IndexPlan; score: number } | undefined;
  for (const index of usable) {
    const candidate = planWith(index, predicates, question);
    if (candidate && candidate.score > (best?.score ?? 0)) best = candidate;
  }
  if (best) return best.plan;
  return (
    unionPlan(usable, question) ?? {
      kind: 'collection',
      reverse: false,
      exact: isAll(predicates),
      sorted: isUnordered(sort),
    }
  );
}

/** Every document matches: there is nothing to ask of it. */
const isAll = ({ complete, fields }: Predicates): boolean => complete && fields.size === 0;

const isUnordered = (sort: Doc | undefined): boolean => !sort || Object.keys(sort).length === 0;

const isEmptyDoc = (value: Value) => isDoc(value) && Object.keys(value).length === 0;

function hintedPlan(collection: Collection, question: Question, predicates: Predicates): Plan {
  const { hint } = question;
  if (isDoc(hint) && '$natural' in hint) {
    return {
      kind: 'collection',
      reverse: Number(hint.$natural) < 0,
      exact: false,
      sorted: isUnordered(question.sort),
    };
  }
  const index = collection.indexes.find((each) =>
    isDoc(hint) ? sameKey(each.spec.key as Doc, hint) : each.name === hint,
  );
  if (!index || index.building || index.hidden) {
    throw new CommandError(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  const plan = planWith(index, predicates, question, true)?.plan;
  return plan ?? { kind: 'collection', reverse: false, exact: false, sorted: isUnordered(question.sort) };
}

export const sameKey = (left: Doc, right: Doc): boolean =>
  Object.keys(left).join('\0') === Object.keys(right).join('\0') &&
  Object.keys(left).every((field) => String(left[field]) === String(right[field]));

function unionPlan(usable: Index[], question: Question): UnionPlan | undefined {
  const { $or: branches, ...rest } = question.filter;
  if (!Array.isArray(branches) || branches.length === 0) return undefined;
  const plans: IndexPlan[] = [];
  for (const branch of branches as Doc[]) {
    const filter = Object.keys(rest).length > 0 ? { $and: [rest, branch] } : branch;
    const predicates = predicatesOf(filter);
    let best: { plan: IndexPlan; score: number } | undefined;
    for (const index of usable) {
      const candidate = planWith(index, predicates, { filter, collated: question.collated });
      if (candidate && candidate.score > (best?.score ?? 0)) best = candidate;
    }
    if (!best) return undefined;
    plans.push(best.plan);
  }
  return { kind: 'or', plans, exact: false, sorted: isUnordered(question.sort) };
}

function planWith(index: Index, predicates: Predicates, question: Question, hinted = false) {
  const { fields } = predicates;
  // In a filter `a.0` means an element and a field called 0; such an index keeps what is unique, and finds nothing.
  if (index.parts.some((parts) => parts.some((part) => /^\d+$/.test(part)))) return undefined;
  if (index.partial && !partialImplied(index.partial, fields, question.collated)) return undefined;
  const bounds = boundsPerField(index, predicates, question);
  const used = bounds.filter((each) => each !== undefined);
  if (index.sparse && !used.some((each) => each.impliesExists)) return undefined;
  const equalities = used.filter((each) => each.points).length;
  const lastIsRange = used.length > 0 && !used.at(-1)!.points;
  const sorted = sortDirection(index, used, question.sort);
  const score =
    equalities * worth.equality +
    (lastIsRange ? worth.range : 0) +
    (sorted ? worth.sort : 0) +
    (hinted ? 1 : 0);
  if (score === 0) return undefined;
  const reverse = sorted === 'backward';
  const ranges = keyRanges(index, used);
  if (reverse) ranges.reverse();
  const covered = index.fields.slice(0, used.length);
  const exact =
    predicates.complete &&
    !hasLooseArrays(index, bounds) &&
    used.every((each) => each.exact) &&
    [...fields.keys()].every((field) => covered.includes(field));
  const plan: IndexPlan = {
    kind: 'index',
    index,
    ranges,
    reverse,
    exact,
    sorted: sorted !== undefined || isUnordered(question.sort),
    byId: index.primary && used[0]?.points === true && used[0].ranges.length === 1 && fields.size === 1,
  };
  return { plan, score };
}

/** Equalities as far as they go, then at most one range. Stops where the next field would be of no use. */
function boundsPerField(index: Index, { fields }: Predicates, question: Question): FieldBounds[] {
  const bounds: FieldBounds[] = [];
  let combinations = 1;
  for (const [at, field] of index.fields.entries()) {
    const predicates = fields.get(field);
    if (!predicates) break;
    // Different elements of one array may answer for each field: only the first field may narrow the range.
    const shared = index.fields.slice(0, at).some((other) => topOf(other) === topOf(field));
    if (index.arraysAt !== 0 && shared) break;
    const options = {
      parts: index.fields.length,
      multikey: index.arraysAt !== 0,
      collated: question.collated === true,
    };
    const found = boundsOf(predicates, options);
    if (!found || combinations * found.ranges.length > mostCombinations) break;
    combinations *= found.ranges.length;
    bounds.push(found);
    if (!found.points) break;
  }
  return bounds;
}

const topOf = (field: string): string => field.split('.', 1)[0]!;

function keyRanges(index: Index, bounds: FieldBounds[]): KeyRange[] {
  let ranges: KeyRange[] = [{ start: Buffer.alloc(0), end: Buffer.alloc(0) }];
  for (const [at, field] of bounds.entries()) {
    const own = index.descending[at]
      ? field.ranges.map((range) => turned(range, field.points)).reverse()
      : field.ranges;
    ranges = ranges.flatMap(({ start: prefix }) =>
      own.map(({ start, end }) => ({
        start: Buffer.concat([prefix, start]),
        end: Buffer.concat([prefix, end]),
      })),
    );
  }
  return ranges;
}

/** The same range where the order is turned around. The start of a point is its whole key: further fields follow it. */
const turned = ({ start, end }: KeyRange, point: boolean): KeyRange => ({
  start: point ? inverted(start) : afterPrefix(inverted(end)),
  end: afterPrefix(inverted(start)),
});

const isOneValue = (bounds: FieldBounds | undefined): boolean =>
  bounds?.points === true && bounds.ranges.length === 1 && bounds.exact;

/** A document may have several entries in these bounds: it has one alone where each array is asked for one of its values. */
const hasLooseArrays = (index: Index, bounds: FieldBounds[]): boolean =>
  index.fields.some((_, at) => index.arraysAt & (1 << at) && !isOneValue(bounds[at]));

/** How to read the index so that its order is the order of the sort, if it can be. */
function sortDirection(
  index: Index,
  bounds: FieldBounds[],
  sort: Doc | undefined,
): 'forward' | 'backward' | undefined {
  if (!sort || index.cut || hasLooseArrays(index, bounds)) return undefined;
  const fixed = new Set(index.fields.filter((_, at) => isOneValue(bounds[at])));
  // An array is sorted by its least or greatest element, which need not be the one that was asked for.
  if (index.fields.some((field, at) => index.arraysAt & (1 << at) && field in sort)) return undefined;
  const wanted = Object.entries(sort).filter(([field]) => !fixed.has(field));
  let direction: 'forward' | 'backward' | undefined;
  let at = 0;
  for (const [field, wish] of wanted) {
    while (at < index.fields.length && fixed.has(index.fields[at]!) && index.fields[at] !== field) at++;
    if (index.fields[at] !== field || isDoc(wish)) return undefined;
    const agrees = Number(wish) < 0 === index.descending[at] ? 'forward' : 'backward';
    if (direction && direction !== agrees) return undefined;
    direction = agrees;
    at++;
  }
  return direction ?? (wanted.length === 0 && Object.keys(sort).length > 0 ? 'forward' : undefined);
}
