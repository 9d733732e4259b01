// Duty: every case as a few bytes in columns, with counters, so that counts and map points need no query. No I/O: feed is caseIndexFeed.ts.
import { caseStatuses } from '../../../shared/cases.ts';
import type { CaseCounts } from '../../../shared/caseViews.ts';
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { filterKey, type MapFacets, type PointRow, referenceNumber } from '../../../shared/mapViews.ts';
import { allSubThemes } from '../../../shared/themes.ts';
import { AnswerMemory } from './answerMemory.ts';
import { CaseColumns, gone } from './caseColumns.ts';
import { isIssueGroup, RowGroups } from './caseGroups.ts';
import { EndingCounters, endingsOf, packEnding, sumEndingRows } from './caseIndexEndings.ts';
import {
  asksForAll,
  compileQuestion,
  type IndexedPlace,
  type IndexQuestion,
  isOpen,
  lateFlag,
  packState,
  perPlace,
  stateCount,
  statusOf,
} from './caseIndexFilter.ts';
import { newestOf, pointRowsOf } from './caseIndexRows.ts';
import {
  countsOf,
  facetsOf,
  type PlaceCounts,
  placeCountsOf,
  rowTest,
  sumCounters,
  sumRows,
  totalOf,
} from './caseIndexSums.ts';
import { CaseNumbers } from './caseNumbers.ts';
import { CaseOrder, type Logged } from './caseOrder.ts';
import { CaseWords } from './caseWords.ts';
import type { IndexedCase } from './indexedCase.ts';

export type { IndexedCase } from './indexedCase.ts';

/** A page of the list and one more; longer answers are asked for once. */
const mostIdsRemembered = 101;

export class CaseIndex {
  readonly places: IndexedPlace[] = [];
  readonly words = new CaseWords();
  readonly #order = new CaseOrder((row) => this.#columns.idAt(row));
  /** Rises with every change; equal revisions mean equal answers. */
  revision = 1;
  readonly #today: () => number;
  readonly #columns = new CaseColumns();
  readonly #placeNumbers = new Map<string, number>();
  readonly #people = new Map<string, number>();
  readonly #guests = new RowGroups();
  readonly #groups = new RowGroups();
  readonly #numbers = new CaseNumbers();
  #placeRevisions: number[] = [];
  /** Cases per place × sub-theme × state. */
  #cube = new Uint32Array(perPlace * 40);
  readonly #endings = new EndingCounters();
  #day: number;
  readonly #memo = new AnswerMemory();

  constructor(today: () => number) {
    this.#today = today;
    this.#day = today();
  }

  /** Cases held. */
  get size(): number {
    return this.#columns.rows - this.#columns.goneRows;
  }

  /** Room for so many cases at once, so that loading does not copy. */
  reserve(count: number): void {
    this.#columns.reserve(count);
  }

  /** Zero when the case is not held. */
  versionOf(id: string): number {
    const row = this.#columns.find(id);
    return row < 0 || this.#columns.state[row] === gone ? 0 : this.#columns.version[row]!;
  }

  /** The letters a municipality's references begin with; null before its first case. */
  codeOf(municipality: MunicipalitySlug): string | null {
    return this.#numbers.codeOf(municipality);
  }

  /** Adds or replaces; an older version than the one held changes nothing. */
  put(item: IndexedCase): void {
    const { id, version } = item;
    if (version < this.versionOf(id)) return;
    const columns = this.#columns;
    const row = columns.findOrAdd(id);
    this.#uncount(row);
    columns.version[row] = version;
    columns.place[row] = this.#placeNumber(item);
    columns.subTheme[row] = allSubThemes.indexOf(item.subTheme);
    columns.loggedDay[row] = item.loggedDay;
    this.#order.put(row, item.loggedAt);
    columns.nextDay[row] = item.nextStepDay ?? 0;
    columns.lead[row] = item.lead ? this.#personNumber(item.lead) : 0;
    columns.reference[row] = referenceNumber(item.reference) ?? 0;
    this.#numbers.read(item);
    const late = this.#isLate(caseStatuses.indexOf(item.status), columns.nextDay[row]!);
    columns.ending[row] = packEnding(item.outcome, item.confirmedBy);
    columns.state[row] = packState(item.status, item.urgency, item.lead !== null, late);
    this.#guests.set(row, item.guests);
    this.#groups.set(row, item.groups);
    this.#tally(row, 1);
  }

  /** The highest number there ever was in a series of references, e.g. of `FER-2026`; 0 before its first. */
  highestNumber(series: string): number {
    return this.#numbers.highest(series);
  }

  /** Where `words` keeps the case's; −1 when the case was never here. */
  rowOf(id: string): number {
    return this.#columns.find(id);
  }

  /** Ids of the matching cases in the very order of the list, newest first. Guests are few and are asked of the database. */
  newest(question: IndexQuestion, page: { after: Logged | null; limit: number }): string[] {
    this.#turnDay();
    const failed = rowTest(this.#columns, this.#compile(question));
    return this.#order
      .newest((row) => failed(row) === 0, page.after, page.limit)
      .map((row) => this.#columns.idAt(row));
  }

  /** Matching cases with all these words, newest first. Guests are few and are asked of the database. */
  search(question: IndexQuestion, words: readonly string[], page: { after: Logged | null; limit: number }) {
    this.#turnDay();
    const find = () => {
      const compiled = this.#compile(question);
      const failed = rowTest(this.#columns, compiled);
      const accepts = asksForAll(compiled) ? null : (row: number) => failed(row) === 0;
      return this.words.search(words, accepts, (row) => this.#columns.idAt(row), page);
    };
    if (page.limit > mostIdsRemembered) return find();
    return this.#remember(`search ${words} ${JSON.stringify(page)}`, question, find);
  }

  /** Matching cases behind no issue yet, with how like their words are to these, the likest first. Guests are not asked for. */
  alike(
    question: IndexQuestion,
    words: readonly string[],
    limit: number,
  ): { id: string; likeness: number }[] {
    this.#turnDay();
    const failed = rowTest(this.#columns, this.#compile(question));
    const isFree = (row: number) => failed(row) === 0 && !this.#groups.has(row, isIssueGroup);
    const found = this.words.likest(words, isFree, limit);
    return found.map(([row, likeness]) => ({ id: this.#columns.idAt(row), likeness }));
  }

  /** The case is gone, or is no longer to be counted. */
  drop(id: string): void {
    const row = this.#columns.find(id);
    if (row < 0 || this.#columns.state[row] === gone) return;
    this.#uncount(row);
    this.#guests.set(row, []);
    this.#groups.set(row, []);
    this.words.drop(row);
    this.#columns.state[row] = gone;
    this.#columns.goneRows += 1;
  }

  total(question: IndexQuestion): number {
    return this.#remember('total', question, () => totalOf(this.#sums(question)));
  }

  counts(question: IndexQuestion): CaseCounts {
    return this.#remember('counts', question, () => {
      const compiled = this.#compile(question);
      const endings = compiled.counted ? this.#endings.sum(compiled) : sumEndingRows(this.#columns, compiled);
      return { ...countsOf(this.#sums(question), this.places), ...endingsOf(endings) };
    });
  }

  /** Per place with at least one case. */
  countsByPlace(question: IndexQuestion): PlaceCounts[] {
    return this.#remember('places', question, () => placeCountsOf(this.#sums(question), this.places.length));
  }

  /** What each choice of each filter would leave, the other filters as they are; `me` is whose "mine" is. */
  facets(question: IndexQuestion, me: string): MapFacets {
    return this.#remember(`facets ${me}`, question, () =>
      facetsOf(this.#columns, this.places, this.#compile(question), this.#people.get(me) ?? -1),
    );
  }

  /** The matching cases of these places, each place's in the order of their references. */
  rowsOf(question: IndexQuestion, places: readonly number[]): PointRow[][] {
    return pointRowsOf(this.#columns, this.#compile(question), this.places.length, places);
  }

  /** Ids of the matching cases of these places, newest first; `after` is the `next` of the page before. */
  idsOf(
    question: IndexQuestion,
    places: readonly number[],
    after: string | null,
    limit: number,
  ): { ids: string[]; next: string | null } {
    return newestOf(this.#columns, this.#compile(question), this.places.length, places, { after, limit });
  }

  /** Equal when nothing changed at any of these places since. */
  revisionOf(places: readonly number[]): number {
    this.#turnDay();
    return places.reduce((sum, place) => sum + this.#placeRevisions[place]!, 0);
  }

  keyOf({ scope, filter }: IndexQuestion): string {
    return `${scope.municipality} ${scope.guest} ${filterKey(filter)}`;
  }

  #remember<Value>(kind: string, question: IndexQuestion, make: () => Value): Value {
    this.#turnDay();
    return this.#memo.of(`${kind} ${this.keyOf(question)}`, this.revision, make);
  }

  #sums(question: IndexQuestion) {
    const compiled = this.#compile(question);
    return compiled.counted
      ? sumCounters(this.#cube, this.places.length, compiled)
      : sumRows(this.#columns, this.places.length, compiled);
  }

  #compile(question: IndexQuestion) {
    return compileQuestion(question, this.places, this.#people, this.#guests, this.#groups);
  }

  #uncount(row: number): void {
    const { state } = this.#columns;
    if (state[row] === gone) this.#columns.goneRows -= 1;
    else this.#tally(row, -1);
  }

  #tally(row: number, by: 1 | -1): void {
    const { place, subTheme, state, ending } = this.#columns;
    const where = place[row]!;
    const cell = where * perPlace + subTheme[row]! * stateCount + state[row]!;
    this.#cube[cell]! += by;
    this.#endings.tally(cell, ending[row]!, by);
    this.revision += 1;
    this.#placeRevisions[where]! += 1;
  }

  #isLate(status: number, nextDay: number): boolean {
    return isOpen[status]! && nextDay !== 0 && nextDay < this.#day;
  }

  /** Cases become late by time alone: once a day every row is looked at again. */
  #turnDay(): void {
    const day = this.#today();
    if (day === this.#day) return;
    this.#day = day;
    const { state, nextDay, rows } = this.#columns;
    for (let row = 0; row < rows; row += 1) {
      const before = state[row]!;
      if (before === gone) continue;
      const now = (before & ~lateFlag) | (this.#isLate(statusOf(before), nextDay[row]!) ? lateFlag : 0);
      if (now === before) continue;
      this.#tally(row, -1);
      state[row] = now;
      this.#tally(row, 1);
    }
  }

  #placeNumber({ municipality, settlement, precision }: IndexedCase): number {
    const isTold = precision === 'settlement';
    const id = `${municipality} ${settlement} ${isTold}`;
    const known = this.#placeNumbers.get(id);
    if (known !== undefined) return known;
    const number = this.places.push({ municipality, settlement, isTold }) - 1;
    this.#placeNumbers.set(id, number);
    this.#placeRevisions.push(1);
    if (this.places.length * perPlace > this.#cube.length) {
      const wider = new Uint32Array(this.#cube.length * 2);
      wider.set(this.#cube);
      this.#cube = wider;
    }
    return number;
  }

  #personNumber(id: string): number {
    const known = this.#people.get(id);
    if (known !== undefined) return known;
    const number = this.#people.size + 1;
    this.#people.set(id, number);
    return number;
  }
}
