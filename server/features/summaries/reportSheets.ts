// Duty: a release as CSV with HXL tags, as an Excel book and as JSON. Figures come from reportRows alone, so all say the same.
import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';
import type { FrozenRelease } from '../../../shared/summaries.ts';
import { storyLanguages } from '../../../shared/summaryLists.ts';
import { type FigureSpeech, periodName, storyText } from '../../../shared/summaryWords.ts';
import { type Copy, reportColumns, reportRows } from './reportRows.ts';

const watermark = ({ recipient, on }: Copy, { say, formats }: FigureSpeech) =>
  say('summaries.watermark', { recipient, day: formats.date(on) });

/** What a reader must know beside every figure. */
const remarksOn = (release: FrozenRelease, { say, formats }: FigureSpeech): string[] => [
  ...(release.example ? [say('summaries.example')] : []),
  ...(release.running ? [say('summaries.running', { day: formats.date(release.countedTo) })] : []),
];

/** UTF-8 with a mark that lets Excel read it; whole numbers as they are, nothing that a sheet would run as a formula. */
export function reportCsv(release: FrozenRelease, speech: FigureSpeech, copy: Copy): Buffer {
  const { period } = release;
  // On every row: rows are copied out of sheets.
  const remarks = remarksOn(release, speech).join(' ');
  const about = [
    period.from,
    period.to,
    release.countedTo,
    remarks,
    release.version,
    watermark(copy, speech),
  ];
  const rows = reportRows(release, speech).map((row) => [
    ...reportColumns.map(({ key }) => row[key]),
    ...about,
  ]);
  const head = [
    ...reportColumns.map(({ word }) => speech.say(word)),
    ...(['from', 'to', 'countedTo', 'remark', 'version', 'copy'] as const).map((word) =>
      speech.say(`summaries.column.${word}`),
    ),
  ];
  const tags = [
    ...reportColumns.map(({ hxl }) => hxl),
    '#date+start',
    '#date+end',
    '#date+counted',
    '#meta+remark',
    '#meta+version',
    '#meta+copy',
  ];
  return Buffer.from(stringify([head, tags, ...rows], { bom: true, escape_formulas: true }));
}

export async function reportXlsx(release: FrozenRelease, speech: FigureSpeech, copy: Copy): Promise<Buffer> {
  const { say, formats } = speech;
  const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });
  const words = (value: string) => ({ value, type: String, wrap: true });
  const remarks = remarksOn(release, speech);
  const figures = [
    [...reportColumns.map(({ word }) => say(word)), ...remarks].map(bold),
    ...reportRows(release, speech).map((row) =>
      reportColumns.map(({ key }) => {
        const value = row[key];
        if (value === null || value === '') return null;
        return typeof value === 'number' ? { value, type: Number } : words(value);
      }),
    ),
  ];
  const about = [
    [bold(periodName(release.period, speech))],
    ...remarksOn(release, speech).map((remark) => [words(remark)]),
    [words(say('summaries.version', { version: release.version }))],
    [words(watermark(copy, speech))],
    [
      words(
        say('summaries.whatWithheld.text', {
          smallest: formats.number(release.smallestShown),
          base: formats.number(release.smallestBase),
          withheld: formats.number(release.counts.withheld),
          all: formats.number(release.counts.shown + release.counts.withheld),
        }),
      ),
    ],
    [words(say('summaries.made.consent'))],
    ...release.indicators.map((indicator) => [
      bold(say(`summaries.indicator.${indicator.key}`)),
      words(say(`summaries.definition.${indicator.key}`)),
    ]),
  ];
  const stories = storyLanguages.flatMap((language) => {
    const parts = release.story[language];
    return parts?.length
      ? [[bold(say(`language.${language}`)), words(storyText(parts, release.indicators, speech))]]
      : [];
  });
  const widths = [36, 40, 26, 26, 12, 14, 34, 12].map((width) => ({ width }));
  const wide = [{ width: 60 }, { width: 90 }];
  const book = writeExcelFile([
    { data: figures, sheet: say('summaries.sheet.figures'), columns: widths, stickyRowsCount: 1 },
    { data: about, sheet: say('summaries.sheet.about'), columns: wide },
    ...(stories.length > 0 ? [{ data: stories, sheet: say('summaries.sheet.story'), columns: wide }] : []),
  ]);
  return book.toBuffer();
}

/** The frozen structure itself, with the watermark beside it. */
export const reportJson = (release: FrozenRelease, copy: Copy): Buffer =>
  Buffer.from(JSON.stringify({ copy, data: release }, null, 1));
