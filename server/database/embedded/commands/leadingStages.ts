// Duty: what of a pipeline the planner answers, for explain: its head as a selection, and the stages that are left.
import type { Selection } from '../query.ts';
import { splitHead } from '../semantics/aggregate/pipeline.ts';
import type { Doc } from '../semantics/values.ts';
import { optionalDoc } from './command.ts';
import { hintOf, variablesOf } from './selection.ts';

export function leadingSelection(
  pipeline: readonly Doc[],
  body: Doc,
): { selection: Selection; rest: readonly Doc[] } {
  const { selection, rest } = splitHead(pipeline, variablesOf(body));
  return {
    selection: { ...selection, hint: hintOf(body.hint), collation: optionalDoc(body, 'collation') },
    rest,
  };
}
