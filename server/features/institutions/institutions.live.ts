// Duty: what is told when an institution, a rule or a holiday changes: to everybody who works with them.
import { municipalitySlugs } from '../../../shared/directory.ts';
import { publish } from '../../live/publish.ts';
import { administratorsRoom, coordinatorsRoom, organisationRoom, teamRoom } from '../../live/rooms.ts';
import { activeOrganisationNames } from '../directory/organisations.queries.ts';

async function rooms(): Promise<string[]> {
  const organisations = await activeOrganisationNames();
  return [
    coordinatorsRoom(),
    ...municipalitySlugs.map(teamRoom),
    ...organisations.map(({ id }) => organisationRoom(id)),
  ];
}

export async function institutionChanged(id: string, version: number, actor: string | null): Promise<void> {
  publish('institution.changed', { id, version, actor }, await rooms());
}

/** `id`: the kind of letter, or the year. */
export async function replyRuleChanged(id: string, version: number, actor: string | null): Promise<void> {
  publish('replyRule.changed', { id, version, actor }, [...(await rooms()), administratorsRoom()]);
}
