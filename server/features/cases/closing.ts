// Duty: what keeps a case from being closed, asked of the slices above, which join here. What each looks at is its own.
import type { CaseFile } from './cases.model.ts';

/** Throws a conflict while something of its slice is under way for the case. A person's withdrawal is never held up by it. */
export type ClosingGuard = (caseFile: Pick<CaseFile, '_id'>) => Promise<void>;

const guards = new Set<ClosingGuard>();

export function onCaseClosing(guard: ClosingGuard): () => void {
  guards.add(guard);
  return () => guards.delete(guard);
}

export async function ensureNothingUnderWay(caseFile: Pick<CaseFile, '_id'>): Promise<void> {
  for (const guard of guards) await guard(caseFile);
}
