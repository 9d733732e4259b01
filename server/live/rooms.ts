// Duty: every room's name as a function, and the rooms a viewer belongs in. The scopes are those of HTTP; keep both in step.
import type { MunicipalitySlug } from '../../shared/directory.ts';
import type { Viewer } from '../policy.ts';

export const userRoom = (id: string) => `user:${id}`;
export const teamRoom = (municipality: MunicipalitySlug) => `team:${municipality}`;
export const organisationRoom = (id: string) => `organisation:${id}`;
export const coordinatorsRoom = () => 'coordinators';
export const administratorsRoom = () => 'administrators';
export const fundersRoom = () => 'funders';
/** All who see approved commitments. */
export const commitmentsRoom = () => 'commitments';
/** Those who have this case's page open; joined only after the scope said they may see it. */
export const caseRoom = (id: string) => `case:${id}`;

/** The sockets of one session; kept through a change of role, emptied when the session ends. */
export const sessionRoom = (key: string) => `session:${key}`;
export const isSessionRoom = (room: string) => room.startsWith('session:');

/** Rooms joined at the handshake. Funders hear that a release is out, and nothing else. */
export function roomsOf(viewer: Viewer): string[] {
  const rooms = [userRoom(viewer.id)];
  if ((viewer.role === 'activist' || viewer.role === 'team_lead') && viewer.municipality)
    rooms.push(teamRoom(viewer.municipality));
  if (viewer.role === 'cso_member' && viewer.organisation) rooms.push(organisationRoom(viewer.organisation));
  if (viewer.role === 'coordinator') rooms.push(coordinatorsRoom());
  if (viewer.role === 'administrator') rooms.push(administratorsRoom());
  if (viewer.role === 'funder') rooms.push(fundersRoom());
  if (['activist', 'team_lead', 'cso_member', 'coordinator'].includes(viewer.role))
    rooms.push(commitmentsRoom());
  return rooms;
}
