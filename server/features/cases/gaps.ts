// Duty: what a gap of a case's record is, once for those who count gaps and for the list that shows exactly the counted. No scope, no reading.
import type { CaseGap } from '../../../shared/cases.ts';
import { clock, dayOf } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { noDay } from './cases.model.ts';
import type { CaseQuestion } from './cases.queries.ts';

/** Of cases logged whenever: the period in which ages are missing is the caller's to add. */
export function gapQuestion(gap: CaseGap): CaseQuestion {
  switch (gap) {
    case 'no_next_step':
      return { status: { $in: ['triaged', 'in_progress', 'waiting'] }, nextDue: noDay };
    case 'not_confirmed':
      return { status: 'resolved', confirmationDue: { $lt: dayOf(clock.now()) } };
    case 'no_age_bands':
      return { 'people.ageBands': {} };
  }
}

/** Fails closed: a partner is not shown these parts of a case, so to find by them would tell. */
export const gapAsked = (viewer: Viewer, gap: CaseGap): CaseQuestion =>
  ['activist', 'team_lead', 'coordinator'].includes(viewer.role) ? gapQuestion(gap) : { _id: { $in: [] } };
