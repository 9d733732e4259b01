// Duty: calendar days in this device's time zone, as `2026-11-21`. Words for them: lib/format.ts.

export function dayOf(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

/** So many days from now; noon avoids the hour that changes with summer time. */
export function dayIn(days: number, now = new Date()): string {
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 12));
}
