// Duty: on which day a closed case is due, by its theme's rule and its hold. Pure; no reading, no writing.
import { daysAfterHold, usualMonths } from '../../../shared/retention.ts';
import { dayAfter, dayOf, monthsAfter, startOfDay } from '../../clock.ts';
import type { RetainedCase } from '../cases/retained.queries.ts';
import type { StoredRule } from './retention.model.ts';

type Months = Pick<StoredRule, 'months' | 'from' | 'earlier'>;

export const usualRule: Months & { version: number } = {
  version: 0,
  months: usualMonths,
  from: null,
  earlier: null,
};

export const monthsOn = ({ months, from, earlier }: Months, day: string): number =>
  from !== null && earlier !== null && day < from ? earlier : months;

/** The day after so many months have passed since its closing. */
const dayBy = (closedAt: Date, months: number): string => dayAfter(monthsAfter(dayOf(closedAt), months), 1);

/** The first day on which it is to be anonymised, whether that has come or not. */
export function dueDay(
  { closedAt, hold }: Pick<RetainedCase, 'closedAt' | 'hold'>,
  rule: Months,
): string | null {
  if (!closedAt) return null;
  const byRule = dayBy(closedAt, rule.months);
  let day = byRule;
  if (rule.from !== null && rule.earlier !== null && byRule < rule.from) {
    const byEarlier = dayBy(closedAt, rule.earlier);
    day = byEarlier < rule.from ? byEarlier : rule.from;
  }
  const afterHold = hold ? dayAfter(hold.until, daysAfterHold + 1) : '';
  return day > afterHold ? day : afterHold;
}

/** What was closed from then on cannot be due on that day under so many months; some that was closed before may not be either. */
export const closedBeforeIsDue = (day: string, months: number): Date =>
  startOfDay(dayAfter(monthsAfter(day, -months), 3));
