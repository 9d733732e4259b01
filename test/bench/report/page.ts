// Duty: a run as one HTML page that needs nothing else: circumstances, a drawing and a table per scenario. Nothing is loaded, nothing runs.
import { type BenchRow, baselinesOf, figure, ratioWords } from '../rows.ts';
import { escaped, plotOf } from './plot.ts';
import { circumstances, type Report, type Scenario } from './report.ts';

const style = `
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #5b6675; --paper: #fff; --line: #d9dee5; --own: #1f6f5c; --missed: #b4452c; --baseline: #9aa7b6; --earlier: #c3a35c; --goal: #1c2430; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --quiet: #a3adba; --paper: #14181e; --line: #333c48; --own: #4fb79c; --missed: #e2795d; --baseline: #64707e; --earlier: #a98c4a; --goal: #e6eaf0; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 3rem 0 1rem; border-top: 1px solid var(--line); padding-top: 1.5rem; }
p { margin: .25rem 0; color: var(--quiet); } .fault { color: var(--missed); white-space: pre-wrap; }
svg { width: 100%; min-width: 38rem; height: auto; display: block; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg .name { font-weight: 600; font-size: 14px; } svg .label, svg .goalWords { fill: var(--quiet); font-size: 12px; } svg .figure { font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--paper); stroke-width: 5px; }
.own { fill: var(--own); } .own.missed { fill: var(--missed); } .baseline { fill: var(--baseline); } .earlier { fill: var(--earlier); }
.goal { stroke: var(--goal); stroke-width: 1.5; stroke-dasharray: 4 3; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; min-width: 52rem; margin-top: 1rem; font-size: .85rem; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; } td:nth-child(3) { white-space: nowrap; } td.figure, th.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
`;

const ratios = (row: BenchRow) =>
  [...baselinesOf(row), ...(row.earlier ? [{ ...row.earlier, ratio: row.value / row.earlier.value }] : [])]
    .map(({ name, ratio }) => `${ratioWords(ratio)} × ${name}`)
    .join('; ');

function tableRow(row: BenchRow): string {
  const verdict = row.ok === undefined ? '' : row.ok ? 'kept' : 'missed';
  const words = (text: string | undefined) => `<td>${escaped(text ?? '')}</td>`;
  return `<tr>${words(row.name)}<td class="figure">${escaped(`${figure(row.value)} ${row.unit}`)}</td>${words(row.goal)}${words(verdict)}${words(ratios(row))}${words(row.note)}</tr>`;
}

function section({ name, rows, seconds, fault }: Scenario): string {
  if (fault) return `<h2>${escaped(name)}</h2><p class="fault">${escaped(fault)}</p>`;
  return `<h2>${escaped(name)}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${escaped(name)}">${plotOf(name, rows)}
<table>
<thead><tr><th scope="col">what</th><th scope="col" class="figure">measured</th><th scope="col">goal</th><th scope="col"></th><th scope="col">beside</th><th scope="col">more</th></tr></thead>
<tbody>${rows.map(tableRow).join('\n')}</tbody>
</table></div>
<p>Took ${Math.round(seconds)} s.</p>`;
}

export function pageOf(report: Report): string {
  const target = report.target ? `<p>Server: ${escaped(report.target)}</p>` : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${report.product}: bench`)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(report.product)}: bench</h1>
<p>${escaped(circumstances(report))}</p>${target}
<p>Every answer had the right status, one in ten (compressed: one in five hundred) was read and checked. A dashed line is a goal, grey is a baseline of the same run; each bar begins at zero, each row has its own scale. Load generator and server share the processor.</p>
${report.scenarios.map(section).join('\n')}
</body>
</html>
`;
}
