// Duty: a filter and a scope as small tables over the index's columns, and how a case's state is packed in a byte. No rows here.
import {
  type CaseFilter,
  type CaseStatus,
  caseStatuses,
  openStatuses,
  type Urgency,
  urgencies,
} from '../../../shared/cases.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { themeOf } from '../../../shared/mapViews.ts';
import { allSubThemes, themes } from '../../../shared/themes.ts';
import { groupsAsked, type RowGroups } from './caseGroups.ts';

/** What a viewer may see, as `casesVisibleTo` says it to the database. */
export interface IndexScope {
  /** Null: all of them. */
  municipality: MunicipalitySlug | null;
  /** Only cases shared with this organisation, and no finer place than each case tells outside its team. */
  guest: string | null;
}

/** `lead` is a person's id here: who "me" is, is the caller's to know. */
export interface IndexQuestion {
  scope: IndexScope;
  filter: CaseFilter;
}

export interface IndexedPlace {
  municipality: MunicipalitySlug;
  settlement: string | null;
  /** How precisely the map may show it: at the settlement, or at the municipality alone. */
  isTold: boolean;
}

const flags = 4;
export const stateCount = caseStatuses.length * urgencies.length * flags;
export const perPlace = allSubThemes.length * stateCount;
export const hasLeadFlag = 2;
export const lateFlag = 1;

export const statusOf = (state: number) => Math.floor(state / flags / urgencies.length);
export const urgencyOf = (state: number) => Math.floor(state / flags) % urgencies.length;
export const isOpen = caseStatuses.map((status) => openStatuses.includes(status));
export const themeIndexOf = allSubThemes.map((subTheme) => themes.indexOf(themeOf(subTheme)));

/** The byte of a case's status, urgency, whether it has a lead, whether it is late. */
export const packState = (status: CaseStatus, urgency: Urgency, hasLead: boolean, late: boolean): number =>
  (caseStatuses.indexOf(status) * urgencies.length + urgencies.indexOf(urgency)) * flags +
  (hasLead ? hasLeadFlag : 0) +
  (late ? lateFlag : 0);

/** One bit per filter; a row whose bits are all zero matches, a row with one bit is what that filter alone keeps out. */
export const bits = {
  municipality: 1,
  settlement: 2,
  theme: 4,
  subTheme: 8,
  status: 16,
  urgency: 32,
  late: 64,
  lead: 128,
  period: 256,
  scope: 512,
};

/** Which bits each value of each column fails; built once per question. */
export interface CompiledQuestion {
  place: Uint16Array;
  subTheme: Uint16Array;
  state: Uint16Array;
  /** −1: any. */
  lead: number;
  from: number;
  to: number;
  /** The only rows that can match, for guests and for what belongs to an issue or a campaign; null: all. */
  only: ReadonlySet<number> | null;
  /** True when counters alone can answer. */
  counted: boolean;
}

export const dayNumber = (moment: Date | number | string): number =>
  Math.floor(new Date(moment).getTime() / 86_400_000);

export const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** `people` gives each person's number in the lead column, `guests` the rows each guest may see, `groups` those of issues and campaigns. */
export function compileQuestion(
  { scope, filter }: IndexQuestion,
  places: readonly IndexedPlace[],
  people: ReadonlyMap<string, number>,
  guests: RowGroups,
  groups: RowGroups,
): CompiledQuestion {
  const isAmong = <Value>(chosen: readonly Value[] | undefined, value: Value | null) =>
    !chosen || chosen.length === 0 || (value !== null && chosen.includes(value));
  const place = Uint16Array.from(
    places,
    (one) =>
      (scope.municipality && one.municipality !== scope.municipality ? bits.scope : 0) |
      (isAmong(filter.municipality, one.municipality) ? 0 : bits.municipality) |
      (isAmong(filter.settlement, scope.guest && !one.isTold ? null : one.settlement) ? 0 : bits.settlement),
  );
  const subTheme = Uint16Array.from(
    allSubThemes,
    (one) =>
      (isAmong(filter.theme, themeOf(one)) ? 0 : bits.theme) |
      (isAmong(filter.subTheme, one) ? 0 : bits.subTheme),
  );
  const state = Uint16Array.from({ length: stateCount }, (_, one) => {
    const isLate = (one & lateFlag) !== 0;
    return (
      (isAmong(filter.status, caseStatuses[statusOf(one)]!) ? 0 : bits.status) |
      (isAmong(filter.urgency, urgencies[urgencyOf(one)]!) ? 0 : bits.urgency) |
      (filter.late === undefined || filter.late === isLate ? 0 : bits.late) |
      (filter.lead === 'none' && one & hasLeadFlag ? bits.lead : 0)
    );
  });
  const chosen = groupsAsked(filter).map((group) => groups.rowsOf(group));
  if (scope.guest) chosen.unshift(guests.rowsOf(scope.guest));
  const byPerson = filter.lead !== undefined && filter.lead !== 'none';
  return {
    place,
    subTheme,
    state,
    lead: byPerson ? (people.get(filter.lead!) ?? 65_535) : -1,
    from: filter.from ? dayNumber(filter.from) : 0,
    to: filter.to ? dayNumber(filter.to) : 65_535,
    only: inAll(chosen),
    counted: !byPerson && !filter.from && !filter.to && chosen.length === 0,
  };
}

/** True where every case there is will do. */
export const asksForAll = ({ place, subTheme, state, counted }: CompiledQuestion): boolean =>
  counted && [place, subTheme, state].every((failures) => failures.every((failed) => failed === 0));

/** What every set holds; null when there is no set. */
function inAll([first, ...others]: readonly ReadonlySet<number>[]): ReadonlySet<number> | null {
  if (!first) return null;
  return others.length === 0
    ? first
    : new Set([...first].filter((row) => others.every((one) => one.has(row))));
}
