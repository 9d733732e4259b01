// Duty: splits a pipeline into what the planner can do ($match, $sort, $skip, $limit at its start) and the rest.
import type { Selection } from '../query.ts';
import { type Doc, isDoc, isNumber, toDouble } from '../semantics/values.ts';
import { optionalDoc } from './command.ts';
import { hintOf, variablesOf } from './selection.ts';

export function leadingSelection(pipeline: readonly Doc[], body: Doc): { selection: Selection; rest: Doc[] } {
  const selection: Selection = {
    filter: {},
    hint: hintOf(body.hint),
    collation: optionalDoc(body, 'collation'),
    variables: variablesOf(body),
  };
  let at = 0;
  for (; at < pipeline.length; at++) {
    const stage = pipeline[at]!;
    const [name, ...others] = Object.keys(stage);
    if (others.length > 0 || !take(selection, name, stage[name!])) break;
  }
  return { selection, rest: pipeline.slice(at) };
}

/** Only an order of stages that `find` would use too: match, sort, skip, limit. */
function take(selection: Selection, name: string | undefined, value: unknown): boolean {
  if (selection.limit) return false;
  if (name === '$match' && isDoc(value) && !selection.sort && !selection.skip) {
    const empty = Object.keys(selection.filter).length === 0;
    selection.filter = empty ? value : { $and: [selection.filter, value] };
    return true;
  }
  if (
    name === '$sort' &&
    isDoc(value) &&
    !selection.sort &&
    !selection.skip &&
    Object.keys(value).length > 0
  ) {
    selection.sort = value;
    return true;
  }
  if ((name === '$skip' || name === '$limit') && isNumber(value)) {
    const number = toDouble(value);
    if (!Number.isSafeInteger(number) || number < (name === '$limit' ? 1 : 0)) return false;
    if (name === '$limit') selection.limit = number;
    else if (selection.skip) return false;
    else selection.skip = number;
    return true;
  }
  return false;
}
