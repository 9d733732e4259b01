// Duty: a person's work across cases: "My week" and the hand-over. One case by itself: cases.ts and caseViews.ts.
import { z } from 'zod';
import { idSchema } from './api.ts';
import { limits } from './cases.ts';
import type { CaseRow, WaitingOn } from './caseViews.ts';
import type { Colleague, MunicipalitySlug } from './directory.ts';

/** A case that stands still until somebody else moves. */
export interface WaitingRow extends CaseRow {
  waitingOn: WaitingOn;
  /** Moment the waiting began. */
  since: string;
}

/** What does not move in one municipality; counts of open cases. */
export interface StuckCases {
  municipality: MunicipalitySlug;
  open: number;
  untriaged: number;
  late: number;
  withoutLead: number;
  /** Waiting, and the day it should have ended is past. */
  waitingTooLong: number;
}

/** Of the home page, what is of cases: short lists, soonest or newest first, at most 20 rows each. */
export interface CaseWeek {
  /** Cases the viewer leads or works on, by the day of the next step. */
  toDo: CaseRow[];
  waiting: WaitingRow[];
  /** Logged or changed by others since then. */
  fresh: CaseRow[];
  /** New cases, oldest first: for those who triage; null for others. */
  triage: { total: number; rows: CaseRow[] } | null;
  /** For coordinators; null for others. */
  stuck: StuckCases[] | null;
}

export const handOverQuery = z.strictObject({ from: idSchema });
/** Open work of one colleague, as far as the viewer may hand it over. */
export interface HandOverWork {
  person: Colleague;
  cases: (CaseRow & { as: 'lead' | 'collaborator' })[];
}

export const handOverInput = z.strictObject({
  from: idSchema,
  to: idSchema,
  ids: z.array(idSchema).min(1).max(limits.bulk),
});
export type HandOverInput = z.infer<typeof handOverInput>;
