// Duty: reference numbers of cases and back, for the audit log. Asked by nobody's scope, so nothing else of a case is in here.
import { CaseModel } from './cases.model.ts';

/** Of those ids that are cases. */
export async function caseReferences(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await CaseModel.find({ _id: { $in: ids } }, { reference: 1 }).lean<
    { _id: string; reference: string }[]
  >();
  return new Map(found.map(({ _id, reference }) => [_id, reference]));
}

export async function caseOfReference(reference: string): Promise<string | null> {
  const found = await CaseModel.findOne({ reference }, { _id: 1 }).lean<{ _id: string }>();
  return found?._id ?? null;
}
