// Duty: how cases ended and who confirmed it, counted apart from their status. Which cases there are is caseIndex.ts.
import { type CaseOutcome, type Confirmation, caseOutcomes, confirmations } from '../../../shared/cases.ts';
import type { CaseCounts } from '../../../shared/caseViews.ts';
import type { CaseColumns } from './caseColumns.ts';
import { type CompiledQuestion, perPlace, stateCount } from './caseIndexFilter.ts';
import { eachRow, rowTest } from './caseIndexSums.ts';

const perOutcome = confirmations.length + 1;
const endingCount = (caseOutcomes.length + 1) * perOutcome;

/** The byte of a case's outcome and of who confirmed it; 0 while there is neither. */
export const packEnding = (outcome: CaseOutcome | null, confirmedBy: Confirmation | null): number =>
  (outcome ? caseOutcomes.indexOf(outcome) + 1 : 0) * perOutcome +
  (confirmedBy ? confirmations.indexOf(confirmedBy) + 1 : 0);

/** Cases per place, sub-theme, state and ending; only what there is takes room. */
export class EndingCounters {
  readonly #counts = new Map<number, number>();

  /** `cell` is the case's place in the index's cube. */
  tally(cell: number, ending: number, by: 1 | -1): void {
    if (ending === 0) return;
    const key = cell * endingCount + ending;
    const count = (this.#counts.get(key) ?? 0) + by;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }

  sum(question: CompiledQuestion): Uint32Array {
    const sums = new Uint32Array(endingCount);
    for (const [key, count] of this.#counts) {
      const cell = Math.floor(key / endingCount);
      if (question.place[Math.floor(cell / perPlace)] !== 0) continue;
      if (question.subTheme[Math.floor((cell % perPlace) / stateCount)] !== 0) continue;
      if (question.state[cell % stateCount] !== 0) continue;
      sums[key % endingCount]! += count;
    }
    return sums;
  }
}

/** From the rows themselves, where counters cannot answer. */
export function sumEndingRows(columns: CaseColumns, question: CompiledQuestion): Uint32Array {
  const sums = new Uint32Array(endingCount);
  const failed = rowTest(columns, question);
  eachRow(columns, question, (row) => {
    if (failed(row) === 0) sums[columns.ending[row]!]! += 1;
  });
  return sums;
}

export function endingsOf(sums: Uint32Array): Pick<CaseCounts, 'byOutcome' | 'byConfirmation'> {
  const byOutcome: CaseCounts['byOutcome'] = {};
  const byConfirmation: CaseCounts['byConfirmation'] = {};
  sums.forEach((count, ending) => {
    if (count === 0) return;
    const outcome = caseOutcomes[Math.floor(ending / perOutcome) - 1];
    const confirmedBy = confirmations[(ending % perOutcome) - 1];
    if (outcome) byOutcome[outcome] = (byOutcome[outcome] ?? 0) + count;
    if (confirmedBy) byConfirmation[confirmedBy] = (byConfirmation[confirmedBy] ?? 0) + count;
  });
  return { byOutcome, byConfirmation };
}
