// Duty: what is told when a commitment changes, and to which rooms: those of HTTP's scope, and nobody else.
import { approvedStatuses } from '../../../shared/commitmentLists.ts';
import { publish } from '../../live/publish.ts';
import { commitmentsRoom, coordinatorsRoom, userRoom } from '../../live/rooms.ts';
import type { CommitmentFile } from './commitments.model.ts';

type Told = Pick<CommitmentFile, '_id' | 'version' | 'status' | 'author'>;

/** A proposal is heard by coordinators and its author; an approved one by all who see commitments. */
export function commitmentChanged({ _id, version, status, author }: Told, actor: string | null): void {
  const rooms = approvedStatuses.includes(status) ? [commitmentsRoom()] : [coordinatorsRoom()];
  if (author) rooms.push(userRoom(author));
  publish('commitment.changed', { id: _id, version, actor }, rooms);
}
