// Duty: what is told when an issue or the number of its cases changes, and to which rooms: the scopes of HTTP, as rooms.
import type { MunicipalitySlug } from '../../../shared/directory.ts';
import { publish } from '../../live/publish.ts';
import { coordinatorsRoom, organisationRoom, teamRoom } from '../../live/rooms.ts';
import { organisationsBehindIssue } from '../cases/behind.queries.ts';
import { organisationsThroughGrounds } from './grounds.queries.ts';
import type { IssueFile } from './issues.model.ts';

type Told = Pick<IssueFile, '_id' | 'version' | 'municipalities'>;

/** `lost`: municipalities that it no longer touches; they hear of it once more, ask, and find it gone. */
export async function issueChanged(
  issue: Told,
  actor: string | null,
  lost: readonly MunicipalitySlug[] = [],
): Promise<void> {
  const organisations = [
    ...(await organisationsBehindIssue(issue._id)),
    ...(await organisationsThroughGrounds(issue._id)),
  ];
  const teams = new Set([...issue.municipalities, ...lost]);
  const rooms = [
    coordinatorsRoom(),
    ...[...teams].map(teamRoom),
    ...new Set(organisations.map(organisationRoom)),
  ];
  publish('issue.changed', { id: issue._id, version: issue.version, actor }, rooms);
}

/** A case came or went. Told only to those who can see that case: others could count. */
export function issueCounted(id: string, municipality: MunicipalitySlug, actor: string | null): void {
  publish('issue.counted', { id, actor }, [coordinatorsRoom(), teamRoom(municipality)]);
}
