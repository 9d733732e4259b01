// Duty: what is told when a vault record or a consent changes, and to which rooms: ids and versions, never a purpose or a name.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import type { ChangeName, ConsentChange } from '../../../shared/live.ts';
import { publish } from '../../live/publish.ts';
import { caseRoom, coordinatorsRoom, teamRoom } from '../../live/rooms.ts';

/** Those who work on the case, and whoever else has its page open; the recipient hears of it from its own referral. */
const roomsFor = (caseId: string, municipality: MunicipalitySlug): string[] => [
  teamRoom(municipality),
  coordinatorsRoom(),
  caseRoom(caseId),
];

export function identityChanged(
  subject: { caseId: string; municipality: MunicipalitySlug },
  version: number,
  actor: string | null,
): void {
  publish(
    'identity.changed',
    { id: subject.caseId, version, actor },
    roomsFor(subject.caseId, subject.municipality),
  );
}

type ConsentChangeName = Extract<ChangeName, `consent.${string}`>;

export function consentChanged(
  name: ConsentChangeName,
  consent: { _id: string; caseId: string; municipality: MunicipalitySlug },
  version: number,
  actor: string | null,
): void {
  const change: ConsentChange = { id: consent._id, caseId: consent.caseId, version, actor };
  publish(name, change, roomsFor(consent.caseId, consent.municipality));
}
