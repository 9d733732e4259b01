// Duty: does a query ask only for documents that a partial index holds? When in doubt, no.
import type { Predicate } from './predicates.ts';
import { compareValues, rankOf } from './semantics/compare.ts';
import { isBound, isNaNValue } from './semantics/predicates.ts';
import { type Doc, isDoc, isNullish, typeOf, type Value } from './semantics/values.ts';

/** `asked` holds what the query demands of each field, all of it at once. */
export function partialImplied(partial: Doc, asked: Map<string, Predicate[]>, collated = false): boolean {
  return Object.entries(partial).every(([field, condition]) => {
    if (field === '$and') return (condition as Doc[]).every((each) => partialImplied(each, asked, collated));
    if (field === '$or') return (condition as Doc[]).some((each) => partialImplied(each, asked, collated));
    if (field.startsWith('$')) return false;
    const demands = asked.get(field) ?? [];
    return conditionsOf(condition).every((wanted) =>
      demands.some((demand) => implies(demand, wanted, collated)),
    );
  });
}

function conditionsOf(condition: Value): Predicate[] {
  if (isDoc(condition) && Object.keys(condition)[0]?.startsWith('$')) {
    return Object.entries(condition).map(([operator, value]) => ({ operator, value }));
  }
  return [{ operator: '$eq', value: condition }];
}

function implies(demand: Predicate, wanted: Predicate, collated: boolean): boolean {
  if (demand.operator === '$in' && Array.isArray(demand.value)) {
    return demand.value.every((value) => implies({ operator: '$eq', value }, wanted, collated));
  }
  const { operator, value } = demand;
  if (wanted.operator === '$exists') {
    if (!wanted.value) return operator === '$exists' && !value;
    return operator === '$exists'
      ? value === true
      : !isNullish(value) && !isBound(typeOf(value)) && operator !== '$regex';
  }
  if (collated && (typeof value === 'string' || typeof wanted.value === 'string')) return false;
  if (isDoc(value) || Array.isArray(value) || isNullish(value) || isBound(typeOf(value))) return false;
  // NaN is in no range of numbers.
  if (isNaNValue(value) || isNaNValue(wanted.value)) return false;
  // Values of two types have an order in an index, and never match each other's ranges.
  if (rankOf(value) !== rankOf(wanted.value)) return false;
  const order = compareValues(value, wanted.value);
  switch (wanted.operator) {
    case '$eq':
      return operator === '$eq' && order === 0;
    case '$gt':
      return /^\$(eq|gte)$/.test(operator) ? order > 0 : operator === '$gt' && order >= 0;
    case '$gte':
      return /^\$(eq|gte?)$/.test(operator) && order >= 0;
    case '$lt':
      return /^\$(eq|lte)$/.test(operator) ? order < 0 : operator === '$lt' && order <= 0;
    case '$lte':
      return /^\$(eq|lte?)$/.test(operator) && order <= 0;
    default:
      return false;
  }
}
