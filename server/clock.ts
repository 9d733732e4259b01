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

/** The first moment of that calendar day in Kosovo (UTC+1, or +2 in summer). */
export function startOfDay(day: string): Date {
  const inSummer = new Date(`${day}T00:00:00+02:00`);
  return calendar.format(inSummer) === day ? inSummer : new Date(`${day}T00:00:00+01:00`);
}
