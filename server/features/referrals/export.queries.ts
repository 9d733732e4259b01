// Duty: a partner's or a team's own referrals as a table for spreadsheets, in the reader's words and as codes; no free words, no identity.
import type { MessageKey, Speaker } from '../../../shared/i18n.ts';
import { dayOf } from '../../clock.ts';
import type { ExportTable } from '../../exports/tables.ts';
import type { Viewer } from '../../policy.ts';
import { speakers } from '../../words.ts';
import { municipalities } from '../directory/municipalities.queries.ts';
import { organisationNamesByIds } from '../directory/organisations.queries.ts';
import type { ReferralFile } from './referrals.model.ts';
import { everyReferralFor } from './referrals.queries.ts';

interface Ground {
  speaker: Speaker;
  organisations: ReadonlyMap<string, { name: string }>;
  places: ReadonlyMap<string, string>;
}
interface Column {
  head: MessageKey;
  cell(referral: ReferralFile, ground: Ground): string | null;
}

const plain = (head: MessageKey, cell: Column['cell']): Column => ({ head, cell });
/** A code of a closed list in the reader's words; the code itself stands further right. */
const worded = (
  head: MessageKey,
  start: string,
  code: (referral: ReferralFile) => string | null,
): Column => ({
  head,
  cell: (referral, { speaker: { say, knows } }) => {
    const value = code(referral);
    const key = `${start}.${value}`;
    return value !== null && knows(key) ? say(key) : value;
  },
});

const columns: Column[] = [
  plain('referrals.csv.reference', ({ reference }) => reference),
  worded('referrals.csv.kind', 'referrals.kind', ({ kind }) => kind),
  worded('referrals.csv.status', 'referrals.status', ({ status }) => status),
  worded('referrals.csv.service', 'service', ({ service }) => service),
  worded('referrals.csv.theme', 'theme', ({ theme }) => theme),
  worded('referrals.csv.subTheme', 'subTheme', ({ subTheme }) => subTheme),
  plain(
    'referrals.csv.municipality',
    ({ municipality }, { places }) => places.get(municipality) ?? municipality,
  ),
  plain(
    'referrals.csv.recipient',
    ({ recipient }, { organisations }) => organisations.get(recipient)?.name ?? null,
  ),
  worded('referrals.csv.urgency', 'referrals.urgency', ({ urgency }) => urgency),
  plain('referrals.csv.sentOn', ({ sentAt }) => sentAt && dayOf(sentAt)),
  plain('referrals.csv.replyBy', ({ replyBy }) => replyBy),
  plain('referrals.csv.firstContactOn', ({ firstContactOn }) => firstContactOn),
  plain('referrals.csv.givenOn', ({ givenOn }) => givenOn),
  plain('referrals.csv.endedOn', ({ endedAt }) => endedAt && dayOf(endedAt)),
  worded('referrals.csv.declineReason', 'referrals.declined', ({ declineReason }) => declineReason),
  worded('referrals.csv.received', 'referrals.received', ({ received }) => received),
  plain('referrals.csv.confirmedOn', ({ confirmedAt }) => confirmedAt && dayOf(confirmedAt)),
];

/** The same in every language: for whoever adds up what several organisations send. */
const codes: Record<string, (referral: ReferralFile) => string | null> = {
  kind: ({ kind }) => kind,
  status: ({ status }) => status,
  service: ({ service }) => service,
  theme: ({ theme }) => theme,
  sub_theme: ({ subTheme }) => subTheme,
  municipality: ({ municipality }) => municipality,
  urgency: ({ urgency }) => urgency,
  decline_reason: ({ declineReason }) => declineReason,
  received: ({ received }) => received,
};

async function groundFor(viewer: Viewer, referrals: ReferralFile[]): Promise<Ground> {
  const [organisations, all] = await Promise.all([
    organisationNamesByIds(referrals.map(({ recipient }) => recipient)),
    municipalities(),
  ]);
  const nameOf = ({ names }: (typeof all)[number]) =>
    viewer.language === 'rom' ? (names.rom ?? names.sq) : names[viewer.language];
  return {
    speaker: speakers[viewer.language],
    organisations,
    places: new Map(all.map((one) => [one.slug, nameOf(one)])),
  };
}

export async function referralsTable(viewer: Viewer): Promise<ExportTable> {
  const referrals: ReferralFile[] = [];
  for await (const referral of everyReferralFor(viewer)) referrals.push(referral);
  const ground = await groundFor(viewer, referrals);
  return {
    name: 'referrals',
    heads: [...columns.map(({ head }) => ground.speaker.say(head)), ...Object.keys(codes)],
    rows: referrals.map((referral) => [
      ...columns.map(({ cell }) => cell(referral, ground)),
      ...Object.values(codes).map((code) => code(referral)),
    ]),
  };
}
