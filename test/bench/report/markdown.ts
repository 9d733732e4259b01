// Duty: a run as one Markdown table for the README. Nothing is measured here.
import { baselinesOf, figure, ratioWords } from '../rows.ts';
import { circumstances, type Report } from './report.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

export function markdownOf(report: Report): string {
  const rows = report.scenarios.flatMap((scenario) =>
    scenario.rows.map((row) => {
      const verdict = row.ok === undefined ? '' : row.ok ? ' ✔' : ' ✘';
      const beside = baselinesOf(row).map(({ name, ratio }) => `${ratioWords(ratio)} × ${name}`);
      if (row.earlier) beside.push(`${ratioWords(row.value / row.earlier.value)} × ${row.earlier.name}`);
      const cells = [
        scenario.name,
        row.name,
        `${figure(row.value)} ${row.unit}`.trim(),
        `${row.goal ?? ''}${verdict}`,
        beside.join(', '),
      ];
      return `| ${cells.map(cell).join(' | ')} |`;
    }),
  );
  return [
    circumstances(report),
    '',
    '| scenario | what | measured | goal | beside |',
    '| --- | --- | ---: | --- | --- |',
    ...rows,
  ].join('\n');
}
