// Duty: what is told when a referral moves, and to which rooms: both sides, and nobody else.
import { publish } from '../../live/publish.ts';
import { coordinatorsRoom, organisationRoom, teamRoom } from '../../live/rooms.ts';
import type { ReferralFile } from './referrals.model.ts';
import { isHiddenFromRecipient } from './referrals.policy.ts';

const roomsOf = ({ municipality, senderOrganisation }: Told): string[] => [
  teamRoom(municipality),
  coordinatorsRoom(),
  ...(senderOrganisation ? [organisationRoom(senderOrganisation)] : []),
];

type Told = Pick<
  ReferralFile,
  '_id' | 'version' | 'municipality' | 'recipient' | 'senderOrganisation' | 'status'
>;

/** The recipient hears of what it may see; when it no longer may, that alone, so that its screens drop it at once. */
export function referralChanged(referral: Told, actor: string | null): void {
  const change = { id: referral._id, version: referral.version, actor };
  const recipient = organisationRoom(referral.recipient);
  const senders = roomsOf(referral);
  const hidden = isHiddenFromRecipient(referral.status);
  publish('referral.changed', change, hidden ? senders : [...senders, recipient]);
  if (hidden && referral.status !== 'draft') publish('referral.withdrawn', change, [recipient]);
}

/** Consent was narrowed or ran out, or the days after the end are over: open pages of both sides ask again. */
export function sharedFieldsChanged(referral: Told, actor: string | null): void {
  const change = { id: referral._id, version: referral.version, actor };
  publish('referral.fieldsChanged', change, [...roomsOf(referral), organisationRoom(referral.recipient)]);
}
