// Duty: dates, times, numbers and names of places in the viewer's language. Pure: the language and the moment are given.
import type { Language } from '../../shared/directory.ts';
import { locales } from '../../shared/i18n.ts';

type When = string | number | Date;

export interface Formats {
  /** 21 November 2026 */
  date(when: When): string;
  /** 21 November 2026, 14:05 */
  dateTime(when: When): string;
  /** "3 days ago", "in 2 hours", "today". A calendar day (`2026-11-21`) is told in whole days. */
  relative(when: When, now?: number): string;
  number(value: number): string;
  /** 0.25 → 25% */
  percent(share: number): string;
  list(items: string[]): string;
  /** Compares words as this language sorts them. */
  compare(a: string, b: string): number;
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365.25 * 86_400],
  ['month', 30.44 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

const calendarDay = /^\d{4}-\d{2}-\d{2}$/;
/** A calendar day is that day here, not midnight in London. */
const momentOf = (when: When): Date =>
  typeof when === 'string' && calendarDay.test(when) ? new Date(`${when}T00:00:00`) : new Date(when);

const startOfDay = (moment: Date) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());

export function makeFormats(language: Language, timeZone?: string): Formats {
  const locale = locales[language];
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const collator = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  return {
    date: (when) => date.format(momentOf(when)),
    dateTime: (when) => dateTime.format(momentOf(when)),
    relative(when, now = Date.now()) {
      const moment = momentOf(when);
      const isDay = typeof when === 'string' && calendarDay.test(when);
      const seconds = isDay
        ? Math.round((moment.getTime() - startOfDay(new Date(now)).getTime()) / 86_400_000) * 86_400
        : (moment.getTime() - now) / 1000;
      for (const [unit, size] of units) {
        if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
        if (isDay && unit === 'day') return relative.format(0, 'day');
      }
      return relative.format(0, 'minute');
    },
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    list: (items) => list.format(items),
    compare: (a, b) => collator.compare(a, b),
  };
}

/** A place's name in the viewer's language; English readers see the Albanian name of a settlement. */
export function nameOf(
  names: { sq: string; sr: string; en?: string; rom?: string | null },
  language: Language,
): string {
  if (language === 'sr') return names.sr;
  if (language === 'en') return names.en ?? names.sq;
  if (language === 'rom') return names.rom ?? names.sq;
  return names.sq;
}
