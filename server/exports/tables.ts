// Duty: every table of records that leaves the house as CSV: its order is checked, its head says for what, for whom, until when. Knows no slice.
import type { Response } from 'express';
import { exportLimits, exportSensitivity } from '../../shared/exportLists.ts';
import type { ExportOrder } from '../../shared/exports.ts';
import { clock, dayAfter, dayOf } from '../clock.ts';
import { invalid } from '../errors.ts';
import type { Viewer } from '../policy.ts';
import { speakers } from '../words.ts';

/** What the audit log keeps of an order, before the first byte: codes and a day, no name. */
export const codesOf = ({ purpose, reader, expiresOn }: ExportOrder): string[] => [
  `purpose:${purpose}`,
  `for:${reader}`,
  `until:${expiresOn}`,
];

export function ensureExpires({ expiresOn }: ExportOrder): void {
  const today = dayOf(clock.now());
  if (expiresOn < today) throw invalid([{ path: ['expiresOn'], code: 'in_the_past' }]);
  if (expiresOn > dayAfter(today, exportLimits.days))
    throw invalid([{ path: ['expiresOn'], code: 'export_too_long', params: { days: exportLimits.days } }]);
}

/** A cell that a spreadsheet would run as a formula becomes text; quotes double, everything is quoted. */
export function csvCell(value: string | null): string {
  const text = value ?? '';
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

const csvLine = (cells: readonly (string | null)[]) => `${cells.map(csvCell).join(',')}\r\n`;

export interface ExportTable {
  /** In the file's name: what kind of records. */
  name: string;
  heads: readonly string[];
  rows: readonly (readonly (string | null)[])[];
}

/** With the mark that makes spreadsheets read it as UTF-8; what it is bound to comes first, then an empty line, then the table. */
function csvOf(viewer: Viewer, order: ExportOrder, table: ExportTable, number: string): string {
  const { say } = speakers[viewer.language];
  const about: [string, string][] = [
    [say('export.file.sensitivity'), say('export.file.high')],
    [say('export.purpose'), say(`export.purpose.${order.purpose}`)],
    [say('export.recipient'), `${order.recipient} (${say(`export.reader.${order.reader}`)})`],
    [say('export.expiresOn'), order.expiresOn],
    [say('export.file.made'), `${dayOf(clock.now())}, ${number}`],
    [say('export.file.rows'), String(table.rows.length)],
  ];
  return `\uFEFF${about.map(csvLine).join('')}\r\n${csvLine(table.heads)}${table.rows.map(csvLine).join('')}`;
}

/** `number` is the request's, by which the audit log is searched. */
export function sendTable(
  response: Response,
  viewer: Viewer,
  order: ExportOrder,
  table: ExportTable,
  number: string,
): void {
  const day = dayOf(clock.now());
  response.set({
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="kosint-${exportSensitivity}-${table.name}-${day}-delete-${order.expiresOn}.csv"`,
  });
  response.end(csvOf(viewer, order, table, number));
}
