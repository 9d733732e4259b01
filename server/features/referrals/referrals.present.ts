// Duty: a referral as a row and as a page for the two sides, and as the page behind a one-time link. No document passes.

import type { Answer } from '../../../shared/api.ts';
import type { Colleague } from '../../../shared/directory.ts';
import type {
  LinkAbility,
  LinkPage,
  ReferralAnswer,
  ReferralEntry,
  ReferralPage,
  ReferralRow,
  ReferralWarning,
} from '../../../shared/referrals.ts';
import { clock, dayOf } from '../../clock.ts';
import { abilitiesOf, type Viewer } from '../../policy.ts';
import { sidesOfCase } from '../cases/cases.queries.ts';
import { activeOrganisationNames, organisationNamesByIds } from '../directory/organisations.queries.ts';
import { colleaguesById } from '../directory/users.queries.ts';
import type { GivenLink } from './links.commands.ts';
import { openFieldsOf, sharedViewOf } from './openFields.queries.ts';
import { noDay, type ReferralFile, type StoredReferralEntry } from './referrals.model.ts';
import { canHaveLink, isOpenTo, referralRules } from './referrals.policy.ts';

interface Names {
  colleagues: ReadonlyMap<string, Colleague>;
  organisations: ReadonlyMap<string, { id: string; name: string }>;
}

async function namesFor(viewer: Pick<Viewer, 'role'>, referrals: ReferralFile[]): Promise<Names> {
  const colleagues = await colleaguesById(viewer);
  const ids = referrals.flatMap(({ recipient, suggestedOrganisation, history }) => [
    recipient,
    ...(suggestedOrganisation ? [suggestedOrganisation] : []),
    ...history.flatMap(({ by }) => (by && colleagues.get(by)?.organisation) || []),
  ]);
  return { colleagues, organisations: await organisationNamesByIds(ids) };
}

const organisation = (names: Names, id: string) => names.organisations.get(id) ?? { id, name: '' };

const isRecipientOf = (viewer: Viewer, { recipient }: ReferralFile): boolean =>
  viewer.role === 'cso_member' && viewer.organisation === recipient;

function presentRow(viewer: Viewer, referral: ReferralFile, names: Names, today: string): ReferralRow {
  return {
    id: referral._id,
    version: referral.version,
    caseId: isRecipientOf(viewer, referral) ? null : referral.caseId,
    reference: referral.reference,
    kind: referral.kind,
    status: referral.status,
    theme: referral.theme,
    subTheme: referral.subTheme,
    municipality: referral.municipality,
    service: referral.service,
    urgency: referral.urgency,
    replyBy: referral.replyBy,
    dueOn: referral.dueOn === noDay ? null : referral.dueOn,
    late: referral.dueOn < today,
    sender: { id: referral.sender, name: names.colleagues.get(referral.sender)?.name ?? '' },
    recipient: organisation(names, referral.recipient),
    worker: (referral.worker && names.colleagues.get(referral.worker)) || null,
    workerName: referral.workerName,
    sentAt: referral.sentAt?.toISOString() ?? null,
    changedAt: referral.changedAt.toISOString(),
    received: referral.received,
    example: referral.example,
  };
}

export async function presentRows(viewer: Viewer, referrals: ReferralFile[]): Promise<ReferralRow[]> {
  const names = await namesFor(viewer, referrals);
  const today = dayOf(clock.now());
  return referrals.map((referral) => presentRow(viewer, referral, names, today));
}

function presentEntry(entry: StoredReferralEntry, names: Names): ReferralEntry {
  const by = entry.by ? names.colleagues.get(entry.by) : undefined;
  return {
    at: entry.at.toISOString(),
    by: by
      ? {
          name: by.name,
          organisation: by.organisation ? organisation(names, by.organisation).name : null,
          municipality: by.municipality,
        }
      : null,
    byLink: entry.byLink ?? false,
    move: entry.move,
    from: entry.from,
    to: entry.to,
    reason: entry.reason ?? null,
  };
}

/** What the person said to the sender, and links handed over, are the sender's side's alone. */
const entryForRecipient = (entry: ReferralEntry): ReferralEntry =>
  entry.move === 'confirm' ? { ...entry, reason: null } : entry;

/** The words that went with the referral are read while it is answered and worked on, and closed with the fields. */
export async function presentReferral(
  viewer: Viewer,
  referral: ReferralFile,
  extra: { warnings?: ReferralWarning[]; link?: GivenLink | null } = {},
  now = clock.now(),
): Promise<ReferralAnswer> {
  const [names, caseFile, open] = await Promise.all([
    namesFor(viewer, [referral]),
    sidesOfCase(referral.caseId),
    openFieldsOf(referral, now),
  ]);
  const isRecipient = isRecipientOf(viewer, referral);
  const history = referral.history.map((entry) => presentEntry(entry, names));
  const isReadable = !isRecipient || open !== null || referral.status === 'pending';
  const data: ReferralPage = {
    ...presentRow(viewer, referral, names, dayOf(now)),
    message: isReadable ? referral.message : '',
    sharedFields: referral.sharedFields,
    shared: await sharedViewOf(referral, open),
    caseStatus: caseFile.status,
    firstContactOn: referral.firstContactOn,
    given: referral.given,
    givenOn: referral.givenOn,
    declineReason: referral.declineReason,
    suggestedOrganisation: referral.suggestedOrganisation
      ? organisation(names, referral.suggestedOrganisation)
      : null,
    before: isRecipient ? null : referral.before,
    after: isRecipient ? null : referral.after,
    confirmedAt: referral.confirmedAt?.toISOString() ?? null,
    linkUntil: canHaveLink(referral) ? (referral.link?.expiresAt.toISOString() ?? null) : null,
    history: isRecipient ? history.map(entryForRecipient) : history,
  };
  const subject = { referral, caseFile, open: open !== null, vaultOpen: (open?.vault.length ?? 0) > 0 };
  const { warnings, link } = extra;
  return {
    data,
    abilities: abilitiesOf(referralRules, viewer, subject),
    ...(warnings?.length ? { warnings } : {}),
    ...(link ? { link } : {}),
  };
}

const linkMoves: readonly LinkAbility[] = ['accept', 'decline', 'begin', 'complete', 'fail', 'reroute'];

/** For who holds the link: the referred fields only, no colleague's name, no id of a case. */
export async function presentBehindLink(
  referral: ReferralFile,
  now = clock.now(),
): Promise<Answer<LinkPage, LinkAbility>> {
  const [names, open, organisations] = await Promise.all([
    organisationNamesByIds([referral.recipient]),
    openFieldsOf(referral, now),
    activeOrganisationNames(),
  ]);
  const data: LinkPage = {
    version: referral.version,
    reference: referral.reference,
    status: referral.status,
    service: referral.service,
    theme: referral.theme,
    municipality: referral.municipality,
    urgency: referral.urgency,
    replyBy: referral.replyBy,
    recipient: names.get(referral.recipient) ?? { id: referral.recipient, name: '' },
    workerName: referral.workerName,
    firstContactOn: referral.firstContactOn,
    message: canHaveLink(referral) ? referral.message : '',
    sharedFields: referral.sharedFields,
    shared: canHaveLink(referral) ? await sharedViewOf(referral, open) : null,
    organisations: organisations.filter(({ id }) => id !== referral.recipient),
    until: referral.link?.expiresAt.toISOString() ?? now.toISOString(),
  };
  const abilities = Object.fromEntries(linkMoves.map((move) => [move, isOpenTo(move, referral)]));
  return { data, abilities: abilities as Record<LinkAbility, boolean> };
}
