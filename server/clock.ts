// Duty: what time it is and which day that is in Kosovo. The only place that asks the machine; tests and seeds may set it.

let fixed: Date | null = null;

export const clock = {
  now: (): Date => (fixed ? new Date(fixed) : new Date()),
  /** Stops the clock at this moment; null lets it run again. */
  stopAt(moment: Date | null): void {
    fixed = moment;
  },
};

const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Belgrade' });
const quarterHour = 15 * 60_000;
let lastQuarter = Number.NaN;
let lastDay = '';

/** The calendar day in Kosovo at that moment, `2026-11-21`. Days turn at a quarter hour in every time zone, so one is remembered. */
export function dayOf(moment: Date): string {
  const quarter = Math.floor(moment.getTime() / quarterHour);
  if (quarter !== lastQuarter) {
    lastDay = calendar.format(moment);
    lastQuarter = quarter;
  }
  return lastDay;
}

/** So many calendar days after that day. */
export function dayAfter(day: string, days: number): string {
  const moved = new Date(`${day}T12:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** So many calendar months after that day, or before it; where the month is shorter, its last day. */
export function monthsAfter(day: string, months: number): string {
  const first = new Date(`${day.slice(0, 7)}-01T12:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0, 12)).getUTCDate();
  first.setUTCDate(Math.min(Number(day.slice(8)), last));
  return first.toISOString().slice(0, 10);
}

/** The first moment of that calendar day in Kosovo (UTC+1, or +2 in summer). */
export function startOfDay(day: string): Date {
  const inSummer = new Date(`${day}T00:00:00+02:00`);
  return calendar.format(inSummer) === day ? inSummer : new Date(`${day}T00:00:00+01:00`);
}
