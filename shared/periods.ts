// Duty: months, quarters, half-years and a project's span as calendar days: what is one, what lies within it. No clock.

import type { Period } from './summaries.ts';
import type { PeriodKind } from './summaryLists.ts';

const monthsIn: Record<Exclude<PeriodKind, 'project'>, number> = { month: 1, quarter: 3, half_year: 6 };
export const longestProjectMonths = 120;

/** `2026-11` of `2026-11-21`. */
export const monthOf = (day: string): string => day.slice(0, 7);

export function monthAfter(month: string, count: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const index = year * 12 + number - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export const firstDay = (month: string): string => `${month}-01`;

export function lastDay(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`;
}

/** Every month from the one to the other, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const found: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month, 1)) found.push(month);
  return found;
}

export const monthsOf = ({ from, to }: Pick<Period, 'from' | 'to'>): string[] =>
  monthsBetween(monthOf(from), monthOf(to));

/** The period of that kind that begins with this month. */
export function periodFrom(kind: Exclude<PeriodKind, 'project'>, month: string): Period {
  return { kind, from: firstDay(month), to: lastDay(monthAfter(month, monthsIn[kind] - 1)) };
}

/** Whole months, quarters that begin in January, April, July, October, half-years in January and July. */
export function isPeriod({ kind, from, to }: Period): boolean {
  const [first, last] = [monthOf(from), monthOf(to)];
  if (from !== firstDay(first) || to !== lastDay(last) || last < first) return false;
  if (kind === 'project') return monthsBetween(first, last).length <= longestProjectMonths;
  const begins = (Number(first.slice(5)) - 1) % monthsIn[kind] === 0;
  return begins && periodFrom(kind, first).to === to;
}

export const periodId = ({ kind, from, to }: Period): string => `${kind}:${from}:${to}`;

/** How a release is spoken of in a list, in any language: `2026-Q2`, `2026-H1`, `2026-04`, with its version from the second on. */
export function releaseReference({ kind, from, to }: Period, number: number): string {
  const [first, last] = [monthOf(from), monthOf(to)];
  const [year, month] = first.split('-').map(Number) as [number, number];
  const name = {
    month: first,
    quarter: `${year}-Q${(month + 2) / 3}`,
    half_year: `${year}-H${month === 1 ? 1 : 2}`,
    project: `${first}–${last}`,
  }[kind];
  return number > 1 ? `${name} v${number}` : name;
}

export const overlaps = (one: Pick<Period, 'from' | 'to'>, other: Pick<Period, 'from' | 'to'>): boolean =>
  one.from <= other.to && other.from <= one.to;
