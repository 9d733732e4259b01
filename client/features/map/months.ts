// Duty: months as the time slider counts them: from the first case to now, and a filter's days. No drawing.

/** `2026-11` */
export type Month = string;

const indexOf = (month: Month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const monthAt = (index: number): Month =>
  `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;

/** Every month from the first to the last of these, at least the two that end now. */
export function monthsBetween(found: readonly Month[], now: Month): Month[] {
  const last = Math.max(indexOf(now), ...found.map(indexOf));
  const first = Math.min(last - 1, ...found.map(indexOf));
  return Array.from({ length: last - first + 1 }, (_, step) => monthAt(first + step));
}

export const firstDay = (month: Month): string => `${month}-01`;
export const lastDay = (month: Month): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);

/** Positions of the period in `months`; an open end is the slider's own end. */
export function periodIn(
  months: readonly Month[],
  period: { from?: string | undefined; to?: string | undefined },
): [number, number] {
  const at = (day: string | undefined, otherwise: number) => {
    if (!day) return otherwise;
    const position = indexOf(day.slice(0, 7)) - indexOf(months[0]!);
    return Math.min(Math.max(position, 0), months.length - 1);
  };
  return [at(period.from, 0), at(period.to, months.length - 1)];
}

/** The filter's days for two positions; the whole range asks for nothing. */
export function periodOf(
  months: readonly Month[],
  [from, to]: readonly [number, number],
): { from: string | undefined; to: string | undefined } {
  return {
    from: from === 0 ? undefined : firstDay(months[from]!),
    to: to === months.length - 1 ? undefined : lastDay(months[to]!),
  };
}
