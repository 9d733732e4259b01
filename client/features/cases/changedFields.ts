// Duty: which fields of a section can be edited, and which of them an editor changed. Pure.
import type { CaseRevise } from '../../../shared/cases.ts';
import type { CasePage } from '../../../shared/caseViews.ts';

export type EditableField = Exclude<keyof CaseRevise, 'version'> & keyof CasePage;
export type Values<Name extends EditableField> = Pick<CasePage, Name>;

const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Fields that differ from what the editor began with. */
export function changedFields<Name extends EditableField>(
  names: readonly Name[],
  before: Values<Name>,
  after: Values<Name>,
): Partial<Values<Name>> {
  const changed: Partial<Values<Name>> = {};
  for (const name of names) if (!equal(before[name], after[name])) changed[name] = after[name];
  return changed;
}
