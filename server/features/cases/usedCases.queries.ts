// Duty: the cases that a campaign names, as far as the viewer may see each, by the few facts that its page shows.
import type { Viewer } from '../../policy.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';
import { visible } from './cases.queries.ts';

const facts = {
  reference: 1,
  title: 1,
  theme: 1,
  municipality: 1,
  status: 1,
  concernsChild: 1,
  issue: 1,
} as const;
export type UsedCase = Pick<CaseFile, '_id' | keyof typeof facts>;

/** In the order of their references; what the viewer may not see is not among them. */
export async function casesAmong(viewer: Viewer, ids: readonly string[]): Promise<UsedCase[]> {
  if (ids.length === 0) return [];
  return CaseModel.find(visible(viewer, { _id: { $in: [...ids] } }), facts)
    .sort({ reference: 1 })
    .lean<UsedCase[]>();
}
