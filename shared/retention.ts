// Duty: what goes in and out of retention: rules per theme, a case's hold, and the report of what was anonymised, held and is due.
import { z } from 'zod';
import type { Answer } from './api.ts';
import type { Colleague } from './directory.ts';
import type { MunicipalitySlug } from './directoryLists.ts';
import { type HoldReason, holdReasons, monthLimits, type RetentionAbility } from './retentionLists.ts';
import type { Theme } from './themeLists.ts';

export * from './retentionLists.ts';

const version = z.number().int().min(0).max(1_000_000);

export const retentionRuleInput = z.strictObject({
  months: z.number().int().min(monthLimits.least).max(monthLimits.most),
  version,
});
export type RetentionRuleInput = z.infer<typeof retentionRuleInput>;

export const holdInput = z.strictObject({
  reason: z.enum(holdReasons),
  /** The last day on which nothing is erased. */
  until: z.iso.date(),
});
export type HoldInput = z.infer<typeof holdInput>;

export interface RetentionRule {
  theme: Theme;
  months: number;
  /** A shortened rule counts from this day on; until then `monthsNow` do. */
  from: string | null;
  monthsNow: number;
  version: number;
}

/**
 * How many cases, as far as the viewer may be told. To who can open none of them, a number is told from five on, and a
 * breakdown only when each number in it is; null is what is not told.
 */
export interface RetentionCounts {
  total: number | null;
  byTheme: Partial<Record<Theme, number>> | null;
  byMunicipality: Partial<Record<MunicipalitySlug, number>> | null;
}

export interface RetentionRun {
  at: string;
  /** Null: it was cut short, and the next run completes it. */
  endedAt: string | null;
  anonymised: RetentionCounts;
  /** Due, and held. */
  held: RetentionCounts;
}

export interface CaseDue {
  id: string;
  reference: string;
  theme: Theme;
  municipality: MunicipalitySlug;
  /** The first day on which it is anonymised. */
  dueOn: string;
}
export interface CaseHold {
  by: Colleague | null;
  reason: HoldReason;
  until: string;
  setOn: string;
}
export interface CaseHeld extends Omit<CaseDue, 'dueOn'>, CaseHold {}

export interface RetentionOverview {
  rules: RetentionRule[];
  runs: RetentionRun[];
  held: RetentionCounts;
  dueSoon: RetentionCounts;
  /** Of those that the viewer may open; null for who may open none. */
  heldCases: CaseHeld[] | null;
  dueCases: CaseDue[] | null;
}
export type RetentionAnswer = Answer<RetentionOverview, 'setRules'>;

export interface CaseRetention {
  caseId: string;
  months: number;
  /** The first day on which it is anonymised, a hold included; null while it is not closed. */
  dueOn: string | null;
  hold: CaseHold | null;
  anonymisedAt: string | null;
}
export type CaseRetentionAnswer = Answer<CaseRetention, RetentionAbility>;
