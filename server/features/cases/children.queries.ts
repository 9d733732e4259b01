// Duty: which cases are about a child, for what may then rest on a guardian's consent alone. No viewer: never an answer to anybody.
import { onAskingForChildren } from '../identities/guardians.queries.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';

async function casesAboutChildren(caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await CaseModel.find({ _id: { $in: [...caseIds] }, concernsChild: true }, { _id: 1 }).lean<
    Pick<CaseFile, '_id'>[]
  >();
  return new Set(found.map(({ _id }) => _id));
}

/** Joins what is below: consents ask here. Called once per app; again changes nothing. */
export const startCases = (): void => onAskingForChildren(casesAboutChildren);
