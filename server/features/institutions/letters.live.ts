// Duty: what is told when a letter moves, and to which rooms: its municipality's team, coordinators, partners of its campaign.
import { publish } from '../../live/publish.ts';
import { coordinatorsRoom, organisationRoom, teamRoom } from '../../live/rooms.ts';
import { letterSubjects } from './letterSubjects.commands.ts';
import type { LetterFile } from './letters.model.ts';

type Told = Pick<LetterFile, '_id' | 'version' | 'municipality' | 'campaignId' | 'caseId'>;

/** The scope of letters.queries.ts, in rooms. */
export async function letterChanged(letter: Told, actor: string | null): Promise<void> {
  const rooms = [coordinatorsRoom()];
  if (letter.municipality) rooms.push(teamRoom(letter.municipality));
  if (letter.campaignId && !letter.caseId)
    rooms.push(...(await letterSubjects().partnersOf(letter.campaignId)).map(organisationRoom));
  publish('letter.changed', { id: letter._id, version: letter.version, actor }, rooms);
}
