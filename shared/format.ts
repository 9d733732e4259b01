// Duty: dates, times, numbers and names of places in the viewer's language. Pure: the language and the moment are given.

import {
  albanianDate,
  albanianDateTime,
  albanianList,
  albanianNumber,
  albanianRelative,
} from './albanian.ts';
import type { Language } from './directory.ts';
import { locales } from './i18n.ts';

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

type Unit = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute';

const units: [Unit, number][] = [
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

/** How one language writes a moment, a distance in time, a number, a list. */
interface Writing {
  date(moment: Date): string;
  dateTime(moment: Date): string;
  distance(amount: number, unit: Unit): string;
  number(value: number): string;
  list(items: string[]): string;
}

function writingOf(language: Language, timeZone?: string): Writing {
  // Romani borrows Albanian's, as its locale says.
  if (language === 'sq' || language === 'rom')
    return {
      date: (moment) => albanianDate(moment, timeZone),
      dateTime: (moment) => albanianDateTime(moment, timeZone),
      distance: albanianRelative,
      number: albanianNumber,
      list: albanianList,
    };
  const locale = locales[language];
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    date: (moment) => date.format(moment),
    dateTime: (moment) => dateTime.format(moment),
    distance: (amount, unit) => relative.format(amount, unit),
    number: (value) => number.format(value),
    list: (items) => list.format(items),
  };
}

export function makeFormats(language: Language, timeZone?: string): Formats {
  const { date, dateTime, distance, number, list } = writingOf(language, timeZone);
  const collator = new Intl.Collator(locales[language], { sensitivity: 'base', numeric: true });
  return {
    // At noon, so that a calendar day stays itself in whatever zone this machine and the format have.
    date: (when) =>
      date(
        typeof when === 'string' && calendarDay.test(when) ? new Date(`${when}T12:00:00`) : momentOf(when),
      ),
    dateTime: (when) => dateTime(momentOf(when)),
    relative(when, now = Date.now()) {
      const moment = momentOf(when);
      const isDay = typeof when === 'string' && calendarDay.test(when);
      const seconds = isDay
        ? Math.round((moment.getTime() - startOfDay(new Date(now)).getTime()) / 86_400_000) * 86_400
        : (moment.getTime() - now) / 1000;
      for (const [unit, size] of units) {
        if (Math.abs(seconds) >= size) return distance(Math.trunc(seconds / size), unit);
        if (isDay && unit === 'day') return distance(0, 'day');
      }
      return distance(0, 'minute');
    },
    number,
    percent: (share) => `${number(Math.round(share * 100))}%`,
    list,
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
