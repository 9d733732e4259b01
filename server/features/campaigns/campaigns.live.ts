// Duty: what is told when a campaign changes, and to which rooms: the scope of HTTP, as rooms.
import { publish } from '../../live/publish.ts';
import { coordinatorsRoom, organisationRoom, teamRoom } from '../../live/rooms.ts';
import type { CampaignFile } from './campaigns.model.ts';

type Scoped = Pick<CampaignFile, '_id' | 'version' | 'municipalities' | 'partners'>;

const roomsOf = ({ municipalities, partners }: Scoped): string[] => [
  coordinatorsRoom(),
  ...municipalities.map(teamRoom),
  ...partners.map(organisationRoom),
];

/** Those who lost sight of it hear that alone, so that their screens drop it. `before` is null for a new one. */
export function campaignChanged(before: Scoped | null, after: Scoped, actor: string | null): void {
  const change = { id: after._id, version: after.version, actor };
  const rooms = roomsOf(after);
  publish('campaign.changed', change, rooms);
  const lost = before ? roomsOf(before).filter((room) => !rooms.includes(room)) : [];
  if (lost.length > 0) publish('campaign.withdrawn', change, lost);
}
