// Duty: for which cases only a guardian's consent counts. Who is a child is told by the slice of cases, which joins here.

/** Of these cases, those about a child. */
export type ChildCases = (caseIds: readonly string[]) => Promise<ReadonlySet<string>>;

let ask: ChildCases | null = null;

/** Called once per app; again changes nothing. */
export function onAskingForChildren(answer: ChildCases): void {
  ask = answer;
}

/** Asked at every use, for a case may turn out to be about a child long after an adult agreed. Fails closed. */
export const casesNeedingGuardian = async (caseIds: readonly string[]): Promise<ReadonlySet<string>> =>
  caseIds.length === 0 || !ask ? new Set(caseIds) : ask(caseIds);
