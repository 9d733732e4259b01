// Duty: add up the index's counters or rows for one question, and shape the sums as answers. Which rows there are is caseIndex.ts.
import { caseStatuses, urgencies } from '../../../shared/cases.ts';
import type { CaseCounts } from '../../../shared/caseViews.ts';
import type { MapFacets } from '../../../shared/mapViews.ts';
import { allSubThemes, themes } from '../../../shared/themes.ts';
import { type CaseColumns, gone } from './caseColumns.ts';
import {
  bits,
  type CompiledQuestion,
  dayText,
  hasLeadFlag,
  type IndexedPlace,
  isOpen,
  lateFlag,
  perPlace,
  stateCount,
  statusOf,
  themeIndexOf,
  urgencyOf,
} from './caseIndexFilter.ts';

/** Enough to answer every count: how many match per state, and per place and sub-theme. */
interface Sums {
  byState: Uint32Array;
  byPlace: Uint32Array;
  openByPlace: Uint32Array;
  lateByPlace: Uint32Array;
}

export interface PlaceCounts {
  place: number;
  count: number;
  open: number;
  late: number;
  byTheme: number[];
}

const subThemeCount = allSubThemes.length;
const isOpenState = Uint8Array.from({ length: stateCount }, (_, state) => (isOpen[statusOf(state)] ? 1 : 0));

const emptySums = (places: number): Sums => ({
  byState: new Uint32Array(stateCount),
  byPlace: new Uint32Array(places * subThemeCount),
  openByPlace: new Uint32Array(places * subThemeCount),
  lateByPlace: new Uint32Array(places),
});

/** From the counters that are kept as cases change: the number of cases does not matter. */
export function sumCounters(cube: Uint32Array, places: number, question: CompiledQuestion): Sums {
  const sums = emptySums(places);
  const { byState, byPlace, openByPlace, lateByPlace } = sums;
  for (let place = 0; place < places; place += 1) {
    if (question.place[place] !== 0) continue;
    for (let subTheme = 0; subTheme < subThemeCount; subTheme += 1) {
      if (question.subTheme[subTheme] !== 0) continue;
      const first = place * perPlace + subTheme * stateCount;
      const cell = place * subThemeCount + subTheme;
      for (let state = 0; state < stateCount; state += 1) {
        const count = cube[first + state]!;
        if (count === 0 || question.state[state] !== 0) continue;
        byState[state]! += count;
        byPlace[cell]! += count;
        if (isOpenState[state] === 1) openByPlace[cell]! += count;
        if ((state & lateFlag) !== 0) lateByPlace[place]! += count;
      }
    }
  }
  return sums;
}

/** Answers for a row which filters keep it out; a row out of scope, or gone, is answered with the scope's bit. */
export function rowTest(columns: CaseColumns, question: CompiledQuestion): (row: number) => number {
  const { place, subTheme, state, lead, loggedDay } = columns;
  const { lead: wanted, from, to, only } = question;
  return (row) => {
    if (only && !only.has(row)) return bits.scope;
    const here = state[row]!;
    if (here === gone) return bits.scope;
    const day = loggedDay[row]!;
    return (
      question.place[place[row]!]! |
      question.subTheme[subTheme[row]!]! |
      question.state[here]! |
      (wanted >= 0 && lead[row] !== wanted ? bits.lead : 0) |
      (day < from || day > to ? bits.period : 0)
    );
  };
}

/** Every row that could match. */
export function eachRow(
  columns: CaseColumns,
  { only }: CompiledQuestion,
  visit: (row: number) => void,
): void {
  if (only) only.forEach(visit);
  else for (let row = 0; row < columns.rows; row += 1) visit(row);
}

/** From the rows themselves, where a person, a period, a guest, an issue or a campaign is asked for. */
export function sumRows(columns: CaseColumns, places: number, question: CompiledQuestion): Sums {
  const sums = emptySums(places);
  const { place, subTheme, state } = columns;
  const failed = rowTest(columns, question);
  eachRow(columns, question, (row) => {
    if (failed(row) !== 0) return;
    const here = state[row]!;
    const cell = place[row]! * subThemeCount + subTheme[row]!;
    sums.byState[here]! += 1;
    sums.byPlace[cell]! += 1;
    if (isOpenState[here] === 1) sums.openByPlace[cell]! += 1;
    if ((here & lateFlag) !== 0) sums.lateByPlace[place[row]!]! += 1;
  });
  return sums;
}

export const totalOf = (sums: Sums): number => sums.byState.reduce((total, count) => total + count, 0);

export function countsOf(
  sums: Sums,
  places: readonly IndexedPlace[],
): Omit<CaseCounts, 'byOutcome' | 'byConfirmation'> {
  const byStatus = caseStatuses.map(() => 0);
  const byUrgency = urgencies.map(() => 0);
  const counts = { total: 0, open: 0, late: 0, withoutLead: 0 };
  sums.byState.forEach((count, state) => {
    counts.total += count;
    byStatus[statusOf(state)]! += count;
    byUrgency[urgencyOf(state)]! += count;
    if (state & lateFlag) counts.late += count;
    if (!isOpenState[state]) return;
    counts.open += count;
    if (!(state & hasLeadFlag)) counts.withoutLead += count;
  });
  const byTheme = themes.map(() => 0);
  const byMunicipality: CaseCounts['byMunicipality'] = {};
  const openBy: CaseCounts['openByMunicipalityAndTheme'] = {};
  places.forEach(({ municipality }, place) => {
    for (let subTheme = 0; subTheme < subThemeCount; subTheme += 1) {
      const count = sums.byPlace[place * subThemeCount + subTheme]!;
      if (count === 0) continue;
      byTheme[themeIndexOf[subTheme]!]! += count;
      byMunicipality[municipality] = (byMunicipality[municipality] ?? 0) + count;
      const open = sums.openByPlace[place * subThemeCount + subTheme]!;
      if (open === 0) continue;
      const theme = themes[themeIndexOf[subTheme]!]!;
      const row = openBy[municipality] ?? {};
      row[theme] = (row[theme] ?? 0) + open;
      openBy[municipality] = row;
    }
  });
  return {
    ...counts,
    byStatus: named(caseStatuses, byStatus),
    byTheme: named(themes, byTheme),
    byUrgency: named(urgencies, byUrgency),
    byMunicipality,
    openByMunicipalityAndTheme: openBy,
  };
}

/** Per place with at least one case. */
export function placeCountsOf(sums: Sums, places: number): PlaceCounts[] {
  return Array.from({ length: places }, (_, place) => {
    const counts = { place, count: 0, open: 0, late: sums.lateByPlace[place]!, byTheme: themes.map(() => 0) };
    for (let subTheme = 0; subTheme < subThemeCount; subTheme += 1) {
      const count = sums.byPlace[place * subThemeCount + subTheme]!;
      counts.count += count;
      counts.open += sums.openByPlace[place * subThemeCount + subTheme]!;
      counts.byTheme[themeIndexOf[subTheme]!]! += count;
    }
    return counts;
  }).filter(({ count }) => count > 0);
}

/** A row that two filters keep out interests no facet; the others fall in one class per filter, class 0 matching all. */
const classCount = 10;
const noClass = 255;
const classOf = Uint8Array.from({ length: 1_024 }, (_, failed) => {
  if (failed === 0) return 0;
  return (failed & (failed - 1)) === 0 && failed < bits.scope ? Math.log2(failed) + 1 : noClass;
});
const classFor = (bit: number) => Math.log2(bit) + 1;

/** `myNumber` is the viewer's number in the lead column, −1 when they lead nothing. */
export function facetsOf(
  columns: CaseColumns,
  places: readonly IndexedPlace[],
  question: CompiledQuestion,
  myNumber: number,
): MapFacets {
  const byState = new Uint32Array(classCount * stateCount);
  const byPlace = new Uint32Array(classCount * places.length);
  const bySubTheme = new Uint32Array(classCount * subThemeCount);
  const mine = new Uint32Array(classCount);
  const byDay = new Uint32Array(65_536);
  const { place, subTheme, state, lead, loggedDay } = columns;
  const failed = rowTest(columns, question);
  const periodClass = classFor(bits.period);
  eachRow(columns, question, (row) => {
    const group = classOf[failed(row)]!;
    if (group === noClass) return;
    byState[group * stateCount + state[row]!]! += 1;
    byPlace[group * places.length + place[row]!]! += 1;
    bySubTheme[group * subThemeCount + subTheme[row]!]! += 1;
    if (lead[row] === myNumber) mine[group]! += 1;
    if (group === 0 || group === periodClass) byDay[loggedDay[row]!]! += 1;
  });
  /** What matches, and what only this filter keeps out. */
  const both = (sums: Uint32Array, width: number, bit: number) =>
    Array.from({ length: width }, (_, at) => sums[at]! + sums[classFor(bit) * width + at]!);
  const total = (values: readonly number[], wanted: (at: number) => boolean) =>
    values.reduce((sum, value, at) => (wanted(at) ? sum + value : sum), 0);
  const grouped = <Name extends string>(
    names: readonly Name[],
    values: number[],
    nameAt: (at: number) => number,
  ) => {
    const sums = names.map(() => 0);
    values.forEach((value, at) => {
      sums[nameAt(at)]! += value;
    });
    return named(names, sums);
  };
  const months: Record<string, number> = {};
  byDay.forEach((count, day) => {
    if (count === 0) return;
    const month = dayText(day).slice(0, 7);
    months[month] = (months[month] ?? 0) + count;
  });
  const municipalities = [...new Set(places.map((one) => one.municipality))];
  return {
    total: byState.subarray(0, stateCount).reduce((sum, count) => sum + count, 0),
    municipality: grouped(municipalities, both(byPlace, places.length, bits.municipality), (at) =>
      municipalities.indexOf(places[at]!.municipality),
    ),
    theme: grouped(themes, both(bySubTheme, subThemeCount, bits.theme), (at) => themeIndexOf[at]!),
    subTheme: named(allSubThemes, both(bySubTheme, subThemeCount, bits.subTheme)),
    status: grouped(caseStatuses, both(byState, stateCount, bits.status), statusOf),
    urgency: grouped(urgencies, both(byState, stateCount, bits.urgency), urgencyOf),
    late: total(both(byState, stateCount, bits.late), (state) => (state & lateFlag) !== 0),
    mine: mine[0]! + mine[classFor(bits.lead)]!,
    withoutLead: total(both(byState, stateCount, bits.lead), (state) => (state & hasLeadFlag) === 0),
    months,
  };
}

/** Zeros are left out. */
function named<Name extends string>(
  names: readonly Name[],
  values: readonly number[],
): Partial<Record<Name, number>> {
  const found: Partial<Record<Name, number>> = {};
  names.forEach((name, index) => {
    if (values[index]) found[name] = values[index];
  });
  return found;
}
