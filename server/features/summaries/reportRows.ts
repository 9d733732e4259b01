// Duty: a release as flat rows, the one ground of sheets and CSV: a row per figure, in reading order, words in the reader's language.
import { type FrozenRelease, figuresOf } from '../../../shared/summaries.ts';
import { cellName, type FigureSpeech, indicatorName } from '../../../shared/summaryWords.ts';

/** Who takes a copy, and when: stands on it as a watermark. */
export interface Copy {
  recipient: string;
  /** Calendar day. */
  on: string;
}

export interface ReportRow {
  id: string;
  indicator: string;
  /** Empty for the indicator's own figure. */
  table: string;
  cell: string;
  value: number | null;
  unit: string;
  /** Why there is no value; empty where there is one. */
  withheld: string;
  target: number | null;
}

export function reportRows(release: FrozenRelease, speech: FigureSpeech): ReportRow[] {
  return figuresOf(release).map(({ indicator, table, figure }) => ({
    id: figure.id,
    indicator: indicatorName(indicator, speech),
    table: table ? speech.say(`summaries.table.${table}`) : '',
    cell: table && figure.cell ? cellName(table, figure.cell, speech) : '',
    value: figure.value,
    unit: indicator.unit,
    withheld: figure.withheld ? speech.say(`summaries.withheld.${figure.withheld}`) : '',
    target: table ? null : (indicator.target?.target ?? null),
  }));
}

/** Whole, in the order of the columns of every sheet. HXL tags: https://hxlstandard.org, a row under the head. */
export const reportColumns = [
  { key: 'id', word: 'summaries.figure', hxl: '#meta+id' },
  { key: 'indicator', word: 'summaries.made.by', hxl: '#indicator+name' },
  { key: 'table', word: 'summaries.column.table', hxl: '#indicator+disaggregation' },
  { key: 'cell', word: 'summaries.column.cell', hxl: '#indicator+category' },
  { key: 'value', word: 'summaries.value', hxl: '#indicator+value+num' },
  { key: 'unit', word: 'summaries.column.unit', hxl: '#indicator+unit' },
  { key: 'withheld', word: 'summaries.withheld', hxl: '#meta+withheld' },
  { key: 'target', word: 'summaries.column.target', hxl: '#indicator+target+num' },
] as const satisfies { key: keyof ReportRow; word: string; hxl: string }[];
