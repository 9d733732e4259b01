// Duty: the index's rows themselves: as points of the map, and as ids of a page, newest first. Sums are caseIndexSums.ts.
import type { PointRow } from '../../../shared/mapViews.ts';
import type { CaseColumns } from './caseColumns.ts';
import { type CompiledQuestion, lateFlag, statusOf, urgencyOf } from './caseIndexFilter.ts';
import { eachRow, rowTest } from './caseIndexSums.ts';

/** The matching cases per place asked for, each place's in the order of their references. */
export function pointRowsOf(
  columns: CaseColumns,
  question: CompiledQuestion,
  placeCount: number,
  places: readonly number[],
): PointRow[][] {
  const position = new Int32Array(placeCount).fill(-1);
  places.forEach((place, index) => {
    position[place] = index;
  });
  const rows: PointRow[][] = places.map(() => []);
  const { place, subTheme, state, loggedDay, reference } = columns;
  const failed = rowTest(columns, question);
  const take = (row: number) => {
    const where = position[place[row]!]!;
    if (where < 0 || failed(row) !== 0) return;
    rows[where]!.push({
      subTheme: subTheme[row]!,
      status: statusOf(state[row]!),
      urgency: urgencyOf(state[row]!),
      late: (state[row]! & lateFlag) !== 0,
      day: loggedDay[row]!,
      reference: reference[row]!,
    });
  };
  eachRow(columns, question, take);
  for (const ofPlace of rows) ofPlace.sort((a, b) => a.reference - b.reference);
  return rows;
}

/** So that a day and a row make one number that sorts by both. */
const rowsAtMost = 2 ** 32;

/** One look at every row keeps the newest `limit`, so a page costs the same wherever it lies. */
export function newestOf(
  columns: CaseColumns,
  question: CompiledQuestion,
  placeCount: number,
  places: readonly number[],
  { after, limit }: { after: string | null; limit: number },
): { ids: string[]; next: string | null } {
  const isWanted = new Uint8Array(placeCount);
  for (const place of places) isWanted[place] = 1;
  const failed = rowTest(columns, question);
  const below = after === null ? Number.POSITIVE_INFINITY : Number.parseInt(after, 36);
  const newest: { row: number; order: number }[] = [];
  const take = (row: number) => {
    if (isWanted[columns.place[row]!] === 0 || failed(row) !== 0) return;
    const order = columns.loggedDay[row]! * rowsAtMost + row;
    if (order >= below) return;
    if (newest.length > limit && order < newest[limit]!.order) return;
    const at = newest.findIndex((one) => one.order < order);
    newest.splice(at < 0 ? newest.length : at, 0, { row, order });
    if (newest.length > limit + 1) newest.pop();
  };
  if (question.only) for (const row of question.only) take(row);
  else for (let row = columns.rows - 1; row >= 0; row -= 1) take(row);
  const page = newest.slice(0, limit);
  return {
    ids: page.map(({ row }) => columns.idAt(row)),
    next: newest.length > limit ? page.at(-1)!.order.toString(36) : null,
  };
}
