// Duty: a partner's or a team's own referrals as a table for spreadsheets: references, days and closed lists; no free words, no identity.
import { dayOf } from '../../clock.ts';
import type { Viewer } from '../../policy.ts';
import { organisationNamesByIds } from '../directory/organisations.queries.ts';
import type { ReferralFile } from './referrals.model.ts';
import { everyReferralFor } from './referrals.queries.ts';

type Names = ReadonlyMap<string, { name: string }>;
type Column = (referral: ReferralFile, names: Names) => string | null;

const columns: Record<string, Column> = {
  reference: ({ reference }) => reference,
  kind: ({ kind }) => kind,
  status: ({ status }) => status,
  service: ({ service }) => service,
  theme: ({ theme }) => theme,
  sub_theme: ({ subTheme }) => subTheme,
  municipality: ({ municipality }) => municipality,
  recipient: ({ recipient }, names) => names.get(recipient)?.name ?? null,
  urgency: ({ urgency }) => urgency,
  sent_on: ({ sentAt }) => sentAt && dayOf(sentAt),
  reply_by: ({ replyBy }) => replyBy,
  first_contact_on: ({ firstContactOn }) => firstContactOn,
  given_on: ({ givenOn }) => givenOn,
  ended_on: ({ endedAt }) => endedAt && dayOf(endedAt),
  decline_reason: ({ declineReason }) => declineReason,
  received: ({ received }) => received,
  confirmed_on: ({ confirmedAt }) => confirmedAt && dayOf(confirmedAt),
};

/** A cell that a spreadsheet would run as a formula becomes text; quotes double, everything is quoted. */
export function csvCell(value: string | null): string {
  const text = value ?? '';
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

const csvLine = (cells: (string | null)[]) => `${cells.map(csvCell).join(',')}\r\n`;

/** With the mark that makes spreadsheets read it as UTF-8. */
export async function referralsAsCsv(viewer: Viewer): Promise<string> {
  const referrals: ReferralFile[] = [];
  for await (const referral of everyReferralFor(viewer)) referrals.push(referral);
  const names = await organisationNamesByIds(referrals.map(({ recipient }) => recipient));
  const lines = referrals.map((referral) =>
    csvLine(Object.values(columns).map((column) => column(referral, names))),
  );
  return `\uFEFF${csvLine(Object.keys(columns))}${lines.join('')}`;
}
