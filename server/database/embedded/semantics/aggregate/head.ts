// Duty: splits off the head of a pipeline that the query planner can answer: $match, $sort, $skip, $limit.
import type { Variables } from '../expressions/compile.ts';
import { bsonType, type Doc, isDoc, typeOf, type Value } from '../values.ts';
import type { Selection } from './env.ts';
import { countOf, sortSpec } from './streaming.ts';

/** What a find answers, and the stages that are left to do. */
export function splitHead(
  stages: readonly Doc[],
  variables?: Variables,
): { selection: Selection; rest: readonly Doc[] } {
  const filters: Doc[] = [];
  let at = 0;
  for (; isDoc(stages[at]?.$match); at++) filters.push(stages[at]!.$match as Doc);
  let sort: Doc | undefined;
  let skip: number | undefined;
  let limit: number | undefined;
  if (stages[at] && Object.hasOwn(stages[at]!, '$sort')) sort = sortSpec(stages[at++]!.$sort);
  if (stages[at] && Object.hasOwn(stages[at]!, '$skip')) skip = countOf(stages[at++]!.$skip, '$skip');
  if (stages[at] && Object.hasOwn(stages[at]!, '$limit')) limit = countOf(stages[at++]!.$limit, '$limit');
  const all = [...filters, ...filters.flatMap((filter) => indexableEqualities(filter, variables))];
  const filter: Doc = all.length === 0 ? {} : all.length === 1 ? all[0]! : { $and: all };
  return { selection: { filter, sort, skip, limit, variables }, rest: stages.slice(at) };
}

/**
 * `{ $expr: { $eq: ['$caseId', '$$id'] } }` also implies `{ caseId: id }`, which an index can answer. Only for values that
 * a filter compares as an expression does: no arrays, nothing missing.
 */
function indexableEqualities(filter: Doc, variables?: Variables): Doc[] {
  const { $expr: expression, $and: all } = filter;
  const nested = Array.isArray(all)
    ? (all as Value[]).filter(isDoc).flatMap((clause) => indexableEqualities(clause, variables))
    : [];
  return isDoc(expression) ? [...nested, ...equalitiesOf(expression, variables)] : nested;
}

function equalitiesOf(expression: Doc, variables?: Variables): Doc[] {
  const { $eq: sides, $and: all } = expression;
  if (Array.isArray(all))
    return (all as Value[]).filter(isDoc).flatMap((inner) => equalitiesOf(inner, variables));
  if (!Array.isArray(sides) || sides.length !== 2) return [];
  const path = (sides as Value[]).find((side) => typeof side === 'string' && /^\$[^$]/.test(side)) as
    | string
    | undefined;
  const other: Value = sides[0] === path ? sides[1] : sides[0];
  if (path === undefined || typeof other !== 'string' || !/^\$\$[a-z]\w*$/.test(other)) return [];
  const value = variables?.[other.slice(2)];
  const type = typeOf(value);
  const plain =
    type !== bsonType.undefined &&
    type !== bsonType.array &&
    type !== bsonType.object &&
    type !== bsonType.regex;
  return plain ? [{ [path.slice(1)]: { $eq: value } }] : [];
}
