// Duty: count the days an institution has: working or calendar, holidays left out, extension added. Pure, for both sides; no dates of today.
import type { DayKind } from './letterLists.ts';

export interface DaysToCount {
  days: number;
  dayKind: DayKind;
  extensionDays: number;
}

const noon = (day: string) => new Date(`${day}T12:00:00Z`);
const nameOf = (moment: Date) => moment.toISOString().slice(0, 10);

export function dayLater(day: string, days: number): string {
  const moved = noon(day);
  moved.setUTCDate(moved.getUTCDate() + days);
  return nameOf(moved);
}

export const isWeekend = (day: string): boolean => [0, 6].includes(noon(day).getUTCDay());

export const isWorkingDay = (day: string, holidays: ReadonlySet<string>): boolean =>
  !isWeekend(day) && !holidays.has(day);

/**
 * The last day on which a reply is in time. The day of sending does not count; a last day on which offices are closed passes to the
 * next one on which they are open. An extension is counted on from there as one stretch with the first.
 */
export function replyDay(
  sentOn: string,
  { days, dayKind, extensionDays }: DaysToCount,
  extended: boolean,
  holidays: ReadonlySet<string>,
): string {
  const whole = days + (extended ? extensionDays : 0);
  let day = sentOn;
  if (dayKind === 'calendar') day = dayLater(sentOn, whole);
  else
    for (let left = whole; left > 0; ) {
      day = dayLater(day, 1);
      if (isWorkingDay(day, holidays)) left -= 1;
    }
  while (!isWorkingDay(day, holidays)) day = dayLater(day, 1);
  return day;
}

/** Calendar days from one day to another; negative when the second lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((noon(to).getTime() - noon(from).getTime()) / 86_400_000);
