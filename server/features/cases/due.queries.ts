// Duty: what time and changes make of cases, for who must tell people of it. No viewer: nothing here is ever an answer.
import { openStatuses } from '../../../shared/cases.ts';
import { type CaseFile, CaseModel } from './cases.model.ts';

const toldOf = {
  reference: 1,
  municipality: 1,
  lead: 1,
  loggedBy: 1,
  history: 1,
  nextStep: 1,
  confirmationDue: 1,
  waitingOn: 1,
} as const;
export type CaseToTellOf = Pick<CaseFile, '_id' | keyof typeof toldOf>;

export async function caseToTellOf(id: string): Promise<CaseToTellOf | null> {
  return CaseModel.findOne({ _id: id }, toldOf).lean<CaseToTellOf>();
}

export function casesChangedSince(since: Date): AsyncIterable<CaseToTellOf> {
  return CaseModel.collection.find<CaseToTellOf>({ changedAt: { $gte: since } }, { projection: toldOf });
}

/** Open cases whose next step's day lies between these, the last one included. */
export function casesWithStepsDue(after: string, until: string): AsyncIterable<CaseToTellOf> {
  return CaseModel.collection.find<CaseToTellOf>(
    { nextDue: { $gt: after, $lte: until }, status: { $in: [...openStatuses] } },
    { projection: toldOf },
  );
}

/** Cases that wait for somebody until a day between these, the last one included. */
export function casesWaitingUntil(after: string, until: string): AsyncIterable<CaseToTellOf> {
  return CaseModel.collection.find<CaseToTellOf>(
    { status: 'waiting', 'waitingOn.until': { $gt: after, $lte: until } },
    { projection: toldOf },
  );
}

/** Resolved cases that should have been confirmed by a day between these, the last one included. */
export function casesToConfirm(after: string, until: string): AsyncIterable<CaseToTellOf> {
  return CaseModel.collection.find<CaseToTellOf>(
    { status: 'resolved', confirmationDue: { $gt: after, $lte: until } },
    { projection: toldOf },
  );
}
