// Duty: the one-time link of an organisation without accounts: made, mailed or handed over, proved, and what is answered through it.
import type { LinkMoveInput } from '../../../shared/referralMoves.ts';
import { linkWorkDays } from '../../../shared/referralMoves.ts';
import { clock, dayAfter, startOfDay } from '../../clock.ts';
import { conflict, gone, notAllowed, notFound } from '../../errors.ts';
import type { Mailer } from '../../mail/mailer.ts';
import { ensureUsable, hashOfToken, makeLink } from '../../oneTimeLinks.ts';
import { ensure, type Viewer } from '../../policy.ts';
import { sidesOfCase } from '../cases/cases.queries.ts';
import { organisationAddress } from '../directory/organisations.queries.ts';
import { organisationsWithAccounts } from '../directory/users.queries.ts';
import { openIdentityForOrganisation } from '../identities/identities.commands.ts';
import { changeReferral } from './change.ts';
import { openFieldsOf } from './openFields.queries.ts';
import { makeMove } from './referralMoves.commands.ts';
import { linkMail } from './referrals.mails.ts';
import { type ReferralFile, ReferralModel } from './referrals.model.ts';
import { canHaveLink, mayRenewLink } from './referrals.policy.ts';
import { referralFor } from './referrals.queries.ts';

/** Where links lead and how they travel. */
export interface LinkSettings {
  address: string;
  mailer: Mailer;
}
export interface GivenLink {
  /** Null when it went to the organisation's contact by mail. */
  url: string | null;
  until: string;
}

/** A link for a referral just sent, when its recipient has no accounts; the older link is worthless from then on. */
export async function giveLink(
  viewer: Viewer,
  settings: LinkSettings,
  referral: ReferralFile,
  now = clock.now(),
): Promise<{ referral: ReferralFile; link: GivenLink | null }> {
  const answersHere = (await organisationsWithAccounts([referral.recipient])).has(referral.recipient);
  if (answersHere || referral.status === 'draft') return { referral, link: null };
  const { token, kept } = makeLink(1, now.getTime());
  const expiresAt = startOfDay(dayAfter(referral.replyBy, linkWorkDays + 1));
  const after = await changeReferral(
    referral,
    {
      set: { link: { ...kept, expiresAt } },
      to: referral.status,
      entry: { move: 'new_link', by: viewer.id },
    },
    now,
  );
  const url = `${settings.address}/answer/${token}`;
  const to = await organisationAddress(referral.recipient);
  const mailed = to !== null && (await settings.mailer.send(linkMail(to, referral.reference, url)));
  return { referral: after, link: { url: mailed ? null : url, until: expiresAt.toISOString() } };
}

/** For a letter that was lost: 409 when nothing is expected of the recipient any more, or it has accounts. */
export async function renewLink(
  viewer: Viewer,
  settings: LinkSettings,
  id: string,
): Promise<{ referral: ReferralFile; link: GivenLink }> {
  const referral = await referralFor(viewer, id);
  const caseFile = await sidesOfCase(referral.caseId);
  ensure(mayRenewLink, viewer, { referral, caseFile, open: false, vaultOpen: false });
  if (!canHaveLink(referral)) throw conflict('referral.notFromHere', { status: referral.status });
  const given = await giveLink(viewer, settings, referral);
  if (!given.link) throw conflict('referral.hasAccounts');
  return { referral: given.referral, link: given.link };
}

/** The referral behind the link: 404 for one that never was, was replaced or taken back, 410 for one used up or too old. */
export async function referralBehind(token: string, now = clock.now()): Promise<ReferralFile> {
  const referral = await ReferralModel.findOne({ 'link.hash': hashOfToken(token) }).lean<ReferralFile>();
  ensureUsable(referral?.link, now.getTime());
  if (!referral) throw notFound('link.unknown');
  if (!canHaveLink(referral)) throw gone('link.used');
  return referral;
}

export async function answerThroughLink(
  token: string,
  input: LinkMoveInput,
  now = clock.now(),
): Promise<ReferralFile> {
  return makeMove({ viewer: null, referral: await referralBehind(token, now), now }, input);
}

/** The shared vault fields, logged under the organisation; 403 when none is open. */
export async function openIdentityThroughLink(token: string, now = clock.now()) {
  const referral = await referralBehind(token, now);
  const open = await openFieldsOf(referral, now);
  if (!open || open.vault.length === 0) throw notAllowed('identity.notYours');
  return openIdentityForOrganisation(referral.recipient, referral.caseId, open.vault);
}
