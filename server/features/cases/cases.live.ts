// Duty: what is told when a case is logged or changed, and to which rooms: the scopes of HTTP, as rooms.
import { evict, publish } from '../../live/publish.ts';
import { coordinatorsRoom, organisationRoom, teamRoom } from '../../live/rooms.ts';
import { indexCase } from './caseIndexFeed.ts';
import type { CaseFile } from './cases.model.ts';
import type { CaseForIndex } from './cases.queries.ts';

type Scoped = Pick<CaseFile, '_id' | 'version' | 'municipality' | 'sharedWith'>;
/** As it was saved: this process's index takes it at once, so that the counts in the next answer are right. */
type Saved = CaseForIndex;

const roomsOfCase = ({ municipality, sharedWith }: Scoped): string[] => [
  teamRoom(municipality),
  coordinatorsRoom(),
  ...sharedWith.map(organisationRoom),
];

export function caseLogged(caseFile: Saved, actor: string | null): void {
  indexCase(caseFile);
  publish('case.logged', { id: caseFile._id, version: caseFile.version, actor }, roomsOfCase(caseFile));
}

/** Those who lost sight of it hear that alone, and leave its page. */
export function caseChanged(before: Scoped, after: Saved, actor: string | null): void {
  indexCase(after);
  const change = { id: after._id, version: after.version, actor };
  publish('case.changed', change, roomsOfCase(after));
  const lost = before.sharedWith.filter((id) => !after.sharedWith.includes(id)).map(organisationRoom);
  if (lost.length === 0) return;
  publish('case.withdrawn', change, lost);
  evict(after._id, lost);
}

/** After the change itself: what devices keep of it goes too. */
export const caseAnonymised = (caseFile: Scoped, actor: string | null): void =>
  publish('case.anonymised', { id: caseFile._id, version: caseFile.version, actor }, roomsOfCase(caseFile));
